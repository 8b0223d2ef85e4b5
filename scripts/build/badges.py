"""Badges: where a sentence names a claim, the deck shows the verdict as a button, and behind it what was
measured. A notebook holds only the words; a student's copy (`reading`) the claim's sentence beside them.
"""

import html
import re

from jinja2 import Environment, FileSystemLoader

from demos.core.evidence.verdicts import SHARES, in_words
from scripts.build import quoted, safety
from scripts.build.safety_svg import clean_svg
from scripts.errors import BuildError
from scripts.paths import FIGURES, FRONTEND, shown

CURE = "make evidence"
ORIGINS = {
    "measured": "Claimed",
    "told": "Told by others",
    "predicted": "Predicted by us (commit {since})",
}
WORDS = {">": "more than", "<": "less than"}
PLAIN = r"<(h[1-6]|a|summary)\b.*?</\1>"  # no place for a button
# "claims.ID" becomes a badge, "claims.ID:mark" a mark alone
NAMED = re.compile(
    PLAIN + r'|<data [^>]*?value="claims\.([^".:]+)(:mark)?"[^>]*>[^<]*</data>', re.DOTALL
)

IN_WORDS = re.compile(r'(<data [^>]*?value="claims\.([^".:]+)"[^>]*>)[^<]*')


def named(block, records, cell):
    """The claims that will be buttons in a block, in order. Raises BuildError for one without a record."""
    found = [match[2] for match in NAMED.finditer(block) if match[2]]
    for name in found:
        quoted.look_up(records, "claims", name, cell)
    return found


def buttons(block, claims):
    """The HTML with a button for each claim that it names. claims: {id: claim}, as judged in the deck.

    The block has passed the safety check, which knows no buttons: what stands in these is ours.
    """

    def one(match):
        return match[0] if match[2] is None else button(match[2], claims[match[2]], match[3])

    return NAMED.sub(one, block)


def button(name, claim, mark):
    """A claim's button: its verdict in words, or, `mark`, a sign alone."""
    name, text, look, more = html.escape(name), html.escape(in_words(claim)), "badge", ""
    if mark:
        sentence = html.escape(claim["sentence"])
        look = f"badge mark {claim['kind']}"
        more, text = f' title="{sentence}" aria-label="{sentence}: {text}"', ""
    look = f"{look} {claim['verdict']}"
    return f'<button type="button" class="{look}" data-claim="{name}"{more}>{text}</button>'


def said_anew(markup, claims):
    """Verdicts in words as a deck has them. claims: {id: claim}, as judged there."""

    def said(match):
        name = html.unescape(match[2])
        return f"{match[1]}{html.escape(in_words(claims[name]))}" if name in claims else match[0]

    return IN_WORDS.sub(said, markup)


class Evidence:
    """What stands behind the badges of a page, as hidden templates that `claims.js` shows."""

    def __init__(self, records, folder=FIGURES, drawn=None):
        """drawn: what another page's evidence has drawn already, {study: SVG}."""
        self.claims = records["claims"]["numbers"] if "claims" in records else {}
        self.folder, self.drawn = folder, {} if drawn is None else drawn

    def of(self, slides):
        """HTML: each claim that badges of these slides name, and each of their studies once."""
        cells = {name: cell for slide in slides for name, cell in slide.claims.items()}
        studies = {}
        for name, cell in cells.items():
            study = self.claims[name]["study"]
            studies[study] = self.drawing(study, cell)
        loader = FileSystemLoader(FRONTEND / "templates")
        template = Environment(loader=loader, autoescape=True).get_template("evidence.html.j2")
        return template.render(claims=[self.words(name) for name in cells], studies=studies)

    def of_study(self, study):
        """The claims that rest on a study, in the order of the figure's rows."""
        return {name: claim for name, claim in self.claims.items() if claim["study"] == study}

    def drawing(self, study, cell):
        """The strips of a study as SVG that is safe and says in words what it shows."""
        topic = next(iter(self.of_study(study).values()))["topic"]
        file = self.folder / topic / f"claims-{study}.svg"
        if not file.exists():
            raise BuildError(f"a claim without its figure {shown(file)}", CURE, cell)
        if study not in self.drawn:
            self.drawn[study] = clean_svg(file.read_text(encoding="utf-8"), cell)
        said = [f"{c['sentence']}: {in_words(c)}" for c in self.of_study(study).values()]
        label = "A dot for each seed that agrees, a cross for each that does not. " + "; ".join(
            said
        )
        return safety.named(self.drawn[study], label)

    def words(self, name):
        """A claim in words, for the template."""
        claim = self.claims[name]
        rows = list(self.of_study(claim["study"]))
        return claim | {
            "id": name,
            "origin": ORIGINS[claim["kind"]].format(**claim),
            "wanted": wanted(claim),
            "verdict_is": claim["verdict"],
            "verdict": in_words(claim),
            "surely": surely(claim),
            "at": f"{rows.index(name) / len(rows):.3f}",
            "unit": "case" if claim["census"] else "seed",
            **{key: number(claim[key]) for key in ("median", "low", "high")},
        }


def wanted(claim):
    """The rule and its word: "test error, 20 over 5: more than 1, nearly always (on 90 % of seeds)"."""
    quantity, sign, _ = claim["rule"].rsplit(" ", 2)
    rule = f"{quantity}: {WORDS[sign]} {number(quoted.bound(claim))}, {claim['word']}"
    return rule if claim["census"] else f"{rule} ({share(*SHARES[claim['word']])})"


def share(low, high):
    """A share of seeds in words."""
    if high < 1:
        return f"on {low:.0%} to {high:.0%} of all seeds".replace("%", " %")
    return f"on at least {low:.0%} of all seeds".replace("%", " %")


def surely(claim):
    """The limits of the true share in words, or "" for a census."""
    if claim["census"]:
        return ""
    low, high = (f"{limit:.0%}".replace("%", " %") for limit in claim["limits"])
    return f"{low} to {high}"


def number(value):
    """Three digits, as many as a spread over seeds allows; powers of ten where zeros would say nothing."""
    if value and not 1e-3 <= abs(value) < 1e5:
        return re.sub(r"^1×", "", quoted.formatted(value, ".3g", None))
    return quoted.formatted(float(f"{value:.3g}"), ",.10g", None)
