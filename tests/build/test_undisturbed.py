"""A deck depends on notebooks and lock files: not on a broken cache, nor on its user's own settings."""

import json

import pytest
from conftest import code, markdown, notebook

pytestmark = pytest.mark.build

BROKEN = {
    "emptied": b"",
    "cut off": b'[[{"out',
    "of another shape": b"5",
    "forged": b'"<script>hit()</script>"',
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_cache_is_made_anew(project, what):
    before = project.deck()
    touched = 0
    for file in sorted(project.build.glob("cache/**/*")):
        if file.is_file() and not file.name.startswith("."):
            file.write_bytes(BROKEN[what])
            touched += 1
    assert touched > 5
    done = project.run("deck", timeout=300)
    assert (done.code, "Traceback" in done.err) == (0, False), done.err
    assert project.deck() == before


def test_a_cache_that_lost_a_file_is_made_anew(project):
    before = project.deck()
    for file in [
        *project.build.glob("cache/*/figures/*.svg"),
        *project.build.glob("cache/*/main.css"),
    ]:
        file.unlink()
    done = project.run("deck", timeout=300)
    assert done.code == 0, done.err
    assert project.deck() == before


def test_the_users_own_settings_change_nothing(project, tmp_path, monkeypatch):
    """IPython's and Jupyter's configuration, a kernel of the same name, a matplotlibrc."""
    before = project.deck()
    home = tmp_path / "home"
    written = {
        ".ipython/profile_default/startup/00.py": "raise SystemExit('startup')",
        ".ipython/profile_default/ipython_config.py": "c.InteractiveShell.ast_node_interactivity = 'all'",
        ".jupyter/jupyter_config.json": json.dumps({"NotebookClient": {"timeout": 0}}),
        ".jupyter/jupyter_nbclient_config.py": "raise SystemExit('config')",
        ".config/matplotlib/matplotlibrc": "lines.linewidth: 40\naxes.facecolor: red\n",
        "matplotlibrc": "lines.linewidth: 40\n",
        "kernels/python3/kernel.json": json.dumps(
            {"argv": ["false"], "display_name": "x", "language": "python"}
        ),
    }
    for name, text in written.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    for name, value in {
        "HOME": home,
        "IPYTHONDIR": home / ".ipython",
        "JUPYTER_CONFIG_DIR": home / ".jupyter",
        "JUPYTER_PATH": home,
        "JUPYTER_DATA_DIR": home,
        "MATPLOTLIBRC": home / "matplotlibrc",
        "MPLCONFIGDIR": home / ".config" / "matplotlib",
        "PYTHONSTARTUP": home / ".ipython/profile_default/startup/00.py",
    }.items():
        monkeypatch.setenv(name, str(value))
    done = project.run("deck", "--fresh", timeout=300)
    assert done.code == 0, done.err
    for name, data in project.deck().items():
        assert data.decode().splitlines() == before[name].decode().splitlines(), name


def test_a_text_that_comes_in_pieces_is_one(project):
    cells = notebook(
        markdown("# Pieces", "slide"),
        code(
            "import sys\nfor n in range(200):\n    sys.stdout.write(f'{n} ')\n    sys.stdout.flush()"
        ),
        markdown("(5 s) Read.", "notes"),
    )
    project.write("03-pieces", cells)
    decks = []
    for _ in range(2):
        assert project.run("deck", "--fresh", timeout=300).code == 0
        decks.append(project.deck())
    assert decks[0] == decks[1]
    page = decks[0]["pieces/index.html"].decode()
    assert page.count('class="output"') == 1
    assert "198 199" in page


@pytest.mark.parametrize(
    "flood",
    [
        "print('x' * 20_000_000)",
        "from IPython.display import HTML\nHTML('<b>' + 'x' * 20_000_000 + '</b>')",
    ],
)
def test_a_flood_is_refused_and_the_last_deck_stands(project, flood):
    before = project.deck()
    cells = notebook(markdown("# Flood", "slide"), code(flood), markdown("(5 s) Read.", "notes"))
    project.write("03-flood", cells)
    done = project.run("deck", timeout=300)
    assert done.code == 1
    assert "03-flood.ipynb, cell 2" in done.err and "cure: show less" in done.err
    assert len(done.err) < 2000
    assert project.deck() == before
