"""Notebooks in JupyterLab: a student's own copies in lab/, or, for an author, slides/ itself.

A copy is handed out once; from then on it is the student's. Beside it, in lab/.given/, stays what was
handed out, so that we know who changed what: an untouched copy follows the talk, an edited one stays.
"""

import asyncio
import shutil
import sys
import webbrowser

import nbformat

from scripts.build import quoted
from scripts.errors import BuildError
from scripts.files import alone, replace_file
from scripts.paths import BUILD, LAB, SLIDES, shown
from scripts.serve import reading


def hand_out(fresh=()):
    """A copy of every notebook into lab/. Returns what the student should know, in sentences.

    fresh: how the names of notebooks begin that are handed out again; the student's are kept beside them.
    Raises BuildError where no name begins so.
    """
    originals = sorted(path for path in SLIDES.glob("*.ipynb") if path.name[0] not in ".~")
    for name in fresh:
        if not any(path.name.startswith(name) for path in originals):
            known = ", ".join(path.stem for path in originals)
            raise BuildError(f"no notebook's name begins with {name!r}", f"choose from {known}")
    claims = quoted.claims().get("claims", {"numbers": {}})["numbers"]
    told, files = [], {path.name for path in originals}
    for path in originals:
        new = reading.prepared(nbformat.read(path, as_version=4), claims, files)
        told += hand_out_one(path, new, path.name.startswith(tuple(fresh)))
    for path in SLIDES.rglob("*"):  # pictures and data that notebooks use
        if (
            path.is_file()
            and path.suffix != ".ipynb"
            and "/." not in f"/{path.relative_to(SLIDES)}"
        ):
            copy_if_newer(path, LAB / path.relative_to(SLIDES))
    return told


def hand_out_one(path, new, fresh):
    """One notebook; yields at most one sentence."""
    mine, given = LAB / path.name, LAB / ".given" / path.name
    if not mine.exists():
        return give(new, mine, given, None)
    if fresh:
        aside = free_name(mine)
        mine.rename(aside)
        return give(new, mine, given, f"{shown(mine)} is new; yours is now {shown(aside)}")
    if text_of(given) == text(new):
        return []
    if text_of(given) == text_of(mine) or text_of(mine) == text(new):
        return give(new, mine, given, f"{shown(mine)} is new: you had changed nothing in it")
    take = f"make lab FRESH={path.name[:2]}"
    return [
        f"{shown(mine)} is yours, and the talk's has changed since: {take} gives you the new one "
        "and keeps yours beside it"
    ]


def give(new, mine, given, sentence):
    """Write a copy, and what it was."""
    given.parent.mkdir(parents=True, exist_ok=True)
    for place in (mine, given):
        replace_file(place, nbformat.writes(new) + "\n")
    return [sentence] if sentence else []


def free_name(path):
    """A name beside a file that nobody has yet: "03-my-topic, mine 1.ipynb"."""
    number = 1
    while (beside := path.with_name(f"{path.stem}, mine {number}.ipynb")).exists():
        number += 1
    return beside


def text(notebook):
    """What of a notebook a student writes: not outputs, not counters."""
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


def text_of(path):
    """The same of a file; of one that is gone or broken something that equals nothing."""
    try:
        return text(nbformat.read(path, as_version=4))
    except Exception:  # nbformat meets what is no notebook with whatever comes up
        return object()


def copy_if_newer(path, there):
    if not there.exists() or there.stat().st_mtime < path.stat().st_mtime:
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, there)


def prepare_live():
    """What live demos load: made once, then only when a demo changes. Without it figures stand still."""
    from scripts.live import assets  # late: torch

    try:
        with alone(BUILD):
            assets.write_widget(BUILD / "live")
    except BuildError as error:
        print(f"\n{error.report()}\nlive demos are figures until then", file=sys.stderr)


async def serve(port, browser, originals):
    """JupyterLab on loopback until stopped."""
    from scripts.serve.present import end_with_us
    from scripts.serve.server import (  # late: Jupyter takes a second
        Place,
        Running,
        StudentSessions,
    )

    folder = SLIDES if originals else LAB
    name = "edit" if originals else "lab"
    server = Running(port, Place(name, folder, "/lab", StudentSessions))
    end_with_us(asyncio.current_task())
    try:
        print(f"JupyterLab: open {shown(server.entry)} in your browser (Ctrl+C stops)", flush=True)
        if browser:
            webbrowser.open(server.entry.as_uri())
        await asyncio.Event().wait()
    finally:
        await server.close()


def lab(port, browser=True, originals=False, fresh=()):
    """Hand out copies, open them in JupyterLab, wait until stopped. Returns the exit code."""
    if originals:
        print(
            f"these are the talk's own notebooks, {shown(SLIDES)}/: what you save changes the talk"
        )
    else:
        for sentence in hand_out(fresh):
            print(sentence)
        print(f"your copies are in {shown(LAB)}/: change what you like, the talk stays as it is")
    prepare_live()
    try:
        return asyncio.run(serve(port, browser, originals))
    except (KeyboardInterrupt, asyncio.CancelledError):
        print("\nstopped", file=sys.stderr)
        return 0
