"""The README's worked example, performed."""

import re

import per_topic
import pytest
from conftest import code, markdown, notebook
from hurried import after, edits, marked

from scripts.build.notebooks import read_all
from scripts.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = r"```(?:python|markdown)\n(.*?)```"


@pytest.mark.build
def test_adding_a_topic_as_the_readme_says(project):
    room = project.demos / "shrinking"
    room.mkdir()
    for name in ("__init__", "compute", "draw", "claims"):
        module = re.search(rf"`demos/shrinking/{name}.py`:\n\n{BLOCK}", README, re.DOTALL)[1]
        (room / f"{name}.py").write_text(module, encoding="utf-8")
    cells = re.findall(
        rf"^Cell \d, (\w+), slide type `(\S+)`:\n\n{BLOCK}", README, re.DOTALL | re.MULTILINE
    )
    assert len(cells) == 6
    make = {"Markdown": markdown, "code": code}
    made = [make[kind](source.strip(), slide_type) for kind, slide_type, source in cells]
    project.write("09-shrinking", notebook(*made))
    done = project.run("evidence", "--claim", "shrinking-helps", timeout=300)
    assert done.code == 0, done.err
    assert "holds measured  nearly always 128 of 128 seeds" in done.out
    done = project.run("figures", "--topic", "09")
    assert done.code == 0, done.err
    assert (project.figures / "shrinking" / "shrinking-path.svg").exists()
    text = (project.slides / "09-shrinking.ipynb").read_text(encoding="utf-8")
    assert 'shrinking-path.best:.2f\\">0.50</data>' in text
    assert (
        "Half the average has less error than the average · holds, 128 of 128 seeds · nearly"
        in text
    )
    given = re.search(rf"`tests/unit/shrinking/given.py`:\n\n{BLOCK}", README, re.DOTALL)[1]
    assert changed_as(given, project) == [None]
    deck = re.search(r"`slides/decks/estimators.toml`.*?```toml\n(.*?)```", README, re.DOTALL)[1]
    (project.slides / "decks" / "estimators.toml").write_text(deck, encoding="utf-8")
    done = project.run("deck")
    assert done.code == 0, done.err
    for name in ("shrinking", "estimators"):
        page = (project.build / "deck" / name / "index.html").read_text(encoding="utf-8")
        assert "A smaller average is a better average" in page
        assert "holds on 128 of 128 seeds" in page
    landing = (project.build / "index.html").read_text(encoding="utf-8")
    assert "Estimators, run them yourself" in landing and "1 hold" in landing


def changed_as(given, project):
    """What becomes of the notebook's runs with the values that its tests are given."""
    file = per_topic.file_of("shrinking", project.root)
    assert per_topic.lacking(["shrinking"], "RUNS", folder=file.parent) == [
        "tests/unit/shrinking/given.py has no RUNS: see tests/helpers/per_topic.py"
    ]
    file.parent.mkdir()
    file.write_text(given, encoding="utf-8")
    assert per_topic.lacking(["shrinking"], "RUNS", "SENTENCES", folder=project.root) == []
    (notebook,) = read_all(["09-shrinking"], project.slides)
    values = per_topic.of_topic("shrinking", "RUNS", folder=project.root)
    return after([edits(each, marked(notebook)) for each in values], notebook.name, project.root)


def test_the_commands_the_readme_names_exist():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make (\w+)", README, re.MULTILINE))
    assert {"present", "test"} <= named
    assert named <= targets


def test_the_map_names_every_folder():
    for folder in ("slides", "demos", "figures", "scripts", "tests"):
        assert f"| `{folder}/" in README
        assert (ROOT / folder).is_dir()
