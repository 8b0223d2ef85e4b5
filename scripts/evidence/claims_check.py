"""Does the recorded evidence still stand? What can be derived is derived again; a sample of seeds is
measured again, and must lie where other roundings of the same mathematics put it."""

import random
import xml.etree.ElementTree as ElementTree
from importlib.metadata import version
from reprlib import repr  # of a list of values, the first ones

import numpy as np

from demos.core.evidence import registry, spreads
from demos.core.evidence.verdicts import FAILS, MEASURED, OPEN, tally
from demos.core.records import plain
from scripts.build.figures_check import drawing_drift
from scripts.evidence import study_keys
from scripts.evidence.measure import OWN, counted, drawings, judged, read_record, said
from scripts.evidence.workers import chunks, compute, longest_first

# a seed in doubt is measured again so, two at once; the record's roundings may be this very machine
DOUBT = (("nudge-3", "order-3"), ("nudge-4", "order-4"))
BATCH = "with its batch"  # how many networks are stacked decides how their sums are rounded
JUMP = 4  # times what is allowed: a last digit was seen to throw a seed 2.6 times as far
OTHERS = (
    4  # seeds of a study that are measured before one that jumped is believed to have jumped alone
)


def check(sample=1, jobs=None, backend="loky", dice=None, budget=None):
    """Recompute some seeds of every study and compare. Returns what is wrong, a line each.

    `dice`: a number that draws the sample; another one each run if left out. It is printed, so that a
    failure can be repeated. `budget`: only as many studies, drawn by the dice too, as took so many
    seconds when they were recorded; and no figure, which comes from the record, not from the processor.

    Long training has seeds that a last digit throws elsewhere, on one machine in many. A change of the
    code or the data moves every seed. So where one seed alone is off, others of its study are measured
    too: it counts if another is off as well, or if it is JUMP times farther off than allowed.
    """
    record, studies = read_record(), registry.all_studies()
    problems = stale(record, {name: study_keys.key(study) for name, study in studies.items()})
    problems += fallen(record) + altered(record, studies)
    if not problems and budget is None:
        problems += redrawn(record)
    dice = random.SystemRandom().randrange(10**6) if dice is None else dice
    print(f"the sample is drawn by DICE={dice}")
    dice = random.Random(dice)

    def off(keys):
        return unexplained(keys, studies, record, backend, jobs)

    found = off(draw(studies, record, sample, dice, budget))
    alone = [key for key, far in found.items() if max(ratio for _, ratio in far) < JUMP]
    names = {name for name, _ in alone}
    names = {name for name in names if sum(name == one for one, _ in found) == 1}
    others = {name: more_seeds(record["studies"][name], found, name, dice) for name in names}
    second = off([(name, seed) for name, seeds in others.items() for seed in seeds])
    for name, seed in alone:
        if others.get(name) and not any(name == one for one, _ in second):
            far = found.pop((name, seed))
            print(f"{far[0][0]}; {len(others[name])} other seeds hold: a jump of this one alone")
    return problems + [line for far in (found | second).values() for line, _ in far]


def more_seeds(recorded, found, name, dice):
    """Other seeds of a study, drawn."""
    rest = [seed for seed in recorded["seeds"] if (name, seed) not in found]
    return dice.sample(rest, min(OTHERS, len(rest)))


def unexplained(keys, studies, record, backend, jobs):
    """Of pairs (study name, seed) those that are off: {pair: (what is off, how many times too far) each}.

    A seed is measured alone. One that lies farther from the record than the record explains is measured
    again with its batch, then under other roundings, here, until they explain it: some seeds sit where a
    last digit decides, and those few that the record shook need not be among them.
    """
    rows, left = dict.fromkeys(keys, ()), list(keys)

    def far(key):
        return moved(studies[key[0]], key[1], rows[key], record["studies"][key[0]])

    for ways in ((OWN,), (BATCH,), *DOUBT):
        tasks = [task for how in ways for task in asked(left, how, studies, record)]
        text = "in doubt" if ways[0] else "checking claims"
        order = longest_first(tasks, record)
        for name, _, found, _ in compute(order, backend, jobs=jobs, text=text):
            for key in [key for key in left if key[0] == name and key[1] in found]:
                rows[key] += (found[key[1]],)
        left = [key for key in left if far(key)]
    return {key: far(key) for key in left}


def draw(studies, record, sample, dice, budget=None):
    """Pairs (study name, seed) to measure, of studies that have a record."""
    names = [name for name in studies if name in record["studies"]]
    if budget is not None:
        dice.shuffle(names)
    drawn, left = [], float("inf") if budget is None else budget
    for name in names:
        old = record["studies"][name]
        few = min(1 if studies[name].batch == 1 else sample, len(old["seeds"]))
        seconds = few * old["seconds"] / len(old["seeds"])
        if seconds <= left:
            left -= seconds
            drawn += [(name, seed) for seed in dice.sample(old["seeds"], few)]
    return drawn


def asked(drawn, how, studies, record):
    """Tasks for pairs (study name, seed): each alone, rounded as `how` says; or once with its batch, where
    a batch is more than the seed."""
    if how != BATCH:
        return [(name, [seed], how) for name, seed in drawn]
    tasks = []
    for name in dict.fromkeys(name for name, _ in drawn):
        seeds = {seed for one, seed in drawn if one == name}
        batches = chunks(studies[name], record["studies"][name]["seeds"])
        tasks += [task for task in batches if len(task[1]) > 1 and seeds & set(task[1])]
    return tasks


