"""What stands beside an edited run: numbers filled anew, the rest marked as the talk's, badges in sight."""

import json
import re

import pytest
from conftest import code, markdown, notebook
from playwright.sync_api import expect
from serving import api, ask, presented, token_of
from test_evidence_sheet import badge, record

pytestmark = [pytest.mark.browser, pytest.mark.build]

KEEP = """from demos.core.records import keep

lr = 0.5
keep("loss-after", settings={"lr": lr}, numbers={"loss": lr / 4})
print("loss", lr / 4)"""
NOTE = "edited: words and badges are the talk's"

SLIDES = notebook(
    markdown('## A loss of <data value="loss-after.loss:.3f"></data>', "slide"),
    code(KEEP),
    markdown('At <data value="loss-after.settings.lr"></data>.\n\n' + badge("few-0")),
    markdown("(5 s) Words.", "notes"),
    markdown("## Another slide", "slide"),
    code("print('later', lr)"),
    markdown("(5 s) Words.", "notes"),
    markdown("## Every claim", "slide"),
    code("#| echo: false\nfrom demos.core.evidence import recorded\nrecorded.overview()"),
    code("print('beside it', lr)"),
    markdown("(5 s) Words.", "notes"),
    markdown("## Little room is left here", "slide"),
    code("\n".join(f"a{i} = {i}" for i in range(9)) + "\nprint(a1)"),
    markdown(f"It is so.\n\n{badge('few-1')}"),
    markdown("(5 s) Words.", "notes"),
)


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    def before(project):
        for topic in ("words", "others"):
            record(project.figures / topic)
        theirs = project.figures / "others" / "claims.json"
        text = re.sub(r'"(few|many)-(\d)"', r'"theirs-\1-\2"', theirs.read_text(encoding="utf-8"))
        theirs.write_text(re.sub("fits-(few|many)", r"theirs-\1", text), encoding="utf-8")

    with presented(built, tmp_path_factory, "03-words", SLIDES, before=before) as talk:
        yield talk


def edit(stage):
    stage.show("A loss of")
    stage.write(KEEP.replace("0.5", "0.6"))
    stage.run()


def words(stage):
    return stage.page.locator("section.present data").all_text_contents()


def note(stage):
    return stage.page.locator("section.present .kernel-note")


def test_numbers_that_the_cell_keeps_are_filled_anew(stage):
    stage.show("A loss of")
    assert words(stage) == ["0.125", "0.5"]
    edit(stage)
    expect(stage.page.locator("section.present h2 data")).to_have_text("0.150")
    assert words(stage) == ["0.150", "0.6"]
    expect(note(stage)).to_have_text(NOTE)
    stage.press("Reset")
    assert words(stage) == ["0.125", "0.5"]
    expect(note(stage)).to_have_count(0)
    stage.run()
    expect(note(stage)).to_have_count(0)
    assert words(stage) == ["0.125", "0.5"]


def test_a_later_slide_that_shows_the_edit_says_so(stage):
    edit(stage)
    stage.show("Another slide")
    expect(stage.result).to_contain_text("later 0.6", timeout=45_000)
    expect(note(stage)).to_have_text(NOTE)


def test_a_table_of_claims_stays_the_decks_own(stage):
    """The kernel knows the claims of another topic too, twice as many."""
    stage.show("Every claim")
    marks = stage.page.locator("section.present table:visible .mark")
    expect(marks).to_have_count(10)
    stage.run()
    expect(stage.result.last).to_contain_text("beside it 0.5")
    expect(marks).to_have_count(10)
    expect(stage.result.first.locator(".mark")).to_have_count(10)
    marks.first.click()
    expect(stage.page.locator("dialog.evidence")).to_contain_text("Claim number 0 of few")
    stage.page.keyboard.press("Escape")


def test_a_run_as_written_is_not_marked(stage):
    stage.show("A loss of")
    stage.run()
    expect(note(stage)).to_have_count(0)


@pytest.mark.parametrize("lines", [3, 40])
@pytest.mark.parametrize("longer", [0, 10])
def test_no_result_covers_a_badge(stage, lines, longer):
    stage.show("Little room is left here")
    text = "\n".join(f"a{i} = {i}" for i in range(12 + longer))
    stage.write(f"{text}\nfor i in range({lines}): print('line', i)")
    stage.run()
    expect(stage.result).to_contain_text(f"line {lines - 1}")
    shown = stage.page.locator("section.present .badge")
    box = shown.bounding_box()
    on_top = """([x, y]) => document.elementFromPoint(x, y).closest(".badge")?.className ?? ''"""
    for part in (0.05, 0.5, 0.95):
        place = [box["x"] + part * box["width"], box["y"] + part * box["height"]]
        assert "badge" in stage.page.evaluate(on_top, place)
    assert box["y"] + box["height"] <= 720
    assert stage.result.bounding_box()["height"] >= 60


def test_the_server_fills_in_as_the_build_does(served):
    project, port = served
    records = {"loss-after": {"numbers": {"loss": 1e-9, "many": 12345}, "settings": {"lr": -0.5}}}
    quotes = [
        "loss-after.loss:.1e",
        "loss-after.many:,d",
        "loss-after.settings.lr",
        "x.y",
        "",
        "loss-after.no",
    ]
    body = {"quotes": quotes, "records": records}
    found = api(project, port, "POST", "/kernel/quotes", body)
    assert found == ["1.0×10⁻⁹", "12,345", "−0.5", None, None, None]
    for wrong in ([], {"quotes": [1], "records": {}}, {"quotes": []}):
        headers = {"Authorization": f"token {token_of(project, port)}"}
        assert ask(port, "POST", "/kernel/quotes", headers, json.dumps(wrong))[0] == 400
    assert ask(port, "POST", "/kernel/quotes", {}, json.dumps(body))[0] == 403
