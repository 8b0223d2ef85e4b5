"""The build in a project of its own: what runs again, what is refused, what survives."""

import json
import re
import resource
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import code, copy_of, markdown, notebook

pytestmark = pytest.mark.build

LINE, GUESS = "slides/01-line.ipynb", "slides/02-guess.ipynb"


def ran(done):
    """Names of the notebooks a build ran; the build must have succeeded."""
    assert done.code == 0, done.err
    return re.findall(r"^ran slides/(.*)\.ipynb", done.out, re.MULTILINE)


def test_two_builds_are_byte_identical_even_when_all_runs_again(project):
    first = project.deck()
    assert {
        "index.html",
        "talk/index.html",
        "line/index.html",
        "deck.js",
        "talk.html",
    } <= first.keys()
    assert ran(project.run("deck")) == []
    assert project.deck() == first
    assert sorted(ran(project.run("deck", "--fresh"))) == ["01-line", "02-guess"]
    assert project.deck() == first


def test_edits_to_what_does_not_run_run_nothing(project):
    first, runs = project.deck(), project.runs()
    project.edit(LINE, "The number is", "The height is")
    project.edit(LINE, "Point at the line", "Point at its end")
    project.edit(LINE, "a line that rises", "a line that climbs")
    assert ran(project.run("deck")) == []
    assert project.runs() == runs
    second = project.deck()
    changed = {name for name in first if first[name] != second[name]}
    assert changed == {"line/index.html", "talk/index.html", "talk.html"}
    page = second["talk.html"].decode()
    for words in ("The height is", "Point at its end", 'aria-label="a line that climbs"'):
        assert words in page


def test_an_edit_to_a_demo_runs_what_imports_it_and_nothing_else(project):
    path = project.demos / "core" / "curve.py"  # 01 imports least_squares, which imports it
    path.write_text(path.read_text(encoding="utf-8") + "\nADDED = 1\n", encoding="utf-8")
    before = project.deck()
    assert ran(project.run("deck")) == ["01-line"]
    assert project.deck() == before


def test_a_cell_that_changes_runs_and_the_number_in_the_sentence_follows(project):
    assert '<data value="line.height:.2f">2.50</data>' in project.deck()["line/index.html"].decode()
    project.edit(LINE, "[0.5, 2.0], [1.0]", "[0.5, 3.0], [1.0]")
    assert ran(project.run("deck")) == ["01-line"]
    assert '<data value="line.height:.2f">3.50</data>' in project.deck()["line/index.html"].decode()


def test_one_topic_alone_may_quote_anothers_number(project):
    project.edit("slides/02-guess.ipynb", "guess.rise", "line.height")
    done = project.run("deck", "--deck", "guess")
    assert done.code == 0, done.err
    height = json.loads((project.figures / "line" / "line.json").read_text())["numbers"]["height"]
    assert f"{height:.2f}</data>" in (project.build / "deck" / "guess" / "index.html").read_text()


def test_one_topic_alone_touches_and_checks_nobody_elses_files(project):
    """Both parts drift; whoever works on the second sees and writes that one."""
    for part in ("01-line", "02-guess"):
        project.edit(f"slides/{part}.ipynb", "axes.plot([0, 1], [0", "axes.plot([0, 2], [0")
    before = {file.name: file.read_bytes() for file in project.figures.glob("*/*")}
    done = project.run("check", "--topic", "02", timeout=300)
    assert done.code == 1 and "guess" in done.out and "line.svg" not in done.out, done
    assert project.run("figures", "--topic", "02-guess", timeout=300).code == 0
    after = {file.name: file.read_bytes() for file in project.figures.glob("*/*")}
    assert [name for name in after if after[name] != before.get(name)] == ["guess.svg"]
    assert before.keys() == after.keys()
    done = project.run("check", "--topic", "02", "--cached", timeout=300)
    assert (done.code, done.out.splitlines()[-1]) == (0, "the records of 02 and their figures hold")
    done = project.run("check", "--cached", timeout=300)
    assert done.code == 1 and "line.svg" in done.out
    done = project.run("figures", "--topic", "07")
    assert "no notebook's name begins with '07'" in done.err and "01-line, 02-guess" in done.err


def test_a_part_without_code_builds(project):
    cells = notebook(markdown("# Thanks", "slide"), markdown("(10 s) Stop here.", "notes"))
    project.write("03-end", cells)
    assert project.run("deck").code == 0
    assert "Thanks" in project.deck()["end/index.html"].decode()


def shows(*lines):
    """A notebook whose third cell is this code."""
    return notebook(
        markdown("# One", "slide"), markdown("(9 s) Look.", "notes"), code("\n".join(lines))
    )


