"""What does not fit on its slide is told when the deck is built: cell, pixels, side, cure."""

import json
import re
import shutil
import signal
from types import SimpleNamespace

import pytest
from browsing import opened
from conftest import code, copy_of, markdown, notebook
from serving import get, reloaded, watching

from scripts.build import overflow
from scripts.build.exporter import Slide

pytestmark = [pytest.mark.browser, pytest.mark.build]

GUESS = "slides/02-guess.ipynb"
SPLIT = '<div class="body"><div class="left">{}</div><div class="right"><p>x</p></div></div>'
CELL = "<!-- cell 09-own#a -->"
WIDE = "m" * 200
ONES = "1\n" * 40
SUM = f'<span class="base" style="white-space: nowrap">{"x + " * 99}</span>'
SVG = '<svg viewBox="0 0 1184 {}" aria-label="dots"><path d="M 0 0 L 9 9"/></svg>'
STRIP = (
    '<svg viewBox="0 0 330 46" width="330" style="overflow: visible"><text y="43">{}</text></svg>'
)
BADGE = '<div class="badge"><span class="strip">{}</span></div>'
MISFITS = {  # HTML on a slide: what is said of it
    '<p style="margin-top: 900px">low</p>': ("text", "low", "below", "slide"),
    '<p style="margin-top: -300px">high</p>': ("text", "high", "above", "slide"),
    '<p style="margin-left: -90px">left</p>': ("text", "left", "left", "slide"),
    f"<p>{WIDE}</p>": ("text", f"{WIDE[:40]} …", "right", "slide"),
    SPLIT.format(f"<p>{WIDE[:60]}</p>"): ("text", f"{WIDE[:40]} …", "right", "column"),
    "<pre><code>{}</code></pre>".format("\n".join(f"x{n} = 0" for n in range(40))): (
        "code", "x19 = 0", "below", "slide",
    ),
    f"<pre><code>short\n{WIDE}</code></pre>": ("code", f"{WIDE[:40]} …", "right", "box"),
    f'<pre class="output">{ONES}</pre>': ("output", "1", "below", "slide"),
    SPLIT.format(f"<table><tr>{'<td>wide</td>' * 12}</tr></table>"): (
        "table", "wide", "right", "column",
    ),
    f"<table>{'<tr><td>high</td></tr>' * 30}</table>": ("table", "high", "below", "slide"),
    f'<p><span class="katex">{SUM}</span></p>': (
        "formula", f"{'x + ' * 10} …", "right", "slide",
    ),
    f'<figure class="figure" style="width: 2000px">{SVG.format(100)}</figure>': (
        "picture", "dots", "right", "slide",
    ),
    f"<h2>{WIDE}</h2>": ("headline", f"{WIDE[:40]} …", "right", "slide"),
    '<div style="overflow: hidden; height: 60px"><p>a</p><p>b</p></div>': (
        "text", "ab", "below", "box",
    ),
    '<p style="height: 500px">words</p><figure class="figure">'
    f'{SVG.format(500)}</figure>': ("picture", "dots", "below", "slide"),
    BADGE.format(STRIP.format("unit " * 20)): (
        "unit", f"{'unit ' * 8} …", "right", "strip",
    ),
}  # fmt: skip
FITS = (
    "<p>words</p>",
    f'<div style="overflow: auto; height: 60px"><p>{"words " * 500}</p></div>',  # on purpose
    f'<div style="overflow: auto"><p style="white-space: nowrap">{"words " * 500}</p></div>',
    f'<div style="overflow: hidden; width: 1px; height: 1px"><p>{WIDE}</p></div>',  # for ears
    f'<p style="display: none">{WIDE}</p>',
    f'<figure class="figure">{SVG.format(900)}</figure>',  # gives way
    f"<pre><code>{'x' * 90}</code></pre>",
    SPLIT.format(f"<pre><code>{'x' * 49}</code></pre>"),
    f'<aside class="notes">{WIDE}</aside>',
    BADGE.format(STRIP.format("squared error, one over two &lt; 1")),
)


@pytest.fixture(scope="module", params=["", "?print-pdf"], ids=["screen", "paper"])
def view(request, built, chromium):
    """A deck in a browser, on screen and as it is printed."""
    with opened(chromium, (built.build / "talk.html").as_uri() + request.param) as page:
        page.wait_for_selector(".pdf-page" if request.param else ".reveal", state="attached")
        yield page


