"""Code that runs on a slide, driven as a presenter drives it: click, type, wait for the picture."""

import re

import pytest
from conftest import code, markdown, notebook
from playwright.sync_api import expect
from serving import api, presented

pytestmark = [pytest.mark.browser, pytest.mark.build]

SLIDES = notebook(
    markdown("# Live", "slide"),
    markdown("(5 s) Say hello.", "notes"),
    code(
        "from demos.least_squares import compute as least_squares\n"
        "from demos.core.records import show\nfrom demos.core.source import source\n"
        "from demos.core.style import canvas\n\nprint('a secret of the first cell')",
        "skip",
    ),
    markdown('<!-- .slide: class="split" -->\n## A line', "slide"),
    code("height = 1.0"),
    code(
        "#| echo: false\n#| alt: a line that rises from left to right\n"
        "figure, axes = canvas()\naxes.plot([0, 1], [0, height])\n"
        "axes.set(ylim=(0, 4), title=f'up to {height}')\n"
        "show(figure, 'live-line', {}, {'height': height})"
    ),
    markdown("(5 s) Point.", "notes"),
    markdown("## Some text", "slide"),
    code("print('height', height)"),
    markdown("(5 s) Read.", "notes"),
    markdown("## A function", "slide"),
    code("#| echo: false\nsource(least_squares.predict)"),
    code("print('at one', least_squares.predict([0.5, 2.0], [1.0])[0])"),
    markdown("(5 s) Read.", "notes"),
    markdown("## Words alone", "slide"),
    markdown("(5 s) Read.", "notes"),
)

# without it JupyterLab asks which kernel to take
SLIDES.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    """A talk with code to run, served: (project, port)."""
    with presented(built, tmp_path_factory, "03-live", SLIDES) as talk:
        yield talk


def test_run_replaces_the_picture_after_earlier_cells_ran_in_silence(stage):
    stage.show("A line")
    picture = stage.page.locator("section.present .figure svg:visible")
    expect(picture).to_contain_text("up to 1.0")
    stage.page.get_by_role("button", name="Run").click()
    stage.hears("ran in")
    expect(stage.result.locator("svg")).to_contain_text("up to 1.0")
    assert picture.count() == 1  # the new one instead of the old one
    assert "a secret" not in stage.page.inner_text("body")
    label = picture.get_attribute("aria-label")
    assert label == "a line that rises from left to right (run live)"


def test_while_somebody_types_what_comes_before_runs(stage):
    stage.show("Some text")
    stage.page.locator("section.present pre[data-code]").click()
    stage.hears("ready")
    assert stage.result.count() == 0
    stage.write("print('then', height, len(_ih))")
    stage.run()
    expect(stage.result).to_have_text("then 1.0 5")  # an empty one, three before, this one


def test_where_code_ran_the_next_slides_get_ready_by_themselves(stage):
    stage.show("A line")
    stage.run()
    stage.show("A function")
    stage.hears("ready")
    stage.run()
    expect(stage.result).to_have_text("at one 2.5")


def test_edit_runs_draws_anew_and_reset_brings_back_what_was(stage):
    stage.show("A line")
    stage.page.locator("section.present pre[data-code]").click()
    stage.page.keyboard.press("Control+Home")
    stage.page.keyboard.press("End")
    for _ in "1.0":
        stage.page.keyboard.press("Backspace")
    stage.page.keyboard.type("3.0")
    stage.run()
    expect(stage.result.locator("svg")).to_contain_text("up to 3.0")
    stage.page.keyboard.press("PageDown")  # a clicker moves on, whatever has focus
    expect(stage.result).to_have_text("height 3.0")  # what came before was edited: shown anew
    stage.page.keyboard.press("PageUp")
    stage.press("Reset")
    assert stage.editor.count() == 0
    picture = stage.page.locator("section.present .figure svg:visible")
    expect(picture).to_contain_text("up to 1.0")
    stage.run()
    expect(picture).to_contain_text("up to 1.0")


def test_an_error_stands_in_place_with_its_line_marked_until_mended(stage):
    stage.show("Some text")
    stage.write("a = 1\nprint('so far')\nb = a / 0\n")
    stage.run("ZeroDivisionError")
    expect(stage.result).to_have_text(
        re.compile(r"so far\s*line 3: ZeroDivisionError: division by")
    )
    expect(stage.page.locator(".kernel-wrong")).to_have_text("b = a / 0")
    stage.write("print('mended')")
    assert stage.page.locator(".kernel-wrong").count() == 0
    stage.run()
    expect(stage.result).to_have_text("mended")
    stage.write("print('no end'")
    stage.run("SyntaxError")
    expect(stage.page.locator(".kernel-wrong")).to_have_text("print('no end'")


def test_an_error_in_an_earlier_cell_is_said_on_the_slide_that_ran(stage):
    stage.show("A line")
    stage.write("height = unknown")
    stage.run("NameError")
    stage.show("Some text")
    stage.run("cell 5, which comes before: NameError")
    expect(stage.result).to_contain_text("name 'unknown' is not defined")


