"""The one answer to what a badge says: kinds, verdicts, undecided seeds, censuses."""

import itertools

import pytest

from demos.core.evidence.badge import badge, rule_of
from demos.core.evidence.verdicts import (
    EVERY,
    FAILS,
    HOLDS,
    KINDS,
    LIKE_A_COIN,
    NEARLY_ALWAYS,
    OPEN,
    SHARE_WORDS,
    SHARES,
    SOMETIMES,
    USUALLY,
)

pytestmark = pytest.mark.code

COUNTS = {  # (fewest, most, of, census): as a reader has it
    (31, 31, 32, False): "31 of 32 seeds",
    (6, 7, 8, False): "6 or 7 of 8 seeds",
    (5, 9, 128, False): "5 to 9 of 128 seeds",
    (30, 30, 30, True): "all 30 constructions",
    (24, 24, 30, True): "24 of 30 constructions",
}


def record(kind="measured", verdict=HOLDS, word=USUALLY, count=(31, 31, 32, False)):
    least, most, seeds, census = count
    words = {"sentence": "A small one wins", "kind": kind, "verdict": verdict, "word": word}
    return words | {"agree": [least, most], "seeds": seeds, "census": census}


@pytest.mark.parametrize(
    ("kind", "verdict", "count"), [*itertools.product(KINDS, (HOLDS, FAILS, OPEN), COUNTS)]
)
def test_a_badge_says_its_sentence_where_it_comes_from_its_verdict_and_its_count(
    kind, verdict, count
):
    word = EVERY if count[3] else USUALLY
    said = badge(record(kind, verdict, word, count))
    origin = "" if kind == "measured" else f"{kind}: "
    assert (said.kind, said.origin, said.sentence) == (kind, origin, "A small one wins")
    assert (said.verdict, said.mark) == (verdict, {HOLDS: "✓", FAILS: "✗", OPEN: "?"}[verdict])
    opened = "open: " if verdict == OPEN else ""
    assert (said.count, said.found) == (COUNTS[count], f"{opened}{COUNTS[count]}")
    needs = "in every case: all of them" if count[3] else "usually: three in four or more"
    assert said.needs == needs
    assert said.whole == f"{origin}A small one wins · {verdict}, {COUNTS[count]} · {needs}"
    where, colon = "in" if count[3] else "on", "" if verdict == HOLDS else ": true"
    assert said.brief == f"{verdict}{colon} {where} {COUNTS[count]}"


@pytest.mark.parametrize("word", [SOMETIMES, LIKE_A_COIN])
def test_a_claim_about_the_share_itself_is_so(word):
    assert badge(record(word=word)).brief == "so on 31 of 32 seeds"
    assert badge(record(word=word, verdict=FAILS)).brief == "fails: true on 31 of 32 seeds"


def test_a_word_says_the_share_that_it_must_reach():
    spelled = {0.05: "one in twenty", 0.25: "one in four", 0.5: "half", 0.75: "three in four"}
    spelled |= {0.9: "nine in ten"}
    assert SHARE_WORDS.keys() == SHARES.keys()
    for word, (low, high) in SHARES.items():
        end = "or more" if high == 1 else f"to {spelled[high]}"
        wanted = "all of them" if low == 1 else f"{spelled[low]} {end}"
        assert SHARE_WORDS[word] == wanted
        assert badge(record(word=word)).needs == f"{word}: {wanted}"


def test_a_rule_is_read_from_its_end():
    one = {"rule": "units > 3 of all < 1e-06"}
    assert rule_of(one) == ("units > 3 of all", "<", 1e-06)
    assert badge(record(word=NEARLY_ALWAYS)).needs.endswith("nine in ten or more")
