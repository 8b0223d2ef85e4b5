"""A plan's tasks in an order in which neighbours share the cache, and its state where it stood."""

from collections import Counter


def in_groups(tasks, changes):
    """The same tasks: those that go number by number through arrays of one size, one after the other.

    changes: {array: the array of the state that it takes the place of}. It is written when nothing else
    wants to read the old state. Raises NotImplementedError where there is no such order.
    """
    waiting, ordered, size = list(tasks), [], None
    while waiting:
        ready = [task for task in waiting if is_ready(task, waiting, changes)]
        if not ready:
            raise NotImplementedError(
                "a plan's state changes in place: each part waits for another"
            )
        alike = [task for task in ready if size is not None and task["each"] == size]
        task = (alike or ready)[0]
        waiting.remove(task)
        ordered.append(task)
        size = task["each"]
    return ordered


def is_ready(task, waiting, changes):
    """Whether all that a task reads is there, and nobody else needs what it replaces."""
    *read, written = task["arrays"]
    others = [other for other in waiting if other is not task]
    old = changes.get(written)
    return not any(o["arrays"][-1] in read or old in o["arrays"][:-1] for o in others)


def settled(tasks, changes):
    """The same tasks, the state's new numbers written over the old ones."""
    written = {task["arrays"][-1]: task["each"] for task in tasks}
    if not all(written.get(new) for new in changes):
        raise NotImplementedError("a plan's state is all made anew, number by number")
    return [
        task | {"arrays": [changes.get(place, place) for place in task["arrays"]]} for task in tasks
    ]


def grouped(tasks, kept):
    """Neighbours that go number by number through arrays of one size, together.

    What only such a group uses, and is not in `kept`, becomes scratch: -1, -2, … As little as may be: all
    that a group goes through has to fit a small cache.
    """
    groups = []
    for task in tasks:
        if groups and task["each"] is not None and groups[-1]["each"] == task["each"]:
            groups[-1]["tasks"].append(task)
        else:
            groups.append({"each": task["each"], "tasks": [task]})
    uses = Counter(place for task in tasks for place in task["arrays"])
    for group in groups:
        inside = Counter(place for task in group["tasks"] for place in task["arrays"])
        own = {p for p, count in inside.items() if count == uses[p] and p not in kept}
        places = scratch(group["tasks"], own) if group["each"] is not None else {}
        group["tasks"] = [
            {
                "kind": task["kind"],
                "arrays": [places.get(place, place) for place in task["arrays"]],
                "numbers": task["numbers"],
            }
            for task in group["tasks"]
        ]
    return groups


def scratch(tasks, own):
    """Places for arrays that only some tasks use: {array: -1, -2, …}, each again once nobody reads it."""
    last = {place: n for n, task in enumerate(tasks) for place in task["arrays"] if place in own}
    found, free = {}, []
    for n, task in enumerate(tasks):
        *read, written = task["arrays"]
        free += [found[place] for place in dict.fromkeys(read) if last.get(place) == n]
        if written in own:
            found[written] = free.pop() if free else -1 - len(set(found.values()))
    return found
