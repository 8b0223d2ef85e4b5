"""The words of claims, and when measured seeds support them: limits, and seeds that rounding decides.

The words' shares are fixed here, once for all claims, before anything is measured.

A share of all seeds is bounded by the limits of Clopper and Pearson (1934), each at LEVEL divided by the
number of claims that are made together, in a notebook or in a deck (Bonferroni): the chance that any
limit on either side is wrong, over all these claims, is at most twice LEVEL. A claim holds when its limit
reaches the word's share, fails when it rules that share out, and is open in between: measure more seeds,
or say less. A census has no limits: it holds when every case agrees.
"""

from functools import cache

import numpy as np

# the words of a claim, and the share of all seeds they stand for: at least, at most
NEARLY_ALWAYS, USUALLY, MOSTLY, SOMETIMES = "nearly always", "usually", "mostly", "sometimes"
LIKE_A_COIN, EVERY = "like a coin", "in every case"  # the last one for a census
SHARES = {
    EVERY: (1.0, 1.0),
    NEARLY_ALWAYS: (0.9, 1.0),
    USUALLY: (0.75, 1.0),
    MOSTLY: (0.5, 1.0),
    SOMETIMES: (0.05, 1.0),
    LIKE_A_COIN: (0.25, 0.75),
}

SHARE_WORDS = {  # the same in words
    EVERY: "all of them",
    NEARLY_ALWAYS: "nine in ten or more",
    USUALLY: "three in four or more",
    MOSTLY: "half or more",
    SOMETIMES: "one in twenty or more",
    LIKE_A_COIN: "one in four to three in four",
}

# where a sentence comes from: seen on other seeds and then measured; said by somebody else; expected
# by us before anything was seen
MEASURED, TOLD, PREDICTED = "measured", "told", "predicted"
KINDS = (MEASURED, TOLD, PREDICTED)

LEVEL = 0.05
SUMMARIES = {  # what is quoted of a claim's values
    "median": np.median,
    "low": lambda values: np.percentile(values, 5),
    "high": lambda values: np.percentile(values, 95),
}
HOLDS, FAILS, OPEN = "holds", "fails", "open"


@cache  # a record asks for the same few again and again
def limits(agree, seeds, claims=1):
    """Lower and upper limit of the true share when `agree` of `seeds` do; `claims` are made in all."""
    from scipy.stats import binomtest  # late: it loads for over a second, and measuring needs none

    def limit(alternative):
        return binomtest(agree, seeds, alternative=alternative).proportion_ci(
            1 - LEVEL / claims, "exact"
        )

    return float(limit("greater").low), float(limit("less").high)


def verdict(word, agree, seeds, claims=1):
    """HOLDS, FAILS or OPEN, for a word of `evidence.SHARES`."""
    if word == EVERY:
        return HOLDS if agree == seeds else FAILS
    (low, high), (surely, at_most) = SHARES[word], limits(agree, seeds, claims)
    if surely >= low and (at_most <= high or high == 1):
        return HOLDS
    return FAILS if at_most < low or surely > high else OPEN


def judged(claims):
    """Recorded claims that are made together, {id: claim}, each with its verdict and its limits.

    Where rounding puts some seeds on either side of the bound, the verdict is OPEN unless it is the same
    whichever side they are on.
    """
    sampled = sum(claim["word"] != EVERY for claim in claims.values())
    return {name: claim | judgement(claim, sampled) for name, claim in claims.items()}


def made_in(topics, claims):
    """Of recorded claims, {id: claim, with its topic}, those that these topics make, in their order and
    judged together: what stands on badges, what tables count, and what the check judges."""
    pairs = [(topic, each) for topic in topics for each in claims.items()]
    return judged({name: claim for topic, (name, claim) in pairs if claim["topic"] == topic})


def judgement(claim, claims):
    """Verdict and limits of a recorded claim, one of so many."""
    (least, most), seeds, word = claim["agree"], claim["seeds"], claim["word"]
    possible = {verdict(word, agree, seeds, claims) for agree in range(least, most + 1)}
    found = possible.pop() if len(possible) == 1 else OPEN
    return {"verdict": found, "limits": of_share(word, least, most, seeds, claims)}


def summary(claim, seeds, values, undecided=None):
    """What was measured of a claim in numbers, its value of every seed among them.

    seeds, values, undecided: (seeds,); the last one is bool, the seeds that rounding may put on either side
    of the bound.
    """
    values = np.asarray(values, dtype=float)
    undecided = np.zeros(len(values), bool) if undecided is None else np.asarray(undecided)
    least = int((claim.agrees(values) & ~undecided).sum())
    most = least + int(undecided.sum())
    return {
        "agree": [least, most],
        "undecided": [s for s, is_so in zip(seeds, undecided, strict=True) if is_so],
        "seeds": len(values),
        "values": [float(f"{value:.9g}") for value in values],
        **{name: float(summarize(values)) for name, summarize in SUMMARIES.items()},
    }


def of_share(word, least, most, seeds, claims):
    """Limits of the true share, [lower, upper], whichever way rounding decides; None for a census."""
    if word == EVERY:
        return None
    return [limits(least, seeds, claims)[0], limits(most, seeds, claims)[1]]


def tally(claim):
    """How many agree, in words, from a claim's record: "31 of 32 seeds", "6 or 7 of 8 seeds"."""
    unit = "constructions" if claim["census"] else "seeds"
    if claim["census"] and claim["agree"][0] == claim["seeds"]:
        return f"all {claim['seeds']} {unit}"
    return f"{between(*claim['agree'])} of {claim['seeds']} {unit}"


def between(least, most):
    """A count that rounding may decide: "6", "6 or 7", "5 to 9"."""
    return {0: f"{least}", 1: f"{least} or {most}"}.get(most - least, f"{least} to {most}")