def display(mime, data, metadata=""):
    return shows(
        "from IPython.display import display",
        f"display({{{mime!r}: {data!r}}}, raw=True{metadata})",
    )


def figures_of_one_name():
    draw = 'show(canvas()[0], "same", {}, {"x": 1})'
    start = "from demos.core.records import show\nfrom demos.core.style import canvas"
    return shows(start, f"{draw};", draw)


def attached(name):
    picture = {name: {"image/png": "iVBORw0KGgo="}}
    slide = markdown(f"# One\n![x](attachment:{name})", "slide", attachments=picture)
    return notebook(slide, markdown("(9 s) Look.", "notes"))


def assert_refused(done, says, place):
    """One error with a place and a cure, and no traceback."""
    assert done.code == 1, done
    assert re.search(says, done.err), done.err
    assert "Traceback" not in done.err
    error, cure, *_ = done.err.split("\n  cure: ")
    assert error.startswith("\nerror: ")
    assert place in error
    assert "slides/" in error or "build" in error or "demos/" in error
    assert cure.strip()


RUNS = {  # what stands in 02-guess, and what the message says of it
    "a failing cell": (shows("x = 1", "x / 0"), "ZeroDivisionError"),
    "a kernel that dies": (shows("import os", "os._exit(1)"), "kernel died"),
    "a warning": (shows("import warnings", 'warnings.warn("old")'), "stderr.*old"),
    "two figures of one name": (figures_of_one_name(), "two figures are named 'same'"),
    "a script": (display("text/html", "<script>alert(1)</script>"), "<script>"),
    "a handler": (display("text/html", '<img alt="x" onerror="f()">'), "onerror"),
    "an id of another": (display("text/html", '<b id="a">x</b><i id="a">y</i>'), "id 'a' is taken"),
    "a link to a script": (display("text/html", '<a href="javascript:f()">x</a>'), "javascript"),
    "a script in an SVG": (display("image/svg+xml", "<svg><script>f()</script></svg>"), "<script>"),
    "JavaScript": (display("application/javascript", "f()"), "application/javascript"),
    "a file name outside": (
        display("image/png", "iVBORw0KGgo=", ', metadata={"filename": "../x.png"}'),
        r"\.\./x\.png",
    ),
    "an attachment outside": (attached("../x.png"), r"'\.\./x\.png' points outside"),
}
EDITS = {  # what is edited, from what to what, what the message says and where
    "an unknown slide type": (GUESS, '"fragment"', '"fragmnt"', "unknown slide type", "cell 6"),
    "no alt text": (GUESS, "#| alt: a line that rises\\n", "", "without alt text", "cell 6"),
    "an unknown option": (GUESS, "#| alt:", "#| alr:", "unknown option line", "cell 6"),
    "invalid JSON": (GUESS, '"cells": [', '"cells": [[', "invalid JSON", "02-guess.ipynb"),
    "a missing demo": (
        GUESS,
        "import exercise",
        "import exercize",
        "demos.core.exercize",
        "cell 3",
    ),
    "no notes": (GUESS, '"notes"', '"skip"', "no speaker notes", "cell 1"),
    "notes without seconds": (GUESS, "(30 s) ", "", "without planned seconds", "cell 7"),
    "a maths error": (GUESS, "sqrt{2}", "sqrt{2", "maths error", "cell 5"),
    "an unknown record": (GUESS, "guess.rise", "gues.rise", "no record 'gues'", "cell 5"),
    "a wrong demo": (
        "demos/core/exercise.py",
        "def check(",
        "def check((",
        "syntax",
        "exercise.py, line",
    ),
    "a wrong palette": (  # the build itself imports it
        "demos/core/palette.py",
        "LIGHT = {",
        "LIGHT = {{",
        "syntax",
        "palette.py, line",
    ),
}


@pytest.fixture(scope="module")
def outcomes(built, tmp_path_factory):
    """Each bad input tried in a copy, two at a time: {case: (done, deck before, deck after)}."""

    def attempt(case):
        project = copy_of(built, tmp_path_factory.mktemp("bad"))
        before = project.deck()
        if case in RUNS:
            project.write("02-guess", RUNS[case][0])
        else:
            project.edit(*EDITS[case][:3])
        return project.run("deck", timeout=300), before, project.deck()

    cases = [*RUNS, *EDITS]
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(cases, pool.map(attempt, cases), strict=True))


@pytest.mark.parametrize("case", [*RUNS, *EDITS])
def test_bad_input_is_named_with_a_cure_and_leaves_the_last_deck(outcomes, case):
    done, before, after = outcomes[case]
    if case in RUNS:
        says, place = RUNS[case][1], "cell 1" if "attachment" in case else "cell 3"
    else:
        says, place = EDITS[case][3:]
    assert_refused(done, says, place)
    assert after == before