def measured(page, markup):
    """What is said of a slide that holds this."""
    name = page.evaluate(
        """markup => { const slide = Reveal.getSlides()[0];
        slide.className = markup.includes('class="left"') ? "split present" : "present";
        slide.querySelector(".canvas").innerHTML = markup; return slide.id; }""",
        f"<h2>One</h2>{CELL}{markup}",
    )
    return overflow.misfits(page, [name])[name]


@pytest.mark.parametrize("markup", MISFITS)
def test_what_does_not_fit_is_named_with_its_cell_and_side(view, markup):
    kind, text, side, of = MISFITS[markup]
    found = measured(view, markup)
    wanted = {"cell": "09-own#a", "kind": kind, "text": text, "side": side, "of": of}
    assert [{**one, "px": None} for one in found] == [{**wanted, "px": None}]
    assert found[0]["px"] > 1


@pytest.mark.parametrize("markup", FITS)
def test_what_fits_is_not(view, markup):
    assert measured(view, markup) == []


@pytest.mark.parametrize("high", [0, 100, 700])
def test_the_pixels_are_those_that_stick_out(view, high):
    markup = f'<div style="height: {high}px"></div><table><tr><td>a</td></tr></table>'
    top, bottom = view.evaluate(
        """markup => { const canvas = Reveal.getSlides()[0].querySelector(".canvas");
        canvas.innerHTML = markup; const { bottom } = canvas.querySelector("td").getBoundingClientRect();
        return [canvas.getBoundingClientRect().top, bottom]; }""",
        f"<h2>One</h2>{CELL}{markup}",
    )
    sticks_out = bottom - top - 720
    found = [one["px"] for one in measured(view, markup)]
    assert found == ([pytest.approx(sticks_out, abs=1)] if sticks_out > 1 else [])


# ---- what is kept ----
def a_slide(name, *blocks):
    return Slide(None, id=name, headline="<h2>One</h2>", blocks=list(blocks))


@pytest.fixture
def opens(monkeypatch, tmp_path):
    """Which slides a browser was opened for, each time."""
    asked = []
    monkeypatch.setattr(overflow, "KEPT", tmp_path / "misfits.json")
    misfit = {"cell": "", "kind": "text", "text": "x", "px": 9, "side": "below", "of": "slide"}

    def measure(folder, ids):
        asked.append(ids)
        return {(p, one): [misfit] * (one == "bad") for p, names in ids.items() for one in names}

    monkeypatch.setattr(overflow, "measure", measure)
    return asked


def told(slides, source="css"):
    return told_of({"01": slides}, source)


def told_of(pages, source="css"):
    overflow.KEPT.parent.joinpath("01").touch()  # the page that is there
    found = overflow.problems(overflow.KEPT.parent, [], pages, source)
    return [error.problem for error in found]


def test_an_edited_slide_alone_is_measured_again(opens):
    says = ["ends 9 px below the slide (text: x)"]
    slides = [a_slide("good", "<p>a</p>"), a_slide("bad", "<p>b</p>")]
    assert told(slides) == says and opens == [{"01": ["good", "bad"]}]
    assert told(slides) == says and len(opens) == 1
    slides[0].blocks = ["<p>c</p>"]
    assert told(slides) == says and opens[1:] == [{"01": ["good"]}]
    assert told(slides, "other css") == says and opens[2:] == [{"01": ["good", "bad"]}]
    overflow.KEPT.write_text('{"cut')
    assert told(slides) == says and opens[3:] == [{"01": ["good", "bad"]}]


def test_a_slide_on_two_pages_is_measured_once_and_other_pages_stay_known(opens):
    good, bad = a_slide("good"), a_slide("bad")
    overflow.KEPT.parent.joinpath("02").touch()
    assert len(told_of({"01": [good, bad], "02": [bad]})) == 1
    assert opens == [{"01": ["good", "bad"]}]
    assert told_of({"02": [a_slide("good", "<p>new</p>")]}) == []  # another deck's build
    assert opens[1:] == [{"02": ["good"]}]
    assert len(told_of({"01": [good, bad]})) == 1 and len(opens) == 2
    bad.part = "Part 2"  # stands on the slide too
    assert len(told_of({"01": [good, bad]})) == 1 and opens[2:] == [{"01": ["bad"]}]


def test_a_crowded_slide_is_told_as_that_alone(opens):
    slide = a_slide("bad")
    slide.crowded = True
    assert told([slide]) == [] and opens == []


