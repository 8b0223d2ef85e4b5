"""What a cell gives on stage: as much as a slide can take, in the form the build gives it."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import code, markdown, notebook
from playwright.sync_api import expect
from serving import on_stage, presented

pytestmark = [pytest.mark.browser, pytest.mark.build]

SLIDES = notebook(
    markdown("# Outputs", "slide"),
    markdown("(5 s) Say hello.", "notes"),
    code("from IPython.display import Markdown, display", "skip"),
    markdown("## Show it", "slide"),
    code("print('plain')"),
    markdown("(5 s) Run it.", "notes"),
)


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    """A served talk whose kernels' folder is known: (project, port, where temporary files lie)."""
    # short, so that the sockets lie there
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(dir="/tmp") as temporary:
        patch.setenv("TMPDIR", temporary)
        with presented(built, tmp_path_factory, "03-outputs", SLIDES, seconds=300) as talk:
            yield *talk, Path(temporary)


@pytest.fixture
def stage(chromium, served):
    with on_stage(chromium, *served[:2], ("status of 400", "status of 500")) as stage:
        stage.show("Show it")
        yield stage


def test_thousands_of_small_outputs_leave_the_page_usable(stage):
    stage.write("for number in range(9000):\n    display(number)")
    stage.run()
    pieces = stage.result.locator("pre")
    assert 100 < pieces.count() < 300
    expect(stage.result).to_contain_text("output left out")
    stage.page.keyboard.press("Escape")
    stage.page.evaluate("Reveal.slide(0)")
    assert stage.page.evaluate("Reveal.getIndices().h") == 0


def test_what_is_shown_again_under_its_name_takes_the_old_ones_place(stage):
    stage.write(
        "one = display('first', display_id='a')\ndisplay('between')\nlast = display('x', display_id=True)\n"
        "one.update('second')"
    )
    stage.run()
    expect(stage.result.locator("pre")).to_have_text(["'second'", "'between'", "'x'"])


def test_markdown_is_shown_as_the_build_shows_it(stage):
    stage.write("display(Markdown('**bold** and $x^2$'))")
    stage.run()
    expect(stage.result.locator("strong")).to_have_text("bold")
    assert stage.result.locator(".katex").count() == 1


@pytest.mark.parametrize(
    "markup", ["<img src=x onerror=hit()>", "<script>hit()</script>", "<b>open"]
)
def test_markdown_that_the_build_would_refuse_stays_as_written(stage, markup):
    stage.write(f"display(Markdown('**bold** {markup}'))")
    stage.run()
    expect(stage.result.locator("pre")).to_have_text(f"**bold** {markup}")
    assert stage.result.locator("strong, img").count() == 0


def test_a_kernel_that_cannot_start_says_why(stage, served):
    """Last: it takes the folder where kernels leave their addresses."""
    folders = list(served[2].glob("talk-*"))
    assert folders
    for folder in folders:
        shutil.rmtree(folder)
        folder.write_text("in the way")
    stage.press("Restart")
    stage.page.keyboard.press("Shift+Enter")
    stage.hears("no kernel starts")
