"""The words of claims, and when measured seeds support them: limits, and seeds that rounding decides.

The words' shares are fixed here, once for all claims, before anything is measured.

A share of all seeds is bounded by the limits of Clopper and Pearson (1934), each at LEVEL divided by the
number of claims (Bonferroni): the chance that any limit on either side is wrong, over all claims, is at
most twice LEVEL. A claim holds when its limit reaches the word's share, fails when it rules that share
out, and is open in between: measure more seeds, or say less. A census has no limits: it holds when every
case agrees.
"""

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


def summary(claim, seeds, values, undecided=None, claims=1):
    """The verdict on a claim in numbers; seeds, values, undecided: (seeds,). `claims` are made in all.

    undecided: bool, the seeds that rounding may put on either side of the bound; the verdict is given
    only where it is the same whichever side they are on.
    """
    values = np.asarray(values, dtype=float)
    undecided = np.zeros(len(values), bool) if undecided is None else np.asarray(undecided)
    least = int((claim.agrees(values) & ~undecided).sum())
    most = least + int(undecided.sum())
    possible = {verdict(claim.word, k, len(values), claims) for k in range(least, most + 1)}
    return {
        "verdict": possible.pop() if len(possible) == 1 else OPEN,
        "agree": [least, most],
        "undecided": [s for s, is_so in zip(seeds, undecided, strict=True) if is_so],
        "seeds": len(values),
        **{name: float(summarize(values)) for name, summarize in SUMMARIES.items()},
        "limits": of_share(claim.word, least, most, len(values), claims),
    }


def of_share(word, least, most, seeds, claims):
    """Limits of the true share, [lower, upper], whichever way rounding decides; None for a census."""
    if word == EVERY:
        return None
    return [limits(least, seeds, claims)[0], limits(most, seeds, claims)[1]]


def tally(claim):
    """How many agree, in words, from a claim's record: "31 of 32 seeds", "6 or 7 of 8 seeds"."""
    unit = "cases" if claim["census"] else "seeds"
    if claim["census"] and claim["agree"][0] == claim["seeds"]:
        return f"all {claim['seeds']} cases"
    return f"{between(*claim['agree'])} of {claim['seeds']} {unit}"


def between(least, most):
    """A count that rounding may decide: "6", "6 or 7", "5 to 9"."""
    return {0: f"{least}", 1: f"{least} or {most}"}.get(most - least, f"{least} to {most}")


def in_words(claim):
    """The verdict in the words of a badge, from a claim's record."""
    where = "in" if claim["census"] else "on"
    if claim["verdict"] == HOLDS:  # a coin or "sometimes" is a claim about the share itself
        verb = "so" if claim["word"] in (SOMETIMES, LIKE_A_COIN) else "holds"
        return f"{verb} {where} {tally(claim)}"
    return f"{claim['verdict']}: true {where} {tally(claim)}"
