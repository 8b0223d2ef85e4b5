"""Numbers in prose come from records: <data value="record.number:.2f">3.67</data>.

The text between the tags is filled in, never typed: in the deck from the run that drew the figures, in
the notebooks by `make figures`, so that a student reads the same sentence.
"""

import html
import json
import re

from demos.core import topics
from demos.core.evidence.badge import badge
from demos.core.evidence.recorded import counts, with_topics
from demos.core.evidence.verdicts import between, made_in
from scripts.build import shapes
from scripts.build.intents import CODE_AND_MATHS
from scripts.errors import BuildError, Consequence, Problems, nearest
from scripts.files import replace_file
from scripts.paths import FIGURES, shown

DECK = "deck"  # the record of the deck at hand: how many claims it makes, and what became of them
QUOTE = re.compile(r'<data value="([^".:]+)\.([^":]+)(?::([^"]*))?">([^<]*)</data>')
PARTS = ("settings", "below")  # of a record, besides its numbers
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# where a digit is not a measured number: code, maths, comments, and quotes themselves
NOT_PROSE = re.compile(rf"{CODE_AND_MATHS}|<!--.*?-->|<data .*?</data>|#\|[^\n]*", re.DOTALL)
# a number alone is no code, whatever its font
NUMBER_AS_CODE = re.compile(r"(`+)\s*([\d.,]+(?:[eE][+-]?\d+)?\s?%?)\s*\1")
# nor in the number of a section or of a version, nor in what joins numbers: layers, 1-50-50-1; a date
SECTION = re.compile(r"(?m)^(#+\s+)\d+(\.\d+)*\.?\s")
VERSION = re.compile(
    r"\b(?:v|[Vv]ersions? |Python |PyTorch |torch |NumPy |SciPy |scikit-learn |matplotlib |pandas |JAX |"
    r"TensorFlow |Keras |CUDA |JupyterLab )\d+(?:\.\d+)+"
)
JOINED = re.compile(r"\b\d+(?:-\d+){2,}\b")
MEASURED = re.compile(r"\d+\.\d+|\d[\d,]*\d{3}|\d+(?= ?%)")
YEAR = re.compile(r"(19|20)\d\d")
LINK = re.compile(r"https?://|arXiv:|doi:|\]\[")  # also bare, and by reference


def load(folders):
    """Records by name from folders of JSON files. Raises BuildError if two share a name."""
    records = {}
    for folder in folders:
        for file in sorted(folder.glob("*.json")):
            if file.name == topics.CLAIMS:
                continue
            if file.stem in records:
                cure = "give one of them another name in its show(...) or keep(...) call"
                raise BuildError(f"two notebooks make a record named {file.stem!r}", cure)
            records[file.stem] = read(file, shapes.FIGURE, "make figures")
    return records


def read(file, shape, command):
    """A whole record. Raises BuildError where it is none: `command` writes it anew."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        cure = f"restore it from git, or write it anew: {command}"
        raise BuildError(f"a record that is no text: {error}", cure, shown(file)) from None
    return shapes.parsed(text, shape, shown(file), command)


def committed(folder=FIGURES):
    """All committed records by name, and claims, each topic's judged by themselves."""
    return load(sorted(path for path in folder.glob("*") if path.is_dir())) | claims(folder)


def evidence(folder=FIGURES):
    """{topic: its record of `make evidence`}. Raises BuildError where one is none."""
    files = topics.evidence(folder)
    return {t: read(file, shapes.EVIDENCE, "make evidence") for t, file in files.items()}


def claims(folder=FIGURES):
    """The records of `make evidence` under the name "claims": quoted as claims.ID.median:.2f, or, for
    the verdict in words, claims.ID; claims.ID.bound is the number in its rule. And the counts of all
    claims, as of one deck.

    A topic's claims are judged by themselves, as its notebook makes them.
    """
    records = evidence(folder)
    made, numbers = with_topics(records), {}
    for topic in records:
        found = made_in([topic], made)
        numbers |= {name: claim | {"bound": bound(claim)} for name, claim in found.items()}
    if not numbers:
        return {}
    studies = {n: study for record in records.values() for n, study in record["studies"].items()}
    found = {"claims": {"numbers": numbers, "settings": {}, "studies": studies}}
    return found | of_deck(made_in(records, numbers), found)


def of_deck(claims, records):
    """The record "deck" of some claims, {id: claim}: quoted as deck.measured_holds, deck.claims, and, the
    first seed that any study was measured on, deck.settings.first_seed."""
    studies = records["claims"]["studies"].values() if "claims" in records else ()
    seeds = [seed for study in studies if not study["census"] for seed in study["seeds"]]
    return {DECK: {"numbers": counts(claims), "settings": {"first_seed": min(seeds, default=0)}}}


