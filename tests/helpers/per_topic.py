"""What tests that go through all topics ask of each one: it stands in its own folder of tests, in
tests/unit/TOPIC/given.py, and is found there. Whatever a topic has no use for is left out.

A notebook with lines `# change me`:
    RUNS        values that its author did not think of: [{how a marked line begins: what stands after "="}]
    SENTENCES   one that makes no sense, and what is said of it: [({…}, sentence)]
    SHORT       what else of its training is cut short: {module with Settings: {setting: at most}}
    COUNTED     True where steps are looked at by their number: settings stay, whoever trains stops early
An exercise, "Change this":
    ANSWER      what the experiment answers; no close call
    OTHERWISE   (a line that changes one setting, as the reader is invited to; the answer then)
A live demo:
    LABELS      {name of a slider: what the page calls it}
    SHOWN       (the figure that it stands for, {readout: the number in its record})
    PANEL       which panel has the talk's run in grey: the first, 0
    LINE        the kind of its own run's line there: "network"
    look_alike  instead, a function that compares the drawn panels with the talk's run in grey
    SMALL       arguments for a demo that trains little
    STAGED      of its cell in a made-up talk: what is "stored", "more" arguments, "imports"
"""

import importlib.util
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

UNIT = Path(__file__).resolve().parents[1] / "unit"
NAME = "given.py"


def file_of(topic, folder=UNIT):
    return folder / topic.replace("-", "_") / NAME


@lru_cache
def given(topic, folder=UNIT):
    """What a topic's file gives; nothing where there is none."""
    file = file_of(topic, folder)
    if not file.is_file():
        return SimpleNamespace()
    spec = importlib.util.spec_from_file_location(f"given_{file.parent.name}", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def of_topic(topic, name, *default, folder=UNIT):
    """What a topic says of one thing, or the default. Raises LookupError that says what to write, where."""
    found = getattr(given(topic, folder), name, *default or (given,))
    if found is given:
        raise LookupError(cure(topic, name))
    return found


def cure(topic, name):
    return f"tests/unit/{file_of(topic).parent.name}/{NAME} has no {name}: see tests/helpers/per_topic.py"


def lacking(topics, *names, folder=UNIT):
    """What topics should say and do not, a line each."""
    return [
        cure(topic, name)
        for topic in topics
        for name in names
        if not hasattr(given(topic, folder), name)
    ]
