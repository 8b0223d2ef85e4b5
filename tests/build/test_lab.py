"""A student's copies of the notebooks: theirs to change, kept, and never the talk's own files."""

import json
import re
import shutil
import signal
import stat
import subprocess
import sys
import threading

import nbformat
import pytest
from conftest import code, markdown, notebook
from nbclient import NotebookClient
from serving import api, ask, default_interrupt, token_of

from demos.core.records import FOLDER
from scripts.errors import BuildError
from scripts.live import assets
from scripts.paths import CACHE, ROOT
from scripts.serve import lab
from scripts.serve.server import WIDGET, keep_figures


@pytest.fixture
def talk(tmp_path, monkeypatch):
    """A folder of notebooks to hand out, and the folder of copies: (slides, lab)."""
    slides, copies = tmp_path / "slides", tmp_path / "lab"
    monkeypatch.setattr(lab, "SLIDES", slides)
    monkeypatch.setattr(lab, "LAB", copies)
    (slides / "img").mkdir(parents=True)
    (slides / "img" / "net.png").write_bytes(b"a picture")
    for name in ("01-line", "02-guess"):
        write(slides, name, f"x = '{name}'")
    return slides, copies


def write(folder, name, *sources):
    cells = [markdown("# Hello", "slide"), *map(code, sources)]
    (folder / f"{name}.ipynb").write_text(nbformat.writes(notebook(*cells)), encoding="utf-8")


def last(folder, name):
    return nbformat.read(folder / f"{name}.ipynb", as_version=4).cells[-1].source


def names(folder):
    return sorted(path.name for path in folder.glob("*.ipynb"))


def test_copies_are_handed_out_once_with_what_they_use(talk):
    slides, copies = talk
    before = {path: path.read_bytes() for path in slides.rglob("*") if path.is_file()}
    assert lab.hand_out() == []
    assert names(copies) == ["01-line.ipynb", "02-guess.ipynb"]
    assert (copies / "img" / "net.png").read_bytes() == b"a picture"
    write(copies, "01-line", "x = 'mine'")
    assert lab.hand_out() == []
    assert last(copies, "01-line") == "x = 'mine'"
    assert before == {path: path.read_bytes() for path in slides.rglob("*") if path.is_file()}


def test_an_untouched_copy_follows_the_talk_though_it_was_run(talk):
    slides, copies = talk
    lab.hand_out()
    ran = nbformat.read(copies / "01-line.ipynb", as_version=4)
    ran.cells[-1].execution_count = 3
    nbformat.write(ran, copies / "01-line.ipynb")
    write(slides, "01-line", "x = 'better'")
    (told,) = lab.hand_out()
    assert "01-line.ipynb is new: you had changed nothing" in told
    assert last(copies, "01-line") == "x = 'better'"
    assert lab.hand_out() == []


def test_an_edited_copy_stays_and_the_student_is_told_how_to_get_the_new_one(talk):
    slides, copies = talk
    lab.hand_out()
    write(copies, "01-line", "x = 'mine'")
    write(slides, "01-line", "x = 'better'")
    for _ in range(2):  # at each start until it is done
        (told,) = lab.hand_out()
        assert "01-line.ipynb is yours" in told and "make lab FRESH=01" in told
    assert last(copies, "01-line") == "x = 'mine'"

    (told,) = lab.hand_out(["01"])
    assert "yours is now" in told and "01-line, mine 1.ipynb" in told
    assert last(copies, "01-line") == "x = 'better'"
    assert last(copies, "01-line, mine 1") == "x = 'mine'"
    write(copies, "01-line", "x = 'mine too'")
    lab.hand_out(["01-line"])
    assert last(copies, "01-line, mine 2") == "x = 'mine too'"
    assert last(copies, "01-line, mine 1") == "x = 'mine'"


def test_a_broken_copy_is_left_alone_and_a_deleted_one_comes_back(talk):
    _, copies = talk
    lab.hand_out()
    (copies / "01-line.ipynb").write_text("{", encoding="utf-8")
    (copies / "02-guess.ipynb").unlink()
    (copies / ".given" / "01-line.ipynb").unlink()
    (told,) = lab.hand_out()
    assert "01-line.ipynb is yours" in told
    assert (copies / "01-line.ipynb").read_text(encoding="utf-8") == "{"
    assert last(copies, "02-guess") == "x = '02-guess'"


def test_a_name_that_no_notebook_has_is_told(talk):
    with pytest.raises(BuildError, match="no notebook's name begins with '07'") as caught:
        lab.hand_out(["01", "07"])
    assert "01-line, 02-guess" in caught.value.report()
    assert not talk[1].exists()


