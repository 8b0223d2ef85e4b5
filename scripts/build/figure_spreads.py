"""How far a figure's numbers and drawn points move under other roundings of the same mathematics."""

import json

from scripts.build.drawings import difference

ROUNDINGS = ("nudge-1", "nudge-2", "order-1", "order-2", "default")
DOUBT = (
    "nudge-3",
    "order-3",
    "nudge-4",
    "order-4",
)  # a machine that is none of the above asks these
ANY = float("inf")
UNLIMITED = {
    "numbers": {},
    "pixels": {},
    "rest": ANY,
    "shade": ANY,
}  # all that roundings could


def measured(file, others):
    """A record's spread over runs of the same name, and what else they draw: (place, line) each.

    file: the record of a run, its drawing beside it; others: the same of runs under other roundings.
    """
    record, *rest = (json.loads(each.read_text(encoding="utf-8")) for each in (file, *others))
    numbers = {
        key: float(f"{max(abs(other['numbers'][key] - value) for other in rest):.3g}")
        for key, value in record["numbers"].items()
    }
    drawn = (file, *others) if record["figure"] else ()
    own, *texts = [each.with_suffix(".svg").read_text(encoding="utf-8") for each in drawn] or [""]
    found = [difference(own, text) for text in texts]
    spread = {"numbers": numbers}
    spread["pixels"] = {
        artist: round(max(each.pixels.get(artist, 0.0) for each in found), 2)
        for artist in dict.fromkeys(artist for each in found for artist in each.pixels)
    }
    spread["shade"] = round(max((each.shade for each in found), default=0.0), 4)
    return spread, [
        (place, line) for place, each in enumerate(found) for line in (*each.words, *each.marks)
    ]


def pixels(spread, artist):
    """How far an artist's points move (see `drawings`)."""
    return spread["pixels"].get(artist, spread.get("rest", 0.0))


def wider(one, other):
    """The larger of two spreads, part by part; `other` may be None."""
    if other is None:
        return one
    rest, artists = other.get("rest", 0.0), one["pixels"] | other["pixels"]
    return {
        "numbers": {k: max(v, other["numbers"].get(k, rest)) for k, v in one["numbers"].items()},
        "pixels": {artist: max(pixels(one, artist), pixels(other, artist)) for artist in artists},
        "rest": max(one.get("rest", 0.0), rest),
        "shade": max(one["shade"], other["shade"]),
    }
