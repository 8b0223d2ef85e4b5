"""Badges: where a notebook names a claim, the deck shows it as a row: its sentence, its strip, its count
and its word. The row is a button; behind it is what was measured. What it says,
`demos.core.evidence.badge` decides.
"""

import html
import re

from jinja2 import Environment, FileSystemLoader

from demos.core.evidence import inline
from demos.core.evidence.badge import badge, rule_of
from demos.core.evidence.verdicts import OPEN
from scripts.build import quoted, safety
from scripts.build.safety_svg import clean_svg
from scripts.errors import BuildError
from scripts.paths import FIGURES, FRONTEND, shown

CURE = "make evidence"
MARK, VOTE = "mark", "vote"
ALONE = (
    "give it a paragraph of its own, with nothing else in it: it brings its sentence; for a number of it "
    'write <data value="claims.ID.agree"></data> (or .seeds, .median:.2f, .bound)'
)
ORIGINS = {
    "measured": "Claimed",
    "told": "Told by others",
    "predicted": "Predicted by us (commit {since})",
}
WORDS = {">": "more than", "<": "less than"}
# "claims.ID" is a badge, "claims.ID:mark" a mark alone, for a table of all, "claims.ID:vote" a vote on it
NAMED = re.compile(r'<data [^>]*?value="claims\.([^".:]+)(?::(mark|vote))?"[^>]*>[^<]*</data>')
WHOLE = r'<data [^>]*?value="claims\.[^".:]+(?::vote)?"[^>]*>[^<]*</data>'
PARAGRAPH = re.compile(rf"<p>((?:\s*{WHOLE})+\s*)</p>")
PLACE = re.compile(rf'<div class="badges">((?:\s*{WHOLE})+\s*)</div>')
# where a sentence comes from, as a sign: dots about a line, a speech bubble, an hourglass; a hand asks
SIGNS = {
    "measured": "M 14 2 V 26 M 20 8 h 0.1 M 23 18 h 0.1 M 7 13 h 0.1 M 19 23 h 0.1",
    "told": "M 4 4 H 24 V 18 H 14 L 8 24 V 18 H 4 Z",
    "predicted": "M 7 3 H 21 L 7 25 H 21 Z",
    "vote": "M 8 26 V 14 L 5 8 M 8 14 V 4 M 12 13 V 2 M 16 13 V 3 M 20 14 V 7 M 8 26 H 19 L 20 14",
}


def placed(block, cell):
    """(the HTML with places for its badges, the claims that it names). Raises BuildError for a badge in
    running text: the words beside it would be taken for what it judges."""
    block = PARAGRAPH.sub(r'<div class="badges">\1</div>', block)
    refuse(PLACE.sub("", block), cell)
    return block, [match[1] for match in NAMED.finditer(block) if match[2] != VOTE]


def refuse(markup, cell):
    """Raises BuildError where a claim is named among other words."""
    for name, how in NAMED.findall(markup):
        if how != MARK:
            raise BuildError(f"the badge of claim {name!r} stands among other words", ALONE, cell)


def unanswered(slides):
    """The errors for votes that no later badge answers; slides: of one notebook, in order."""
    asked = {}
    for slide in slides:
        named = [match for block in slide.blocks for match in NAMED.finditer(block)]
        for match in named:
            if match[2] == VOTE:
                asked[match[1]] = slide.cell
            elif match[2] is None:
                asked.pop(match[1], None)
    what, cure = "is asked for in a vote and never answered", "put its badge on a later slide"
    return [BuildError(f"claim {name!r} {what}", cure, cell) for name, cell in asked.items()]


def drawn(block, records, slide):
    """(the HTML with a slide's badges and marks as buttons, the claims they open), as a deck judges them.

    The block has passed the safety check, which knows no buttons: what stands in these is ours.
    """
    claims = []

    def one(match):
        cell = slide.claims.get(match[1], slide.cell)
        claim = quoted.look_up(records, "claims", match[1], cell)
        if match[2] == VOTE:
            return ballot(match[1], claim)
        claims.append(match[1])
        if match[2] == MARK:
            return mark(match[1], claim)
        return row(match[1], claim, records["claims"]["studies"], cell)

    block = PLACE.sub(lambda place: NAMED.sub(one, place[0]), block)
    return NAMED.sub(lambda match: one(match) if match[2] == MARK else match[0], block), claims