@pytest.mark.code
def test_git_knows_nothing_of_the_copies():
    assert "lab/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def bundle(*types):
    return {"output_type": "display_data", "metadata": {}, "data": dict.fromkeys(types, "…")}


@pytest.mark.parametrize(
    ("held", "saved"),
    [
        ([WIDGET, "image/svg+xml", "text/plain"], ["image/svg+xml", "text/plain"]),
        ([WIDGET, "text/plain"], [WIDGET, "text/plain"]),  # somebody else's, which has no figure
        (["image/svg+xml"], ["image/svg+xml"]),
    ],
)
def test_a_widget_with_a_figure_is_saved_as_the_figure(held, saved):
    stream = {"output_type": "stream", "name": "stdout", "text": "hello"}
    cells = [{"cell_type": "markdown"}, {"cell_type": "code", "outputs": [stream, bundle(*held)]}]
    keep_figures({"type": "notebook", "content": {"cells": cells}})
    assert list(cells[1]["outputs"][1]["data"]) == saved
    keep_figures({"type": "file", "content": "text"})


TRAINING = """import warnings
from tqdm import trange
for _ in trange(3, desc="training", leave=False):
    pass"""


@pytest.mark.build
def test_a_students_run_leaves_the_talks_files_alone_and_paints_nothing_red(project):
    write(project.slides, "03-train", "from demos.core.records import show", TRAINING)
    tracked = contents(project)
    hand_out = "from scripts.serve import lab; lab.hand_out()"
    done = subprocess.run(
        [sys.executable, "-c", hand_out],
        cwd=project.root, env=project.environment(), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    outputs = []
    for name in ("01-line", "03-train"):
        copy = nbformat.read(project.root / "lab" / f"{name}.ipynb", as_version=4)
        environment = project.environment()
        for variable in (FOLDER, "TQDM_DISABLE"):
            environment.pop(variable, None)
        place = {"metadata": {"path": str(project.root / "lab")}}
        ran = NotebookClient(copy, timeout=60, resources=place).execute(env=environment)
        outputs += [output for cell in ran.cells for output in cell.get("outputs", ())]
    (figure,) = [output for output in outputs if "image/svg+xml" in output.get("data", ())]
    assert not re.match(r'<svg [^>]* width="', figure.data["image/svg+xml"])
    streams = [output for output in outputs if output.output_type == "stream"]
    assert {output.name for output in streams} == {"stdout"}
    assert any("training" in output.text for output in streams)
    assert contents(project) == tracked


def contents(project):
    """Bytes of all files that git would know."""
    folders = project.slides, project.figures, project.demos
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files if "__pycache__" not in path.parts}


@pytest.mark.build
def test_make_lab_serves_copies_and_a_saved_notebook_holds_the_figure(project):
    assets.parts()  # half a minute where they are new
    for kept in CACHE.glob("live-*.json*"):
        shutil.copy(kept, project.build / "cache")
    process = project.start("lab", "--no-browser", preexec_fn=default_interrupt)
    limit = threading.Timer(120, process.kill)
    limit.start()
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "JupyterLab: open" in line:
                break
        else:
            pytest.fail(f"did not serve: {said} {process.stderr.read()}")
        assert "your copies are in lab/" in "".join(said)
        entry = project.root / re.search(r"open (\S+) in", said[-1])[1]
        port = int(re.search(r"lab-(\d+)\.html", entry.name)[1])
        assert stat.S_IMODE(entry.stat().st_mode) == 0o600
        assert ask(port, "GET", "/lab")[0] == 403
        assert ask(port, "GET", "/")[0] == 403  # no deck here
        token = token_of(project, port, "lab")
        assert ask(port, "GET", "/lab", {"Authorization": f"token {token}"})[0] == 200

        path = "/api/contents/01-line.ipynb"
        model = api(project, port, "GET", path, target="lab")
        cell = next(c for c in model["content"]["cells"] if c["cell_type"] == "code")
        cell["outputs"] = [bundle(WIDGET, "image/svg+xml")]
        body = {"type": "notebook", "content": model["content"]}
        api(project, port, "PUT", path, body, target="lab")
        saved = json.loads((project.root / "lab" / "01-line.ipynb").read_text(encoding="utf-8"))
        (output,) = [o for c in saved["cells"] for o in c.get("outputs", ())]
        assert list(output["data"]) == ["image/svg+xml"]
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert token not in "".join(said) + out + err
        assert not entry.exists()
    finally:
        limit.cancel()
        process.kill()
        process.communicate(timeout=60)
