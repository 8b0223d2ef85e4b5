"""The "change this" cell at the end of a topic: predict first, then let the run answer.

    above, below = "above", "below"
    guess = "?"  # above or below

    def measure():
        return {"12 coefficients": 0.031, "twice that of 5": 0.045}

    exercise.check(guess, measure, larger=above, smaller=below, why=summary.WHY)

The words are names too: a guess whose quotes got lost is understood all the same.
"""

import math
from difflib import get_close_matches


def check(guess, measure, larger, smaller, why=("", "")):
    """Compare a guess with what is measured and say so: both numbers, the verdict, a sentence why.

    `measure`: a function that runs the experiment and returns two numbers by their names,
    {"mine": 0.3, "half of yours": 0.2}. `larger`: the word for "the first number is larger than the
    second", `smaller` for all other cases; `why`: a sentence for each. Nothing is measured before the
    guess is one of the two words, so a slip of the pen gives nothing away. Raises ValueError for
    anything but two numbers.
    """
    if guess in (None, "", "?"):
        print(f"Predict first: write {larger} or {smaller} in place of the ?, then run this again.")
        return
    said = str(guess).strip(" '\".").lower()
    if said not in (larger, smaller):
        near = get_close_matches(said, (larger, smaller), n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        print(f"{guess!r} is no answer here.{meant} Write {larger} or {smaller}; nothing ran yet.")
        return
    measured = measure()
    if len(measured) != 2:
        raise ValueError(f"measure() returns two numbers by name, not {measured!r}")
    first, second = map(float, measured.values())
    print(", ".join(f"{name}: {short(float(value))}" for name, value in measured.items()))
    if not (math.isfinite(first) and math.isfinite(second)):
        print("That cannot be compared: the training went astray. Try a smaller step.")
        return
    answer, reason = (larger, why[0]) if first > second else (smaller, why[1])
    print(
        f"You said {said}, the run says {answer}: {'right!' if said == answer else 'not this time.'}"
    )
    if reason:
        print(f"Why: {reason}.")


def short(value):
    """A number with as many digits as a reader needs."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"