def stale(record, keys):
    """Studies and claims whose code is not the one that was measured, or that have no record."""
    lines = []
    for name, key in keys.items():
        old = record["studies"].get(name)
        if old is None:
            lines.append(f"study {name}: no record: make evidence")
        elif old["key"] != key:
            lines.append(f"study {name}: the record is stale, its code changed: make evidence")
    lines += [
        f"study {n}: recorded, but gone from the code" for n in record["studies"].keys() - keys
    ]
    families = registry.families()
    current = {c.id: said(c, family.title) for family in families for c in family.claims}
    for name, words in current.items():
        old = record["claims"].get(name)
        if old is None:
            lines.append(f"claim {name}: no record: make evidence")
        elif any(old.get(part) != word for part, word in words.items()):
            lines.append(f"claim {name}: the record is stale, its rule changed: make evidence")
    lines += [
        f"claim {n}: recorded, but gone from the code" for n in record["claims"].keys() - current
    ]
    return lines


def fallen(record):
    """Claims whose recorded counts are not what their values say, and measured ones that do not hold on a
    page that makes them, a deck or their topic alone."""
    lines, today = [], counted(record["studies"])
    for name, now in today.items():
        old = record["claims"].get(name)
        if old is None:
            continue
        parts = [part for part in now if not same(old.get(part), now[part])]
        if parts:
            what = ", ".join(f"{p} is {repr(now[p])}, recorded {repr(old.get(p))}" for p in parts)
            lines.append(f"claim {name}: not what its values say: {what}: make evidence")
    for name, pages in judged(today).items():
        for verdict in (FAILS, OPEN):
            where = [page for page, claim in pages.items() if claim["verdict"] == verdict]
            now = today[name]
            if where and now["kind"] == MEASURED:
                what = f"{tally(now)}, claimed {now['word']}: {now['sentence']}"
                lines.append(f"claim {name} {verdict} in {', '.join(where)}: {what}")
    return lines


def altered(record, studies):
    """Parts of recorded studies that their code says otherwise: nobody measured those."""
    lines = []
    for name, study in studies.items():
        old = record["studies"].get(name)
        if old is None:
            continue
        wanted = {
            "census": bool(study.cases),
            "settings": plain(study.settings),
            "below": plain(study.below),
            "seeds": study.seeds(len(old["seeds"])),
        }
        lines += [
            f"study {name}: {part} is not what the code says: make evidence"
            for part, value in wanted.items()
            if old[part] != value
        ]
        unknown = old["again"].keys() - set(study.roundings)
        shaken = {how: set(part["seeds"]) for how, part in old["again"].items()}
        lines += [
            f"study {name}: no rounding of it is named {how}: make evidence" for how in unknown
        ]
        lines += [
            f"study {name}: fewer seeds under {how} than {len(seeds)}: make evidence"
            for how, seeds in study.shaken(old["seeds"]).items()
            if not shaken.get(how, set()).issuperset(seeds)
        ]
    return lines


def redrawn(record):
    """Figures of the evidence that do not show what the record says."""
    still = {"spread": {"pixels": {}, "shade": 0.0}}  # drawn from the record: nothing moves
    now, lines = {"versions": {"matplotlib": version("matplotlib")}}, []
    for file, drawing in drawings(record).items():
        topic = file.parent.name
        name, committed = f"{topic}/{file.name}", still | {"versions": record["versions"][topic]}
        if not file.exists():
            lines.append(f"{name}: missing: make evidence")
            continue
        try:
            text = file.read_text(encoding="utf-8")
            found = list(drawing_drift(text, drawing, committed, now))
        except (ElementTree.ParseError, UnicodeDecodeError):
            found = ["not a drawing"]
        lines += [f"{name}: {line}: make evidence" for line in found]
    return lines


def same(one, other):
    """Whether two derived values agree: numbers to nine digits, all else exactly."""
    if isinstance(one, float | int) and isinstance(other, float):
        return abs(one - other) <= 1e-8 * abs(other)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return all(map(same, one, other))
    return one == other


def moved(study, seed, rows, recorded):
    """What of a seed is farther from the record than other roundings move it: pairs (a line, how many
    times too far).

    rows: its quantities as measured here, first as they are, then under other roundings.
    """
    found, place = [], recorded["seeds"].index(seed)
    for quantity in rows[0].keys() - recorded["values"].keys():
        found.append((f"study {study.name}, seed {seed}: {quantity} is not in the record", np.inf))
    for quantity, values in recorded["values"].items():
        was, now, *others = values[place], *(row.get(quantity, np.nan) for row in rows)
        if max(abs(was), abs(now)) < study.below.get(quantity, 0.0):
            continue  # rounding itself: only its size means anything
        margin, here = (
            allowance(recorded, quantity, place),
            spreads.FACTOR * max((abs(other - now) for other in others), default=0.0),
        )
        allowed = max(margin, here) + 1.01 * study.grain(values)
        if not abs(now - was) <= allowed:
            line = (
                f"study {study.name}, seed {seed}: {quantity} was {was:.6g}, is {now:.6g}, "
                f"allowed to move by {allowed:.2g}"
            )
            ratio = abs(now - was) / allowed if allowed > 0 else np.inf
            found.append((line, ratio if ratio == ratio else np.inf))
    return found


def allowance(recorded, quantity, place):
    """How far a seed may be from its record: what the record says of it, but not out of all proportion to
    what it says of others. A changed value would else excuse itself: it lies far from what the same seed
    gave under other roundings."""

    def value(quantities):
        return quantities[quantity]

    own = spreads.margins(recorded, value)[place]
    others = np.delete(np.array(recorded["values"][quantity]), place)
    believed = np.ptp(others) if len(others) else np.inf
    return min(own, max(JUMP * spreads.margins_by_others(recorded, value, place), believed))
