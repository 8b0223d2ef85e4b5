"""Measure what the talk claims, on many seeds, and how far each number moves under other roundings.

Each measured seed is kept in build/evidence/ at once, so that an interrupted run goes on where it
stopped; what is recorded and up to date is not measured again. Each topic has a record of its own,
figures/TOPIC/claims.json, and a figure per study beside it.
"""

import json
from collections import defaultdict
from importlib.metadata import version

from demos.core.evidence import registry, spreads
from demos.core.evidence.strips import strips
from demos.core.evidence.verdicts import SUMMARIES, summary, tally
from demos.core.records import plain
from demos.core.style import to_svg
from demos.core.topics import CLAIMS
from scripts.build import decks, quoted
from scripts.errors import BuildError, nearest
from scripts.evidence import study_keys
from scripts.evidence.workers import chunks, compute, longest_first
from scripts.files import replace_file
from scripts.paths import BUILD, FIGURES, shown

STORE = BUILD / "evidence"
OWN = ""  # the rounding of this machine
TURNS = 5  # at most so often: seeds near a bound, and then those near by what was learnt


def record_of(topic):
    """The file that holds a topic's record."""
    return FIGURES / topic / CLAIMS


def read_record():
    """The committed records of all topics as one: studies, claims, each topic's versions."""
    whole = {"versions": {}, "studies": {}, "claims": {}}
    for topic, record in quoted.evidence(FIGURES).items():
        whole["versions"][topic] = record["versions"]
        whole["studies"] |= record["studies"]
        whole["claims"] |= record["claims"]
    return whole


def known(study, key, record):
    """What is up to date of a study: {rounding: {seed: {quantity: value}}}, and [(seeds, seconds each)]."""
    rows, took = defaultdict(dict), []
    old = record["studies"].get(study.name, {})
    if old.get("key") == key:
        for how, part in {OWN: old, **old["again"]}.items():
            names = list(part["values"])
            for seed, *values in zip(part["seeds"], *part["values"].values(), strict=True):
                rows[how][seed] = dict(zip(names, values, strict=True))
        took.append((old["seeds"], old["seconds"] / len(old["seeds"])))
    file = kept_in(study, key)
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        try:
            kept = json.loads(line)
        except ValueError:  # the line that was being written when somebody pulled the plug
            continue
        found = {int(seed): row for seed, row in kept["rows"].items()}
        if new := found.keys() - rows[kept["rounding"]]:  # not one that the record has already
            rows[kept["rounding"]] |= found
            took.append((new, kept["seconds"] / len(found)))
    return rows, took


def own(study, rows):
    """What of measured rows is the study's as it is today: not the seeds from before its `first` moved."""
    seeds, ways = study.own(rows[OWN]), (OWN, *study.roundings)
    return {how: {s: rows[how][s] for s in seeds if s in rows[how]} for how in ways}


def kept_in(study, key):
    """Where measured seeds of a study wait to be recorded."""
    return STORE / f"{study.name}-{key}.jsonl"


def chosen(claim_ids):
    """The studies behind some claims, or all. Raises BuildError for an unknown claim."""
    claims = registry.all_claims()
    for name in claim_ids or []:
        if name not in claims:
            raise BuildError(f"no claim is named {name!r}", nearest(name, claims))
    wanted = {claims[name].study.name for name in claim_ids or claims}
    return [study for name, study in registry.all_studies().items() if name in wanted]


def run(count=None, claim_ids=None, backend="loky", scheduler=None, jobs=None, fresh=False):
    """Measure what is missing or stale, then write the record and the figures.

    First every seed, then some of each study under other roundings, then so those seeds that turn out
    to lie near the bound of a claim: what they show may put others there.
    """
    record, studies = read_record(), registry.all_studies()
    keys = {name: study_keys.key(study) for name, study in studies.items()}
    wanted, started = chosen(claim_ids), record
    STORE.mkdir(parents=True, exist_ok=True)
    if fresh:
        forget = {study.name for study in wanted}
        kept = {name: old for name, old in record["studies"].items() if name not in forget}
        started = record | {"studies": kept}
        for study in wanted:
            kept_in(study, keys[study.name]).unlink(missing_ok=True)

    def measure(text, missing):
        """What a pass finds missing; whether there was anything."""
        tasks = []
        for study in wanted:
            rows = known(study, keys[study.name], started)[0]
            for how, seeds in missing(study, own(study, rows)).items():
                tasks += chunks(study, [seed for seed in seeds if seed not in rows[how]], how)
        order = longest_first(tasks, record)
        for name, how, rows, seconds in compute(order, backend, scheduler, jobs, text):
            line = {"rounding": how, "rows": rows, "seconds": seconds}
            with open(kept_in(studies[name], keys[name]), "a", encoding="utf-8") as file:
                # on a line of its own, whatever an interrupted run left at the end
                file.write("\n" + json.dumps(line) + "\n")
        return bool(tasks)

    measure("measuring", lambda study, rows: {OWN: study.seeds(count)})
    measure("other roundings", lambda study, rows: study.shaken(sorted(rows[OWN])))
    for _ in range(TURNS):
        if not measure("near a bound", close):
            break
    write(assemble(started, keys))


def close(study, rows):
    """The same for the seeds near a bound, and the first rounding."""
    claims = [c for c in registry.all_claims().values() if c.study is study]
    return dict.fromkeys(study.roundings[:1], spreads.near(table(rows), claims))


def table(rows):
    """Measured rows as the record keeps them: seeds, values, and the same again per rounding."""
    parts = {}
    for how, measured in rows.items():
        seeds = sorted(measured)
        quantities = measured[seeds[0]] if seeds else ()
        values = {q: [rounded(measured[s][q]) for s in seeds] for q in quantities}
        parts[how] = {"seeds": seeds, "values": values}
    return parts.pop(OWN) | {"again": {how: part for how, part in parts.items() if part["seeds"]}}