def bound(claim):
    """The number in a claim's rule, "test error, 20 over 5 > 1"."""
    return float(claim["rule"].rsplit(" ", 1)[1])


def fill(text, records, cell):
    """The text with every quote filled in from its record."""

    def one(match):
        name, number, spec, _ = match.groups()
        value = look_up(records, name, number, cell)
        whole = name == "claims" and isinstance(value, dict)
        shown = words_of(value, cell, spec) if whole else formatted(value, spec, cell)
        tag = match[0][: match[0].index(">") + 1]
        return f"{tag}{shown}</data>"

    problems = Problems()

    def kept(match):
        with problems.collected():
            return one(match)
        return match[0]

    filled, count = QUOTE.subn(kept, text)
    problems.end()
    if count != len(re.findall(r"<data\b", text)):
        cure = 'write it as <data value="record.number:.2f"></data>, with nothing else in it'
        raise BuildError("a quote of a number that cannot be read", cure, cell)
    return filled


def words_of(claim, cell, spec=None):
    """A claim as a notebook says it: whole, with its sentence; in notes, which say it themselves, brief;
    in a vote as a question."""
    said = badge(claim)
    if spec == "vote":
        return html.escape(f"Vote: is it so? {said.sentence}", quote=False)
    in_notes = cell is not None and cell.slide_type == "notes"
    return html.escape(said.brief if in_notes else said.whole, quote=False)


def look_up(records, name, number, cell):
    """The number (or `settings.key`, `settings.list.1`) a quote points at."""
    if name == "claims" and name not in records:
        raise Consequence(f"no record of claims in {shown(FIGURES)}", "make evidence", cell)
    if name not in records:
        raise Consequence(f"no record {name!r}", nearest(name, records), cell)
    place = records[name]["numbers"]
    for part in number.split("."):
        if place is records[name]["numbers"] and part in PARTS and part not in place:
            place = records[name][part]
            continue
        if isinstance(place, list) and part.isdecimal() and int(part) < len(place):
            place = place[int(part)]
            continue
        if not isinstance(place, dict) or part not in place:
            cure = nearest(part, place) if isinstance(place, dict) else "it has no parts"
            if name == "claims" and place is records[name]["numbers"]:
                cure = f"make evidence, where the claim is new; {cure}"
            raise Consequence(f"record {name!r} has no {number!r}", cure, cell)
        place = place[part]
    return place


def formatted(value, spec, cell):
    """The value by a Python format; powers of ten as 8×10⁻⁹, a minus sign as one."""
    if isinstance(value, list) and len(value) == 2:  # how many agree, where rounding decides some
        return between(*value)
    try:
        text = format(value, spec or "")
    except (ValueError, TypeError) as error:
        cure = "use a Python format such as :.2f, :.0e, :.0% or :,"
        raise BuildError(f"cannot write {value!r} as {spec!r} ({error})", cure, cell) from None
    text = re.sub(r"e([+-]\d+)", lambda m: "×10" + str(int(m[1])).translate(RAISED), text)
    return text.replace("-", "−").replace("%", " %")


def check_typed(text, cell):
    """Refuse measured-looking numbers that somebody typed. Paragraphs that cite a source may."""
    problems = Problems()
    prose = NOT_PROSE.sub(" ", NUMBER_AS_CODE.sub(r" \2 ", text))
    prose = JOINED.sub(" ", VERSION.sub(" ", SECTION.sub(r"\1", prose)))
    for paragraph in re.split(r"\n\s*\n", prose):
        if LINK.search(paragraph):
            continue
        paragraph = re.sub(r"<[^>]*>", " ", paragraph)
        for match in MEASURED.finditer(paragraph):
            if not YEAR.fullmatch(match[0]):
                cure = (
                    'quote a record: <data value="record.number:.2f"></data>; a setting may stand in '
                    "`lr=0.1`, code with its name, or $maths$; a fact from elsewhere beside a link to "
                    "its source"
                )
                error = BuildError(f"the number {match[0]} is typed, not measured", cure, cell)
                problems.found.append(error)
    problems.end()


def sync(path, records, cells):
    """Write the numbers into a notebook's own text. Returns whether that changed the file."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    for source, cell in zip(raw["cells"], cells, strict=True):
        if cell.kind == "markdown":
            text = fill("".join(source["source"]), records, cell)
            source["source"] = text.splitlines(keepends=True)
    text = json.dumps(raw, indent=1, ensure_ascii=False) + "\n"
    changed = text != path.read_text(encoding="utf-8")
    if changed:
        replace_file(path, text)
    return changed