def test_all_that_is_wrong_is_told_in_one_run_by_cell(project):
    """Also where a cell fails: what follows from that alone is not told."""
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    many = notebook(
        markdown("### One", "slide"),
        markdown("words only, 30 % and 2.5", "slide"),
        code(plot),
        markdown("## Three at 2.5 and $\\frac{$", "slide"),
        markdown("say this", "notes"),
    )
    fails = notebook(
        markdown('# One <data value="gone.x"></data>', "slide"), code("1 / 0"), code("#| ech: x\n2")
    )
    project.write("03-many", many)
    project.write("04-fails", fails)
    before = project.deck()
    done = project.run("deck", timeout=300)
    assert done.code == 1 and "Traceback" not in done.err
    places = {}
    for part in re.split(r"(?m)^error: ", done.err)[1:]:
        place, *rest = part.split("\n\n")[0].splitlines()
        place = re.match(r"slides/(.*)\.ipynb, cell (\d+)", place).groups()
        places[place] = [line.strip() for line in rest if "cure: " not in line]
    assert places == {
        ("04-fails", "3"): ["unknown option line '#| ech: x'"],
        ("03-many", "1"): ["the slide has no headline", "the slide has no speaker notes"],
        ("03-many", "2"): [
            "the number 30 is typed, not measured",
            "the number 2.5 is typed, not measured",
            "the slide has no speaker notes",
        ],
        ("03-many", "3"): ["a figure without alt text"],
        ("03-many", "4"): [
            "the number 2.5 is typed, not measured",
            *[line for line in places[("03-many", "4")] if line.startswith("maths error")],
        ],
        ("03-many", "5"): ["speaker notes without planned seconds"],
    }
    assert "10 problems in 6 places" in done.err
    assert project.deck() == before
    project.edit("slides/04-fails.ipynb", "#| ech: x\\n", "")
    done = project.run("deck", timeout=300)
    assert "slides/04-fails.ipynb, cell 2 (id cell-2): 1 / 0\n  ZeroDivisionError" in done.err
    assert "no record 'gone'" not in done.err and "11 problems in 7 places" in done.err


def full_disk(size):
    """For a child: no file may grow past `size` bytes, as on a disk that is full."""

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def leftovers(project):
    """What a build has no more use for."""
    current = (project.build / "deck").resolve()
    found = [path for path in (project.build / "decks").iterdir() if path != current]
    found += [path for path in project.build.iterdir() if ".new-" in path.name]
    return found + [path for path in (project.build / "cache").iterdir() if "new-" in path.name]


@pytest.mark.parametrize(
    ("size", "stage"), [(200_000, "the deck"), (1_000_000, "talk.html"), (1_000, "typeset maths")]
)
def test_a_full_disk_leaves_the_last_deck(project, size, stage):
    before = project.deck()
    assert max(map(len, before.values())) > 1_000_000
    project.edit(LINE, "x^2", "x^3")
    done = project.run("deck", preexec_fn=full_disk(size))
    assert_refused(done, "File too large", "build")
    assert "free some space" in done.err
    after = project.deck()
    assert after["talk.html"] == before["talk.html"]
    if stage != "talk.html":  # by then the folder is whole and new
        assert after == before
    assert leftovers(project) == []
    assert ran(project.run("deck")) == []
    assert b"x^3" in project.deck()["talk.html"]


STAGES = {  # a moment of a build that is seen from outside: (edit, what then is there)
    "a notebook runs": ("[0.5, 2.0]", "[0.5, 3.0]", "cache/new-*"),
    "maths is typeset": ("x^2", "x^4", "cache/maths-*.json.new-*"),
    "the deck is written": ("x^2", "x^5", "decks/deck-*/deck.css"),
    "talk.html is written": ("x^2", "x^6", "talk.html.new-*"),
}


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_build_leaves_a_whole_deck_and_the_next_one_tidies_up(project, stage):
    old, new, sign = STAGES[stage]
    before, there = project.deck(), set(project.build.glob(sign))
    project.edit(LINE, old, new)
    process = project.start("deck")
    try:
        while process.poll() is None and set(project.build.glob(sign)) <= there:
            time.sleep(0.001)
    finally:
        process.kill()
        process.communicate(timeout=60)
    killed = project.deck()
    assert project.run("deck").code == 0
    after = project.deck()
    pages = killed.keys() - {"talk.html"}
    assert {name: killed[name] for name in pages} in (
        {name: deck[name] for name in pages} for deck in (before, after)
    )
    assert killed["talk.html"] in (before["talk.html"], after["talk.html"])
    assert after != before
    assert leftovers(project) == []