def test_a_function_of_a_demo_is_rewritten_on_its_slide(stage):
    stage.show("A function")
    stage.run()
    expect(stage.result).to_have_text("at one 2.5")
    first = stage.page.locator("section.present pre[data-code]").first
    assert first.inner_text().startswith("def predict")
    first.click()
    stage.page.keyboard.press("Control+a")
    stage.page.keyboard.insert_text("def predict(weights, x):\n    return [42]")
    stage.run()
    expect(stage.result).to_have_text("at one 42")
    stage.press("Reset")
    stage.run()
    expect(stage.result).to_have_text("at one 2.5")


def test_an_endless_loop_is_stopped_and_the_kernel_keeps_what_it_knew(stage):
    stage.show("Some text")
    stage.write("print('begun', flush=True)\nwhile True:\n    pass")
    stage.page.keyboard.press("Shift+Enter")
    expect(stage.result).to_have_text("begun", timeout=20_000)
    stage.hears("running, 1")
    stage.page.keyboard.press("Escape")
    stage.page.keyboard.press("i")
    stage.hears("stopped after")
    expect(stage.result).to_contain_text("stopped")
    stage.write("print('still', height)")
    stage.run()
    expect(stage.result).to_have_text("still 1.0")


def test_stop_ends_a_run_that_waits_for_what_comes_before(stage):
    stage.show("Some text")
    stage.run()
    stage.show("A line")
    stage.write("import time\ntime.sleep(100)\nheight = 1.0")
    stage.show("Some text")
    stage.hears("getting ready: cell 5")
    stage.page.keyboard.press("Shift+Enter")
    stage.hears("first cell 5")
    stage.page.keyboard.press("i")
    stage.hears("stopped after")
    stage.show("A line")
    stage.press("Reset")
    stage.show("Some text")
    stage.run()
    expect(stage.result).to_have_text("height 1.0")


def test_restart_in_one_key_forgets_everything_and_run_starts_from_the_top(stage):
    stage.show("Some text")
    stage.write("height += 1\nprint(height)")
    stage.run()
    stage.run()
    expect(stage.result).to_have_text("3.0")
    stage.page.keyboard.press("Escape")
    stage.page.keyboard.press("r")
    stage.hears("restarted: Run starts from the top")
    stage.run()
    expect(stage.result).to_have_text("2.0")


def test_a_reload_goes_on_where_the_kernel_is(stage, served):
    stage.show("Some text")
    stage.run()
    kernel = api(*served, "GET", "/api/kernels")[0]["id"]
    stage.reload()
    stage.show("Some text")
    stage.write("print(height, len(_ih))")
    stage.run()
    expect(stage.result).to_have_text(
        "1.0 6"
    )  # an empty one, four cells, this one: nothing ran a second time
    assert [each["id"] for each in api(*served, "GET", "/api/kernels")] == [kernel]


def test_controls_stand_only_where_code_is_and_are_large_enough(stage):
    bar = stage.page.locator(".kernel-bar")
    stage.show("Words alone")
    expect(bar).to_be_hidden()
    stage.show("Some text")
    expect(bar).to_be_visible()
    size = "parseFloat(getComputedStyle(document.querySelector('.kernel-bar button')).fontSize)"
    assert stage.page.evaluate(size) >= 24
    stage.page.keyboard.press("o")
    expect(bar).to_be_hidden()
    stage.page.keyboard.press("o")
    expect(bar).to_be_visible()


def test_the_speaker_view_works_under_the_policy_and_only_shows(stage):
    with stage.page.context.expect_page() as popup:
        stage.page.keyboard.press("s")
    speaker = popup.value
    speaker.wait_for_selector(".speaker-controls-time .timer")
    speaker.frame_locator("iframe").nth(1).locator("html[data-ready=yes]").wait_for(
        state="attached"
    )
    frames = [f for f in speaker.frames if f.url.startswith("http")]
    for frame in frames:
        frame.wait_for_selector("html[data-ready=yes]", state="attached")
        assert frame.locator(".kernel-bar").count() == 0
    assert len(frames) == 2


def test_jupyterlab_opens_the_same_session(stage, served):
    stage.show("Some text")
    stage.write("mine = 'from the slide'")
    stage.run()
    with stage.page.context.expect_page() as popup:
        stage.page.get_by_role("link", name="JupyterLab").click()
    lab = popup.value
    lab.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    connected = lab.get_by_role("button", name="Python 3 (ipykernel)", exact=True)
    connected.wait_for(timeout=60_000)  # "idle" it is said to be before that
    lab.locator(".jp-Notebook .jp-CodeCell .cm-content").first.click()
    lab.keyboard.press("Control+a")
    lab.keyboard.insert_text("print('here:', mine)")
    lab.keyboard.press("Shift+Enter")
    expect(lab.locator(".jp-OutputArea-output").first).to_contain_text("here: from the slide")
    sessions = api(*served, "GET", "/api/sessions")
    assert [session["path"] for session in sessions] == ["03-live.ipynb"]


def test_the_deck_itself_has_no_controls(served):
    project, _ = served
    for name, content in project.deck().items():
        assert b"kernel-bar" not in content, name
        assert b"/kernel/" not in content, name
