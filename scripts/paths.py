"""Where things live."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SLIDES = ROOT / "slides"
DEMOS = ROOT / "demos"
FIGURES = ROOT / "figures"  # committed: what each topic is known to show, a folder each
FRONTEND = ROOT / "scripts" / "page"  # the deck's sources
LAB = ROOT / "lab"  # git-ignored: a student's own copies of the notebooks
BUILD = ROOT / "build"  # git-ignored: everything made
CACHE = BUILD / "cache"
DECK = BUILD / "deck"  # all decks and topics, for a server or a static host
DEFAULT = "talk"  # the deck that is meant where none is named
TALK = BUILD / f"{DEFAULT}.html"  # it in one file; others beside it


def shown(path):
    """A path as the user would type it: relative to the project where possible."""
    path = Path(path)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
