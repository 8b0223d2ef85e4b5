"""Edits that nobody saved: still there after a reload and after a rebuild."""

import pytest
from browsing import until
from conftest import code, markdown, notebook
from playwright.sync_api import expect
from serving import on_stage, presented

pytestmark = [pytest.mark.browser, pytest.mark.build]

MINE = "x = 2\nprint('x is', x)"


def slides(first="x = 1\nprint('x is', x)", words="Words."):
    return notebook(
        markdown("# Run this on stage", "slide"),
        code(first),
        markdown(f"(5 s) {words}", "notes"),
        markdown("## A later result", "slide"),
        code("print('later', x)"),
        markdown("(5 s) Words.", "notes"),
    )


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    with presented(built, tmp_path_factory, "03-edits", slides()) as talk:
        yield talk


@pytest.fixture
def stage(chromium, served):
    with on_stage(chromium, *served) as stage:
        stage.show("Run this on stage")
        yield stage


def rebuilt(stage, project, cells):
    """Write the notebook anew and wait for the page that comes of it."""
    with stage.page.expect_navigation(timeout=90_000):
        project.write("03-edits", cells)
    stage.page.wait_for_selector(".kernel-bar", state="attached")


def test_what_was_only_typed_is_there_after_a_reload_and_nothing_runs(stage):
    stage.write(MINE)
    stage.reload()
    stage.show("Run this on stage")
    expect(stage.editor).to_have_text("x = 2print('x is', x)", use_inner_text=False)
    expect(stage.page.locator("section.present pre.output:visible")).to_have_text("x is 1")
    stage.run()
    expect(stage.result).to_contain_text("x is 2")


def test_what_had_run_runs_again_with_what_follows(stage):
    stage.write(MINE)
    stage.run()
    stage.reload()
    stage.show("Run this on stage")
    expect(stage.result).to_contain_text("x is 2", timeout=45_000)
    stage.show("A later result")
    expect(stage.result).to_contain_text("later 2", timeout=45_000)


def test_reset_forgets_it(stage):
    stage.write(MINE)
    stage.press("Reset")
    stage.reload()
    stage.show("Run this on stage")
    expect(stage.page.locator("section.present pre[data-code]")).to_be_visible()
    expect(stage.editor).to_have_count(0)


def test_a_rebuild_keeps_it(stage, served):
    stage.write(MINE)
    stage.run()
    rebuilt(stage, served[0], slides(words="Other words."))
    expect(stage.result).to_contain_text("x is 2", timeout=45_000)
    until(stage.page, "window.Reveal?.getSlideNotes()?.includes('Other words.')", seconds=60)
    expect(stage.result).to_contain_text("x is 2", timeout=45_000)


@pytest.mark.parametrize("side", ["Keep mine", "Take the new one"])
def test_where_the_author_changed_the_cell_too_one_chooses(stage, served, side):
    news = f"x is {len(side)}"  # another each time: the server goes on
    stage.write(MINE)
    rebuilt(stage, served[0], slides(f"x = {len(side)}\nprint('x is', x)"))
    stage.hears("the notebook changed since your edit")
    expect(stage.page.locator("section.present pre.output:visible")).to_have_text(news)
    stage.press(side)
    stage.run()
    expect(stage.result).to_contain_text("x is 2" if side == "Keep mine" else news)
    stage.reload()
    expect(stage.editor).to_have_count(1 if side == "Keep mine" else 0)
    expect(stage.says).not_to_contain_text("the notebook changed")