def assemble(record, keys):
    """The record of everything known: studies with values per seed, claims with what was counted."""
    studies = {}
    for name, study in registry.all_studies().items():
        every, took = known(study, keys[name], record)
        if (rows := own(study, every))[OWN]:
            seconds = sum(each * len(rows[OWN].keys() & seeds) for seeds, each in took)
            studies[name] = {
                "key": keys[name],
                "census": bool(study.cases),
                "settings": plain(study.settings),
                "below": study.below,
                "seconds": round(seconds, 2),
                **table(rows),
            }
    return {"studies": studies, "claims": counted(studies)}


def counted(studies):
    """What the record says of every claim: derived from its studies alone."""
    found = {}
    for family in registry.families():
        for claim in family.claims:
            study = studies.get(claim.study.name)
            if study:
                check_quantities(claim, study, record_of(family.topic))
                values, taken = spreads.of(study, claim.value, spreads.MOST)
                undecided = spreads.undecided(study, claim)
                numbers = summary(claim, study["seeds"], values, undecided)
                numbers["spread"] = {
                    name: float(f"{spreads.of_summary(values, taken, summarize):.2g}")
                    for name, summarize in SUMMARIES.items()
                }
                found[claim.id] = said(claim, family.title) | {"census": study["census"]} | numbers
    return found


def judged(claims):
    """{id: {page in words: the claim as judged there}} of recorded claims: see `decks.judgements`."""
    homes = {claim.id: topic for topic, made in registry.by_topic().items() for claim in made}
    known = {
        name: claim | {"topic": homes[name]} for name, claim in claims.items() if name in homes
    }
    return decks.judgements(decks.read_pool(), known)


def check_quantities(claim, study, file):
    """Refuse a recorded study that lacks what a claim of it reads."""
    try:
        of(claim, study)
    except KeyError as error:
        problem = f"study {claim.study.name} has no quantity {error}, which claim {claim.id} reads"
        cure = "restore it from git, or measure anew: make evidence"
        raise BuildError(problem, cure, shown(file)) from None


def said(claim, where):
    """The claim itself, as the record keeps it: when this changes, the record is stale."""
    rule = f"{claim.unit} {claim.rule} {claim.bound:g}"
    words = {"family": where, "sentence": claim.sentence, "study": claim.study.name, "rule": rule}
    words |= {"word": claim.word, "kind": claim.kind, "since": claim.since}
    return words | {"log": claim.log}


def of(claim, study):
    """A claim's value per seed from a recorded study."""
    return claim.value(spreads.arrays(study["values"]))


def rounded(value):
    """Nine digits: all that float32 has, and no more."""
    return float(f"{value:.9g}")


def write(record):
    """Each topic's record, and a figure per study beside it."""
    made = drawings(record)
    for place, drawing in made.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, drawing)
    made |= keep_records(record)
    for old in FIGURES.glob("*/claims*"):
        if old not in made:
            old.unlink()
    report(record)


def keep_records(record):
    """Write the record of every topic that has something measured and changed: {file: text} of all."""
    made = {place: as_text(part) for place, part in parted(record).items()}
    for place, text in made.items():
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            replace_file(place, text)
    return made


def parted(record):
    """{file: what it holds} of every topic that has something measured."""
    versions = {name: version(name) for name in ("numpy", "torch", "scipy", "matplotlib")}
    made = {}
    for topic, claims in registry.by_topic().items():
        of_topic = {"versions": versions, "studies": {}, "claims": {}}
        for claim in claims:
            study = claim.study.name
            if claim.id in record["claims"] and study in record["studies"]:
                of_topic["studies"][study] = record["studies"][study]
                of_topic["claims"][claim.id] = record["claims"][claim.id]
        if of_topic["claims"]:
            made[record_of(topic)] = of_topic
    return made


def drawings(record):
    """{file: SVG} of every study: derived from the record alone."""
    figures = {}
    for topic, claims in registry.by_topic().items():
        by_study = defaultdict(list)
        for claim in claims:
            by_study[claim.study.name].append(claim)
        for name in record["studies"].keys() & by_study:
            study = record["studies"][name]
            rows = [
                (c, of(c, study), record["claims"][c.id], study["seeds"]) for c in by_study[name]
            ]
            place = FIGURES / topic / f"claims-{name}.svg"
            figures[place] = to_svg(strips(rows), f"claims-{name}")
    return figures


def as_text(value, depth=5, indent=""):
    """JSON with a line for every study's quantity and every claim's word, so that diffs can be read."""
    if not depth or not isinstance(value, dict) or not value:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    lines = [
        f"{indent} {json.dumps(key, ensure_ascii=False)}: {as_text(item, depth - 1, indent + ' ')}"
        for key, item in value.items()
    ]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}" + ("\n" if not indent else "")


def report(record):
    """Print the verdicts, each topic's claims judged alone, and where a deck says otherwise; and what they
    stand on."""
    for pages in judged(record["claims"]).values():
        claim = next(iter(pages.values()))
        mark = f"{claim['verdict']:5} {claim['kind']:9} {claim['word']:13}"
        others = {
            page: c["verdict"] for page, c in pages.items() if c["verdict"] != claim["verdict"]
        }
        told = "".join(f" ({verdict} in {page})" for page, verdict in others.items())
        print(f"{mark} {tally(claim):24} {claim['sentence']}{told}")
    seconds = sum(study["seconds"] for study in record["studies"].values())
    print(f"{len(record['claims'])} claims in {shown(FIGURES)}, {seconds / 60:.0f} core minutes")
