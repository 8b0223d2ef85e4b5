"""Several processes work in `build/` at a time: none takes another's half-made work away."""

import os
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from scripts.build import execute
from scripts.files import alone, replaced_files, unfinished


@pytest.fixture
def left(tmp_path):
    """What a killed build leaves: a run's folder, a page and a bundle, at every depth."""
    places = [
        tmp_path / "cache/new-1/figures",
        tmp_path / "cache/nudge-3/new-2/figures",
        tmp_path / "cache/frontend-1.new-77",
        tmp_path / "cache/frontend-1/maths.json.new-3",
        tmp_path / "talk.html.new-4",
    ]
    kept = [tmp_path / "cache/03-run/figures", tmp_path / "decks/renewed-1"]
    for place in (*places, *kept):
        place.mkdir(parents=True)
    return places, kept


def test_a_build_removes_what_a_killed_one_left(tmp_path, left):
    places, kept = left
    with alone(tmp_path):
        assert not any(place.exists() for place in places)
    assert all(place.exists() for place in kept)


def test_a_build_leaves_what_another_makes(tmp_path, left):
    places, _ = left
    with unfinished(tmp_path), unfinished(tmp_path), alone(tmp_path):
        assert all(place.exists() for place in places)
    with alone(tmp_path):
        assert not any(place.exists() for place in places)


def test_a_build_that_starts_while_notebooks_run_takes_no_figures(tmp_path, monkeypatch):
    cell = SimpleNamespace(outputs=[], number=1)
    notebook = SimpleNamespace(name="03-x", file="slides/03-x.ipynb", code_cells=[cell])

    async def run_cells(notebook, figures, moved, how):
        with alone(tmp_path):  # another process would do so
            (figures / "x.svg").write_text("<svg/>")
        return [SimpleNamespace(outputs=[])]

    monkeypatch.setattr("scripts.files.BUILD", tmp_path)
    monkeypatch.setattr(execute, "run_cells", run_cells)
    monkeypatch.setattr(execute, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(execute.dependencies, "key", lambda notebook: "0" * 20)
    with ThreadPoolExecutor(1) as aside:  # an open browser keeps this thread's event loop
        folders = aside.submit(execute.run_all, [notebook], how="nudge-3").result()
    assert (folders["03-x"] / "x.svg").exists()


def test_a_build_takes_no_file_that_is_being_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr("scripts.files.BUILD", tmp_path)
    place = tmp_path / "talk.html"
    with replaced_files({place: "new"}), alone(tmp_path):
        assert len([*tmp_path.glob("talk.html.new-*")]) == 1
    assert place.read_text() == "new"
    assert {*os.listdir(tmp_path)} == {".lock", ".unfinished", "talk.html"}
