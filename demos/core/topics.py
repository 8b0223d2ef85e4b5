"""Which topics there are: rooms in demos/, in the order of their notebooks in slides/."""

import pkgutil
import re
from importlib import import_module
from pathlib import Path

PACKAGE = "demos"
HERE = Path(__file__).resolve().parents[1]
SLIDES = HERE.parent / "slides"
CORE = "core"  # no topic: what they share
CLAIMS = "claims.json"  # in a topic's folder of figures: its evidence


def topic_of(notebook):
    """A topic's name, from its notebook's: letters, digits and hyphens, without the number in front.

    So its room is called, the folder of its figures, and its slides' addresses begin.
    """
    return re.sub(r"[^\w-]+", "-", re.sub(r"^\d+\W+(?=\w)", "", notebook))


def in_order(topics):
    """The same topics as a list, in the order of their notebooks; those without one at the end."""
    names = [topic_of(file.stem) for file in sorted(SLIDES.glob("*.ipynb"))]
    place = {name: number for number, name in enumerate(names)}
    return sorted(topics, key=lambda topic: (place.get(topic, len(place)), topic))


def evidence(figures):
    """{topic: the file of its evidence} of a folder of figures, in the order of the notebooks."""
    found = {file.parent.name: file for file in figures.glob(f"*/{CLAIMS}")}
    return {topic: found[topic] for topic in in_order(found)}


def rooms():
    """{topic: its package}. A room is called as its topic, with _ for -."""
    packages = [found.name for found in pkgutil.iter_modules([str(HERE)]) if found.ispkg]
    topics = {name.replace("_", "-"): f"{PACKAGE}.{name}" for name in packages if name != CORE}
    return {topic: topics[topic] for topic in in_order(topics)}


def modules(part):
    """Modules of all rooms called `part` or `part_…`: a list of (topic, module)."""
    found = []
    for topic, package in rooms().items():
        names = sorted(each.name for each in pkgutil.iter_modules(import_module(package).__path__))
        called = [name for name in names if name == part or name.startswith(f"{part}_")]
        found += [(topic, import_module(f"{package}.{name}")) for name in called]
    return found
