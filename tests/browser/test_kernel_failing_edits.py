"""An edit that raises, on stage: the author's figures stay, nothing runs by itself, everything ends."""

import pytest
from conftest import code, markdown, notebook
from playwright.sync_api import expect
from serving import on_stage, presented

pytestmark = [pytest.mark.browser, pytest.mark.build]

SLIDES = notebook(
    markdown("# Run this on stage", "slide"),
    code("x = 1\nprint('x is', x)"),
    markdown("(5 s) Words.", "notes"),
    markdown("## Ask the room", "slide"),
    code("answer = 'yes'\nprint(answer)"),
    markdown("(5 s) Words.", "notes"),
    markdown("## A later result", "slide"),
    code("print('later', x)"),
    markdown("(5 s) Words.", "notes"),
)
ENDED = "cell 5 failed: this is the slide's own output"


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    with presented(built, tmp_path_factory, "03-edits", SLIDES) as talk:
        yield talk


@pytest.fixture
def failed(chromium, served):
    """The stage one good edit and one that raises later, on the slide of the second; `sent`: what the page
    has sent to its kernel."""
    with on_stage(chromium, *served) as stage:
        stage.sent = []
        stage.page.on(
            "websocket", lambda ws: ws.on("framesent", lambda frame: stage.sent.append(frame))
        )
        stage.reload()
        stage.show("Run this on stage")
        stage.write("x = 2\nprint('x is', x)")
        stage.run()
        stage.show("Ask the room")
        stage.hears("ran in")  # its output was older than the edit
        stage.write("answer = nope\nprint(answer)")
        stage.run("NameError")
        yield stage


def is_quiet(stage):
    """Nothing runs for a while."""
    before = len(stage.sent)
    stage.page.wait_for_timeout(1500)
    assert len(stage.sent) == before


def go_on(stage):
    stage.page.keyboard.press("Escape")
    stage.page.keyboard.press("PageDown")


def output(stage):
    return stage.page.locator("section.present pre.output:visible")


def test_its_own_slide_runs_once(failed):
    is_quiet(failed)
    expect(failed.says).to_contain_text("NameError")
    expect(failed.result).to_contain_text("line 1: NameError: name 'nope' is not defined")


def test_the_next_slide_keeps_the_authors_output_and_says_why(failed):
    go_on(failed)
    failed.hears(ENDED)
    is_quiet(failed)
    expect(output(failed)).to_have_text("later 1")
    failed.page.keyboard.press("PageUp")
    go_on(failed)
    is_quiet(failed)
    failed.hears(ENDED)


def test_run_tries_again_and_tells_the_error(failed):
    go_on(failed)
    failed.run("cell 5, which comes before: NameError")
    is_quiet(failed)


def test_a_mended_edit_brings_everything_up_to_date(failed):
    failed.write("answer = 'no'\nprint(answer)")
    failed.run()
    go_on(failed)
    failed.hears("ran in")
    expect(output(failed)).to_have_text("later 2")


@pytest.mark.parametrize("button", ["Stop", "Restart"])
def test_stop_and_restart_end_it(failed, button):
    failed.write("import time\nprint('begun', flush=True)\ntime.sleep(60)")
    failed.page.keyboard.press("Shift+Enter")
    expect(failed.result).to_have_text("begun")
    failed.press(button)
    failed.hears("stopped after" if button == "Stop" else "restarted")
    go_on(failed)
    expect(output(failed)).to_have_text("later 1")
    is_quiet(failed)