def test_what_sticks_out_on_paper_too_is_told_once():
    one = {"cell": "a", "kind": "code", "text": "x", "px": 9, "side": "below", "of": "slide"}
    other = one | {"side": "right", "of": "box"}
    assert overflow.merged([one], [one | {"px": 12}, other]) == [one, other | {"paper": True}]
    said = overflow.told(other | {"paper": True}, SimpleNamespace())
    assert said.problem == "ends 9 px right of its box on paper (code: x)"
    assert "49 in a column" in said.cure


# ---- whole builds ----
def long_code(lines):
    return code("\n".join(f"value_{n} = {n}" for n in range(lines)))


def a_part(*cells):
    return notebook(markdown("## One slide", "slide"), *cells, notes())


def notes():
    return markdown("(9 s) Look.", "notes")


def test_a_build_tells_it_with_all_else_and_leaves_the_last_deck(project):
    wide = markdown('<!-- .slide: class="split" -->\n## Two columns', "slide")
    project.write(
        "03-own",
        a_part(
            long_code(40),
            notes(),
            wide,
            code(f"x = '{WIDE}'"),
            notes(),
            markdown("## At 2.5", "slide"),
        ),
    )
    before = project.deck()
    done = project.run("deck")
    assert done.code == 1 and project.deck() == before
    assert re.search(
        r"slides/03-own.ipynb, cell 2 \(id cell-2\): value_0 = 0\n"
        r"  ends \d{3} px below the slide \(code: value_19 = 19\)\n  cure: split the cell",
        done.err,
    ), done.err
    assert re.search(r"cell 5 .*\n  ends \d+ px right of its box \(code: x = 'm", done.err)
    assert "the number 2.5 is typed" in done.err and "3 problems in 3 places" in done.err
    again = project.run("deck", env=without_chromium(project))
    assert again.err == done.err  # remembered, not measured
    project.write("03-own", a_part(long_code(18)))
    assert project.run("deck").code == 0


def without_chromium(project):
    """An environment with Node and no browser."""
    tools = project.root / "tools"
    tools.mkdir(exist_ok=True)
    for name in ("node", "npm"):
        if (path := shutil.which(name)) and not (tools / name).exists():
            (tools / name).symlink_to(path)
    more = {"PATH": str(tools), "PLAYWRIGHT_BROWSERS_PATH": str(tools), "CHROMIUM": ""}
    return project.environment() | more


def test_without_a_browser_the_deck_is_built_and_a_line_says_so(project):
    assert project.run("deck", env=without_chromium(project)).err == ""  # all is measured
    project.write("03-own", a_part(long_code(40)))
    done = project.run("deck", env=without_chromium(project))
    assert done.code == 0 and "value_39" in (project.build / "talk.html").read_text()
    assert done.err.count("\n") == 1 and "not measured: there is no Chromium here" in done.err
    assert project.run("deck").code == 1


def test_each_slide_of_a_build_is_remembered_once(project):
    kept = project.build / "cache" / "misfits.json"
    before = json.loads(kept.read_text())
    assert {page: len(found) for page, found in before.items()} == {
        "line/index.html": 2,
        "guess/index.html": 2,
        "talk/index.html": 4,  # two of which say which part they begin
    }
    assert not any(misfits for found in before.values() for misfits in found.values())
    project.edit(GUESS, "The number is", "Our number is")
    assert project.run("deck").code == 0
    after = json.loads(kept.read_text())
    same = {page: len(after[page].keys() & found.keys()) for page, found in before.items()}
    assert same == {"line/index.html": 2, "guess/index.html": 1, "talk/index.html": 3}


def test_while_it_is_presented_a_slide_that_does_not_fit_is_shown_and_told(project):
    with watching(project) as (process, port):
        with reloaded(port):
            project.edit(GUESS, "The number is", "The number is" + "<br>low" * 40)
        assert get(port, "/deck/talk/")[1].count("<br>low") == 40
        told = ""
        while "problems in" not in told:
            told += next(process.stderr)  # the test's own limit ends the process
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert re.search(r"02-guess.ipynb, cell 5 .*\n  ends \d+ px below the slide", told), told


def test_make_check_finds_it_too(built, tmp_path):
    project = copy_of(built, tmp_path)
    project.edit(GUESS, "The number is", "The number is" + "<br>low" * 40)
    done = project.run("check", "--cached", timeout=300)
    assert done.code == 1 and "figures hold" in done.out
    assert "px below the slide" in done.err