def told(markup, records):
    """Notes with the verdicts that they name, as a deck judges them."""

    def one(match):
        claim = records["claims"]["numbers"][html.unescape(match[1])]
        return f"{match[0][: match[0].index('>') + 1]}{html.escape(badge(claim).brief)}</data>"

    return NAMED.sub(lambda match: match[0] if match[2] else one(match), markup)


def row(name, claim, studies, cell):
    """A claim's badge: a sign for where it comes from, its sentence, its strip, its count and word."""
    said = badge(claim)
    if not said.sentence.strip():
        cure = f"give the claim a sentence in its topic's claims.py, then {CURE}"
        raise BuildError(f"claim {name!r} has no sentence: nobody knows what it judges", cure, cell)
    try:
        strip = inline.strip(claim, studies[claim["study"]]["seeds"])
    except (KeyError, ValueError) as error:
        what = f"no {error}" if isinstance(error, KeyError) else error
        raise BuildError(f"the record of claim {name!r} is not whole: {what}", CURE, cell) from None
    picture = safety.named(clean_svg(strip, cell), inline.in_words(claim))
    spoken = "" if said.verdict == OPEN else f'<span class="spoken">{said.verb}, </span>'
    origin = f"<b>{html.escape(said.origin)}</b>" if said.origin else ""
    return (
        f'<button type="button" class="badge {said.kind} {said.verdict}" '
        f'data-claim="{html.escape(name)}">'
        f'<svg class="sign" viewBox="0 0 28 28" aria-hidden="true"><path d="{SIGNS[said.kind]}"/></svg>'
        f'<span class="sentence">{origin}{html.escape(said.sentence)}</span>'
        f'<span class="strip">{picture}</span>'
        f'<span class="count">{spoken}<span class="found">{html.escape(said.found)}</span> '
        f'<span class="needs">{html.escape(said.needs)}</span></span></button>'
    )


def mark(name, claim):
    """A claim's sign alone, in a table of all; its sentence is its name."""
    said = badge(claim)
    whole, sentence = html.escape(said.whole), html.escape(said.sentence)
    return (
        f'<button type="button" class="badge mark {said.kind} {said.verdict}" '
        f'data-claim="{html.escape(name)}" title="{sentence}" aria-label="{whole}"></button>'
    )


def ballot(name, claim):
    """A vote on a claim: its sentence as a question, and hands to count; `votes.js` does. What was measured
    is not on it."""
    sentence, hands = html.escape(badge(claim).sentence), []
    for answer in ("yes", "no"):
        hands.append(
            f'<button type="button">{answer}</button>'
            f'<input type="number" min="0" max="9999" value="0" aria-label="hands for {answer}">'
        )
    return (
        f'<div class="vote" role="group" aria-label="Vote: {sentence}" data-claim="{html.escape(name)}">'
        f'<svg class="sign" viewBox="0 0 28 28" aria-hidden="true"><path d="{SIGNS[VOTE]}"/></svg>'
        f'<span class="sentence"><b>Is it so?</b> {sentence}</span>{"".join(hands)}</div>'
    )


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
        said = "; ".join(badge(claim).whole for claim in self.of_study(study).values())
        label = f"A filled dot for each seed that agrees, a ring for each that does not. {said}"
        return safety.named(self.drawn[study], label)

    def words(self, name):
        """A claim in words, for the template."""
        claim, said = self.claims[name], badge(self.claims[name])
        rows = list(self.of_study(claim["study"]))
        return claim | {
            "id": name,
            "origin": ORIGINS[claim["kind"]].format(**claim),
            "wanted": wanted(claim),
            "said_by": said.origin,
            "verdict_is": claim["verdict"],
            "verdict": said.brief,
            "surely": surely(claim),
            "at": f"{rows.index(name) / len(rows):.3f}",
            "unit": "case" if claim["census"] else "seed",
            **{key: inline.number(claim[key]) for key in ("median", "low", "high")},
        }


def wanted(claim):
    """The rule and its word: "test error, 20 over 5: more than 1; usually: three in four or more"."""
    quantity, sign, bound = rule_of(claim)
    return f"{quantity}: {WORDS[sign]} {inline.number(bound)}; {badge(claim).needs}"


def surely(claim):
    """The limits of the true share in words, or "" for a census."""
    if claim["census"]:
        return ""
    low, high = (f"{limit:.0%}".replace("%", " %") for limit in claim["limits"])
    return f"{low} to {high}"
