"""Whether a run's record is the committed one, but for what other roundings move."""

from demos.core.evidence.spreads import DIGITS, FACTOR


def settled(run, committed):
    """Records of a run, {name: record}, each as committed where it is that one but for rounding.

    So a slide shows the same digits on every machine; what was changed shows its own.
    """
    return {
        name: committed[name] if holds(committed.get(name), record) else record
        for name, record in run.items()
    }


def holds(committed, record):
    """Whether there is a committed record, with its spread, and this is it."""
    return (
        committed is not None and "spread" in committed and not any(record_drift(committed, record))
    )


def record_drift(before, after):
    """What changed in a record: settings at all, numbers by more than other roundings move them.

    before: the committed record, with its spread; after: that of a run.
    """
    if before["figure"] != after["figure"]:
        yield f"figure was {before['figure']}, is {after['figure']}"
    for part, what in (("settings", "setting"), ("below", "bound of")):
        for key in sorted(before[part].keys() | after[part].keys()):
            was, now = before[part].get(key), after[part].get(key)
            if was != now:
                yield f"{what} {key} was {was}, is {now}"
    for key in sorted(before["numbers"].keys() | after["numbers"].keys()):
        was, now = before["numbers"].get(key), after["numbers"].get(key)
        if was is None or now is None:
            yield f"number {key} was {was}, is {now}"
        elif max(abs(was), abs(now)) < before["below"].get(key, 0):
            continue  # rounding itself: only its bound means anything
        elif abs(now - was) > (allowed := margin(before, key)):
            yield f"{key} was {was:.6g}, is {now:.6g}: moved by {abs(now - was):.2g}, allowed {allowed:.2g}"


def margin(record, key):
    """How far a committed number may move on another machine."""
    spread = record["spread"]["numbers"].get(key, 0.0)
    return FACTOR * spread + DIGITS * abs(record["numbers"][key])
