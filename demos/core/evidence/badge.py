"""What a badge says of a claim: one answer for decks, students' copies, sheets, tables and notes.

It says what it judges: the claim's sentence always stands with its count, so that nobody reads it as a
verdict on something else.
"""

from dataclasses import dataclass

from demos.core.evidence.verdicts import (
    FAILS,
    HOLDS,
    LIKE_A_COIN,
    MEASURED,
    OPEN,
    PREDICTED,
    SHARE_WORDS,
    SOMETIMES,
    TOLD,
    tally,
)

MARKS = {HOLDS: "✓", FAILS: "✗", OPEN: "?"}
ORIGINS = {MEASURED: "", TOLD: "told: ", PREDICTED: "predicted: "}


@dataclass(frozen=True)
class Badge:
    """The words of a badge."""

    kind: str  # measured, told or predicted
    origin: str  # said before the sentence: "told: ", or ""
    sentence: str
    verdict: str  # holds, fails or open
    mark: str
    count: str  # "6 or 7 of 8 seeds", "all 30 constructions"
    needs: str  # the word, and the share that it stands for
    where: str  # what comes before the count in running text: "on" or "in"
    verb: str  # the verdict in running text

    @property
    def found(self):
        """The count, beside its mark; what is open says so."""
        return f"open: {self.count}" if self.verdict == OPEN else self.count

    @property
    def whole(self):
        """All of it in one line."""
        return f"{self.origin}{self.sentence} · {self.verb}, {self.count} · {self.needs}"

    @property
    def brief(self):
        """What follows a sentence that says the claim itself, in notes: "holds on 31 of 32 seeds"."""
        told = self.verb if self.verdict == HOLDS else f"{self.verb}: true"
        return f"{told} {self.where} {self.count}"


def badge(claim):
    """The words of a badge, from a claim's record with its verdict."""
    verdict, word = claim["verdict"], claim["word"]
    # a coin or "sometimes" is a claim about the share itself
    about_share = verdict == HOLDS and word in (SOMETIMES, LIKE_A_COIN)
    return Badge(
        kind=claim["kind"],
        origin=ORIGINS[claim["kind"]],
        sentence=claim["sentence"],
        verdict=verdict,
        mark=MARKS[verdict],
        count=tally(claim),
        needs=f"{word}: {SHARE_WORDS[word]}",
        where="in" if claim["census"] else "on",
        verb="so" if about_share else verdict,
    )


def rule_of(claim):
    """(what is measured, ">" or "<", the bound) of a recorded claim, "test error, 20 over 5 > 1"."""
    quantity, sign, bound = claim["rule"].rsplit(" ", 2)
    return quantity, sign, float(bound)
