"""Known ways to run or fetch something from a slide: refused, or shown as what they are. In a browser no
script of theirs runs, no request leaves, and every slide is counted."""

import pytest
import vectors
from browsing import answer
from conftest import copy_of
from playwright.sync_api import Error
from serving import name_of, neighbour, watching

from scripts.build import deck, policy
from scripts.build.safety import clean_html
from scripts.build.safety_svg import clean_svg
from scripts.errors import BuildError

COUNT = (
    "document.documentElement.dataset.slides=document.querySelectorAll('.slides > section').length"
)


@pytest.fixture(scope="module")
def other():
    """A server of somebody else on this machine: (port, the requests that reached it)."""
    with neighbour() as found:
        yield found


def cleaned(port):
    """What is left of each vector that is not refused."""
    kept = []
    for clean, found in (
        (clean_html, [markup for _, markup in vectors.html(port)]),
        (clean_svg, vectors.svg(port)),
    ):
        for markup in found:
            try:
                kept.append(clean(markup, "slides/01.ipynb, cell 3"))
            except BuildError as error:
                assert "slides/01.ipynb, cell 3" in error.report()
                assert "cure: " in error.report()
    return kept


def test_what_is_not_refused_is_harmless_text_or_drawing():
    """Few vectors pass; what is left of them has no handler, no address, no end of a slide."""
    kept = cleaned(1)
    assert 0 < len(kept) < 12
    for markup in kept:
        again = clean_svg(markup, None) if markup.startswith("<svg") else clean_html(markup, None)
        assert again == markup  # a browser that reads it writes the same


@pytest.mark.browser
@pytest.mark.parametrize("whole", [True, False])
def test_in_a_browser_nothing_runs_nothing_is_fetched_every_slide_is_counted(
    chromium, tmp_path, other, whole
):
    port, reached = other
    kept = cleaned(port)
    slides = "\n".join(f"<section><h2>one</h2>{each}</section>" for each in kept)
    file = tmp_path / "deck" / "index.html"
    file.parent.mkdir()
    script = COUNT if whole else ""
    file.write_text(deck.page("vectors", slides, "", "", "p{}", script), encoding="utf-8")
    (tmp_path / "deck.js").write_text(COUNT, encoding="utf-8")
    page = chromium.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-slides]", state="attached")
    assert page.evaluate("document.documentElement.dataset.slides") == str(len(kept))
    hover(page)
    assert answer(page, "window.hit") is None
    page.close()
    assert reached == []


@pytest.mark.browser
def test_what_slips_through_can_neither_run_nor_send(chromium, tmp_path, other):
    """The page's own policy: every vector as it is, none of them cleaned, each in a page of its own."""
    port, reached = other
    page = chromium.new_page()
    page.set_default_timeout(20_000)
    raw = [markup for _, markup in vectors.html(port)] + vectors.svg(port)
    for number, markup in enumerate(raw):
        file = tmp_path / f"{number}.html"
        file.write_text(deck.page("raw", markup, "", "", "", COUNT), encoding="utf-8")
        page.goto(file.as_uri())
        hover(page)
        assert answer(page, "window.hit") is None, markup
        assert reached == [], markup
    page.close()


@pytest.fixture
def live(chromium, built, tmp_path):
    """A served deck as the presenter opens it, and a way to put pages of ours beside its own:
    (page, `put(name, text)` giving an address, the text of its own page)."""
    project = copy_of(built, tmp_path)
    with watching(project) as (_, port):
        page = chromium.new_page()
        page.set_default_timeout(20_000)
        page.goto((project.build / f"present-{port}.html").as_uri())
        page.wait_for_selector(".kernel-bar", state="attached")
        address = f"http://{name_of(project, port)}:{port}/deck/talk"
        folder = project.build / "deck" / "talk"

        def put(name, text):
            (folder / name).write_text(text, encoding="utf-8")
            return f"{address}/{name}"

        yield page, put, (folder / "index.html").read_text(encoding="utf-8")
        page.close()


@pytest.mark.browser
@pytest.mark.build
def test_served_to_the_presenter_they_do_nothing_either(live, other):
    """Cleaned ones in the whole deck; then each as it is, in a page where the server's header is all
    that holds it."""
    page, put, own = live
    port, reached = other
    kept = cleaned(port)
    slides = "".join(f"<section><h2>one</h2>{each}</section>" for each in kept)
    before = page.evaluate("Reveal.getTotalSlides()")
    first = own.index("<section")
    page.goto(put("cleaned.html", own[:first] + slides + own[first:]))
    page.wait_for_selector(".kernel-bar", state="attached")
    assert page.evaluate("Reveal.getTotalSlides()") == before + len(kept)
    hover(page)
    assert answer(page, "window.hit") is None
    raw = [markup for _, markup in vectors.html(port)] + vectors.svg(port)
    for number, markup in enumerate(raw):
        visit(page, put(f"raw-{number}.html", f"<!doctype html><body>{markup}</body>"))
        hover(page)
        assert answer(page, "window.hit") is None, markup
        assert reached == [], markup


def visit(page, address):
    """Go there, again where the page before was on its way elsewhere."""
    try:
        page.goto(address)
    except Error as error:
        if "ERR_ABORTED" not in error.message:
            raise
        page.goto(address)


def hover(page):
    """Touch what waits for a pointer."""
    page.mouse.move(60, 60)
    page.mouse.move(200, 120)


@pytest.mark.browser
def test_without_the_policy_they_do_run(chromium, tmp_path, other, monkeypatch):
    """The vectors are live: the tests above could fail."""
    port, reached = other
    monkeypatch.setattr(policy, "whole", lambda script: "")
    page = chromium.new_page()
    file = tmp_path / "open.html"
    run = vectors.filled("<script>RUN</script><img alt=x src=OUT>", port)
    file.write_text(deck.page("open", run, "", "", "", COUNT), encoding="utf-8")
    page.goto(file.as_uri())
    assert answer(page, "window.hit") == 1
    page.wait_for_load_state("networkidle")
    page.close()
    assert reached
    reached.clear()
