"""What a word needs: limits by the sum over binomial outcomes, seeds that rounding decides, a census."""

import math

import numpy as np
import pytest

from demos.core.evidence import verdicts
from demos.core.evidence.study import Claim, Study
from demos.core.evidence.verdicts import (
    EVERY,
    FAILS,
    HOLDS,
    LIKE_A_COIN,
    NEARLY_ALWAYS,
    OPEN,
    SOMETIMES,
    USUALLY,
)

STUDY = Study("toy", None)
CENSUS = Study("built", None, cases=30)


def claim(word=USUALLY, rule=">", bound=1.0):
    study = CENSUS if word == EVERY else STUDY
    return Claim("toy", "Toys", study, lambda q: q["x"], rule, bound, "size", word=word)


def at_least(k, n, share):
    """The chance that k or more of n agree."""
    return sum(math.comb(n, j) * share**j * (1 - share) ** (n - j) for j in range(k, n + 1))


@pytest.mark.parametrize(("agree", "seeds"), [(4, 5), (31, 32), (5, 8), (100, 128)])
def test_a_limit_is_the_share_at_which_the_count_is_a_rare_accident(agree, seeds):
    for claims in (1, 90):
        low, high = verdicts.limits(agree, seeds, claims)
        assert at_least(agree, seeds, low) == pytest.approx(0.05 / claims)
        assert 1 - at_least(agree + 1, seeds, high) == pytest.approx(0.05 / claims)


def test_all_or_none_bound_one_side_only():
    assert verdicts.limits(8, 8)[1] == 1
    assert verdicts.limits(0, 8)[0] == 0


@pytest.mark.parametrize(
    ("word", "agree", "seeds", "verdict"),
    [
        (USUALLY, 6, 8, OPEN),  # a true share of 0.6 gives 6 of 8 or more in 32 % of cases
        (USUALLY, 112, 128, HOLDS),
        (USUALLY, 78, 128, FAILS),
        (USUALLY, 96, 128, OPEN),
        (NEARLY_ALWAYS, 32, 32, OPEN),
        (NEARLY_ALWAYS, 128, 128, HOLDS),
        (SOMETIMES, 17, 128, HOLDS),
        (SOMETIMES, 128, 128, HOLDS),
        (LIKE_A_COIN, 64, 128, HOLDS),
        (LIKE_A_COIN, 16, 32, OPEN),
        (LIKE_A_COIN, 128, 128, FAILS),
        (LIKE_A_COIN, 2, 128, FAILS),
        (EVERY, 30, 30, HOLDS),
        (EVERY, 29, 30, FAILS),
    ],
)
def test_a_verdict_uses_its_limits(word, agree, seeds, verdict):
    assert verdicts.verdict(word, agree, seeds, claims=90) == verdict


def judged(one, seeds, values, undecided):
    """The record of a claim among 90."""
    words = {"word": one.word, "census": one.word == EVERY}
    seen = words | verdicts.summary(one, seeds, values, undecided)
    more = seen if one.word != EVERY else seen | {"word": USUALLY, "census": False}
    claims = {"this": seen} | {f"other-{n}": more for n in range(90 - (one.word != EVERY))}
    return verdicts.judged(claims)["this"]


def test_claims_made_together_are_judged_together():
    """Exactly at nine in ten a single claim holds; among 90 the same count is not enough."""
    seen = {"word": NEARLY_ALWAYS, "census": False, "agree": [124, 124], "seeds": 128}
    census = {"word": EVERY, "census": True, "agree": [8, 8], "seeds": 8}
    alone = verdicts.judged({"this": seen, "all": census})
    assert [each["verdict"] for each in alone.values()] == [HOLDS, HOLDS]
    assert alone["this"]["limits"] == list(verdicts.limits(124, 128, 1))
    many = verdicts.judged({f"claim-{n}": seen for n in range(90)})
    assert {each["verdict"] for each in many.values()} == {OPEN}
    assert many["claim-7"]["limits"] == list(verdicts.limits(124, 128, 90))


def test_a_verdict_that_rests_on_undecided_seeds_is_open():
    values, seeds = np.full(128, 2.0), range(2000, 2128)
    values[:16] = 0.5
    undecided = np.zeros(128, bool)
    assert judged(claim(), seeds, values, undecided)["verdict"] == HOLDS
    undecided[[0, 16]] = True  # one that agrees, one that does not
    seen = judged(claim(), seeds, values, undecided)
    assert seen["verdict"] == OPEN
    assert (seen["agree"], seen["undecided"]) == ([111, 113], [2000, 2016])
    assert seen["limits"][0] == verdicts.limits(111, 128, 90)[0]
    assert seen["limits"][1] == verdicts.limits(113, 128, 90)[1]
    assert seen["median"] == 2.0


def test_a_census_has_no_limits():
    seen = judged(claim(EVERY), range(30), np.full(30, 2.0), None)
    assert (seen["verdict"], seen["limits"]) == (HOLDS, None)


@pytest.mark.parametrize(
    ("study", "words", "message"),
    [
        (STUDY, {"word": EVERY}, "is for a census"),
        (CENSUS, {"word": USUALLY}, "is for a census"),
        (STUDY, {"kind": "guessed"}, "a kind of"),
        (STUDY, {"kind": "predicted"}, "a prediction, and only it, a since"),
        (STUDY, {"since": "b7421d8"}, "a prediction, and only it, a since"),
    ],
)
def test_a_claim_that_makes_no_sense_is_refused(study, words, message):
    with pytest.raises(ValueError, match=message):
        Claim("toy", "Toys", study, None, ">", 1.0, "size", **words)
