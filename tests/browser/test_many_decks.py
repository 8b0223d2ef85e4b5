"""Several decks of one pool, built: pages, what next comes to, the page in front of them."""

import json
import re

import pytest
from browsing import opened, until
from conftest import SHOW, code, copy_of, markdown, notebook
from living import CELL, CURVE, press, steps
from rooms import live
from serving import get, reloaded, watching

from scripts.build.frontend import MODULES
from scripts.live.nets import all_nets

pytestmark = [pytest.mark.build, pytest.mark.browser]

SKIPPED = "line-one-slide-with-a-figure"
PLANNED = 'later = "What comes later"\nend = "An ending"\n'


def columns():
    """A topic with slides below each other."""
    kinds = ["slide", "slide", "subslide", "subslide", "slide"]
    cells = [markdown(f"## Number {n}", kind) for n, kind in enumerate(kinds)]
    return notebook(*[c for cell in cells for c in (cell, markdown("(10 s) Look.", "notes"))])


@pytest.fixture(scope="module")
def many(built, tmp_path_factory):
    """(a project with a talk and two other decks, what its build said)."""
    project = copy_of(built, tmp_path_factory.mktemp("many"))
    project.write("03-deep", columns())
    project.put_together("line", "guess", "deep", minutes=1, picture="line")
    skip = ["line/one-slide-with-a-figure", "deep/number-2", "deep/number-4"]
    project.put_together("guess", "line", "deep", "later", name="mixed", skip=skip, closing="end")
    project.put_together("later", name="empty")
    (project.slides / "planned.toml").write_text(PLANNED, encoding="utf-8")
    reference = "As in [the other](02-guess.ipynb). The number"
    project.edit("slides/01-line.ipynb", "The number", reference)
    done = project.run("deck", timeout=300)
    assert done.code == 0, done.err
    return project, done


def uri(project, name):
    return (project.build / name).as_uri()


def ids(page, moves, start=""):
    """Where a deck is after each of some moves."""
    page.evaluate("name => { location.hash = `#/${name}`; }", start)
    page.wait_for_function("name => !name || Reveal.getCurrentSlide().id === name", arg=start)
    found = []
    for move in moves:
        page.evaluate(f"Reveal.{move}()")
        found.append(page.evaluate("Reveal.getCurrentSlide().id"))
    return found


def test_a_build_makes_each_deck_and_each_topic_alone(many):
    project, done = many
    made = {path.parent.name for path in (project.build / "deck").glob("*/index.html")}
    assert made == {"talk", "mixed", "line", "guess", "deep"}
    singles = {path.name for path in project.build.glob("*.html")}
    assert singles == {"index.html", "talk.html", "mixed.html"}
    assert "mixed: without later, end, which slides/planned.toml declares" in done.out
    assert "empty: in preparation, none of its topics is there yet" in done.out


def test_one_run_of_a_notebook_serves_every_deck(many, tmp_path):
    project = copy_of(many[0], tmp_path)
    before, runs = project.deck(), project.runs()
    project.put_together("deep", "line", name="mixed")
    done = project.run("deck", "--deck", "mixed")
    assert done.code == 0 and "ran " not in done.out and project.runs() == runs
    after = project.deck()
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {"mixed/index.html", "mixed.html", "index.html"}


def test_a_deck_runs_what_it_uses_and_nothing_else(many, tmp_path):
    project = copy_of(many[0], tmp_path)
    project.edit("slides/01-line.ipynb", "[0.5, 2.0], [1.0]", "[0.5, 3.0], [1.0]")
    project.edit("slides/02-guess.ipynb", "(20 s) ", "")  # an error, were it read
    done = project.run("deck", "--deck", "line")
    assert done.code == 0, done.err
    assert re.findall(r"(?m)^ran slides/(.*)\.ipynb", done.out) == ["01-line"]
    assert b">3.50<" in project.deck()["line/index.html"]
    assert b">2.50<" in project.deck()["talk/index.html"]  # as it was made last
    done = project.run("deck", "--deck", "talk")
    assert done.code == 1 and "without planned seconds" in done.err


def test_the_other_pages_go_where_what_all_share_has_changed(many, tmp_path):
    project = copy_of(many[0], tmp_path)
    project.edit("scripts/page/theme.css", "--fine: 18px", "--fine: 19px")
    assert project.run("deck", "--deck", "mixed").code == 0
    made = {path.parent.name for path in (project.build / "deck").glob("*/index.html")}
    assert made == {"mixed", "guess", "line", "deep"}
    assert "make deck DECK=talk" in (project.build / "index.html").read_text(encoding="utf-8")


def test_a_reference_leads_to_the_part_or_to_the_topics_own_page(many):
    project, _ = many
    files = {name: text.decode() for name, text in project.deck().items()}
    assert '<a href="#/guess-the-part-about-guess">the other</a> (part 2)' in files["talk.html"]
    assert "the other</a> (part 1)" in files["mixed/index.html"]
    assert '<a href="../guess/index.html">the other</a>.' in files["line/index.html"]


@pytest.mark.parametrize("file", ["mixed.html", "deck/mixed/index.html"])
def test_next_and_back_go_past_what_is_skipped(chromium, many, file):
    flow = [
        "guess-the-part-about-guess",
        "guess-one-slide-with-a-figure",
        "line-the-part-about-line",
    ]
    flow += ["deep-number-0", "deep-number-1"]  # the others are skipped, or below
    with opened(chromium, uri(many[0], file)) as page:
        forth = [page.evaluate("Reveal.getCurrentSlide().id")]
        for _ in range(12):
            page.keyboard.press("PageDown")
            forth.append(page.evaluate("Reveal.getCurrentSlide().id"))
        assert list(dict.fromkeys(forth)) == flow
        back = [forth[-1]]
        for _ in range(12):
            page.keyboard.press("PageUp")
            back.append(page.evaluate("Reveal.getCurrentSlide().id"))
        assert list(dict.fromkeys(back)) == flow[::-1]
        assert page.inner_text(".slide-number") == f"1 / {len(flow)}"


def test_arrows_too(chromium, many):
    with opened(chromium, uri(many[0], "mixed.html")) as page:
        top, line = "deep-number-1", "line-the-part-about-line"
        assert ids(page, ["down", "down", "up"], top) == ["deep-number-3", "deep-number-3", top]
        assert ids(page, ["right", "left"], line) == ["deep-number-0", line]
        assert ids(page, ["right"], "deep-number-1") == ["deep-number-1"]  # the last one is skipped


def test_what_lies_below_is_entered_on_purpose_and_left_by_going_on(chromium, many):
    with opened(chromium, uri(many[0], "deck/deep/index.html")) as page:

        def at(key):
            page.keyboard.press(key)
            count = page.inner_text(".slide-number").replace(" ", "")
            return page.evaluate("Reveal.getCurrentSlide().id")[-1], count

        for forth, back in (
            ("PageDown", "PageUp"),
            ("ArrowRight", "ArrowLeft"),
            ("n", "p"),
            ("Space", "Shift+Space"),
        ):
            ways = [at(forth), at(forth), at(back), at("ArrowDown"), at(forth), at(forth)]
            steps = ["1 2/3", "4 3/3", "1 2/3", "2 2.1/3", "3 2.2/3", "4 3/3"]
            assert [" ".join(way) for way in ways] == steps, forth
            ways = [at(back), at("ArrowDown"), at("ArrowDown"), at(back), at(back), at(back)]
            steps = ["1 2/3", "2 2.1/3", "3 2.2/3", "2 2.1/3", "1 2/3", "0 1/3"]
            assert [" ".join(way) for way in ways] == steps, back


def test_the_speaker_view_and_a_finger_go_the_same_way(chromium, many):
    """What comes up is shown by a message "next"; a finger moves left."""
    swipe = """([from, to]) => ["down", "move", "up"].forEach((kind, n) => {
      const at = { pointerType: "touch", clientX: n ? to : from, clientY: 300, bubbles: true };
      Reveal.getRevealElement().dispatchEvent(new PointerEvent(`pointer${kind}`, at));
    })"""
    with opened(chromium, uri(many[0], "deck/deep/index.html")) as page:
        for number in (1, 4):
            page.evaluate("postMessage(JSON.stringify({ method: 'next' }), '*')")
            until(page, f"Reveal.getCurrentSlide().id === 'deep-number-{number}'")
        page.evaluate(swipe, [300, 600])
        assert page.evaluate("Reveal.getCurrentSlide().id") == "deep-number-1"
        page.keyboard.press("ArrowDown")
        page.evaluate(swipe, [600, 300])
        assert page.evaluate("Reveal.getCurrentSlide().id") == "deep-number-3"


def test_a_hint_says_that_something_lies_below_and_leads_there(chromium, many):
    with opened(chromium, uri(many[0], "deck/deep/index.html")) as page:
        hint = page.locator("button.below")
        assert not hint.is_visible()
        page.keyboard.press("PageDown")
        assert hint.inner_text() == "↓ 2 below"
        hint.click()
        assert page.evaluate("Reveal.getCurrentSlide().id") == "deep-number-2"
        assert hint.inner_text() == "↑ back"
        hint.click()
        assert page.evaluate("Reveal.getCurrentSlide().id") == "deep-number-1"
        assert hint.bounding_box()["height"] >= 44


def test_a_skipped_slide_is_in_the_overview_and_behind_its_address(chromium, many):
    with opened(chromium, f"{uri(many[0], 'mixed.html')}#/{SKIPPED}") as page:
        assert page.evaluate("Reveal.getCurrentSlide().id") == SKIPPED
        assert ids(page, ["next"], SKIPPED)[-1] in (SKIPPED, "deep-number-0")  # its fragment first
        page.evaluate("Reveal.slide(0)")
        page.keyboard.press("o")
        assert page.is_visible(f"#{SKIPPED}")
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("o")
        assert page.evaluate("Reveal.getCurrentSlide().id") == SKIPPED
        assert page.is_visible(f"#{SKIPPED} svg")


def test_paper_leaves_out_what_is_skipped(chromium, many):
    with opened(chromium, f"{uri(many[0], 'mixed.html')}?print-pdf") as page:
        page.wait_for_selector(".pdf-page", state="attached")
        assert page.locator(".pdf-page").count() == 6
        assert page.locator("[data-skipped]").count() == 0


def test_the_time_of_each_deck_is_listed_and_an_overrun_warned_of(many):
    done = many[0].run("slides")
    assert done.code == 0
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "talk line 2 slides 0:50" in lines
    assert "mixed line 1 slides 0:20" in lines  # one is skipped
    assert "talk deep 3 slides 0:30 + 2 below (0:20)" in lines
    assert "mixed deep 2 slides 0:20 + 1 below (0:10)" in lines
    assert "talk in all 7 slides 2:10 + 2 below (0:20), 1:00 planned" in lines
    assert done.err.strip() == "warning: talk overruns its plan by 1:10"


def test_what_is_wrong_with_a_deck_is_told_and_leaves_the_last_ones(many, tmp_path):
    project = copy_of(many[0], tmp_path)
    before = project.deck()
    project.put_together("line", "gues", name="mixed", minutes="9", subtitel="x")
    done = project.run("deck")
    assert done.code == 1 and "Traceback" not in done.err
    for place, says in (
        ("topics", "there is no topic 'gues'\n  cure: names near it: guess"),
        ("minutes", "'9' is no whole number"),
        ("subtitel", "unknown field\n  cure: names near it: subtitle"),
    ):
        assert f"error: slides/decks/mixed.toml, {place}\n  {says}" in done.err
    project.put_together("line", "guess", name="mixed", skip=["line/no-such-slide"], picture="lime")
    done = project.run("deck", "--deck", "mixed")
    assert "slides/decks/mixed.toml, skip\n  there is no slide 'line/no-such-slide'" in done.err
    assert "slides/decks/mixed.toml, picture\n  there is no figure 'lime'" in done.err
    assert "cure: names near it: line" in done.err
    assert project.deck() == before


# ---- the page in front ----
ROOMS = [("light", 1280, 720), ("dark", 1280, 720), ("light", 390, 844), ("dark", 390, 844)]
SMALL = """() => [...document.querySelectorAll("body *:not(svg *)")].filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
    && parseFloat(getComputedStyle(e).fontSize) < 18).map((e) => e.textContent)"""


@pytest.mark.parametrize(("room", "width", "height"), ROOMS)
@pytest.mark.parametrize("file", ["index.html", "deck/index.html"])
def test_the_page_in_front_is_readable_and_its_links_lead_somewhere(
    chromium, many, file, room, width, height
):
    project, complaints = many[0], []
    context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=room)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(uri(project, file))
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(SMALL) == []
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(252, 252, 249)", "dark": "rgb(21, 22, 26)"}[room]
    page.evaluate((MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8"))
    assert page.evaluate("async () => (await axe.run()).violations.map((one) => one.id)") == []
    links = page.evaluate("[...document.links].map((a) => [a.textContent, a.href])")
    assert [text for text, _ in links] == [
        "The talk", "The talk", "The part about line", "The part about guess", "Number 0",
    ]  # fmt: skip
    for _, address in links:
        page.goto(address)
        page.wait_for_selector("html[data-ready=yes]", state="attached")
    context.close()
    assert complaints == []


def test_the_page_in_front_says_what_there_is_of_each_deck(many):
    text = (many[0].build / "index.html").read_text(encoding="utf-8")
    talk, empty, mixed = re.findall(r"<article.*?</article>", text, re.DOTALL)
    assert "<svg" in talk and "1 minutes" in talk and 'href="talk.html"' in talk
    assert "In preparation: What comes later" in mixed and "9 minutes" in mixed
    assert "In preparation (9 minutes planned): What comes later" in empty
    assert "href" not in empty and "<svg" not in mixed + empty


def test_a_deck_is_presented_at_its_own_address_before_the_page_in_front(many, tmp_path):
    project = copy_of(many[0], tmp_path)
    with watching(project) as (_, port):
        assert get(port, "/")[0] == 302 and get(port, "/")[2].headers["Location"] == "/deck/"
        assert 'href="mixed/index.html"' in get(port, "/deck/")[1]
        assert "EventSource" in get(port, "/deck/")[1]
        for name in ("talk", "mixed", "line"):
            assert get(port, f"/deck/{name}/")[1] == get(port, f"/deck/{name}/index.html")[1]
        with reloaded(port):
            project.put_together("deep", "guess")
        assert "the part about line" not in get(port, "/deck/talk/")[1]


# ---- live demos of several decks ----
def live_part(demo, *figures):
    """A slide for each figure of a live demo."""
    imports = f"from demos.{demo} import live as {demo}\n{SHOW}"
    cells = [markdown("# Live", "slide"), code(imports, "skip"), markdown("(9 s) Hello.", "notes")]
    for figure in figures:
        drawn = CELL.format(demo, figure, CURVE, "").replace("-still", "")
        cells += [markdown(f"## Try {figure}", "slide"), code(f"#| echo: false\n{drawn}")]
        cells += [markdown("(9 s) Slide.", "notes")]
    return notebook(*cells)


@pytest.fixture(scope="module")
def alive(talk, tmp_path_factory):
    """A deck with two figures of one demo, and one whose demo needs no network."""
    project = copy_of(talk, tmp_path_factory.mktemp("alive"))
    project.write("01-live", live_part("network_fit", "first", "second"))
    project.write("02-solved", live_part("least_squares", "third"))
    project.put_together("live")
    project.put_together("solved", name="quick")
    done = project.run("deck", timeout=300)
    assert done.code == 0, done.err
    return project


def test_a_deck_without_live_slides_leaves_the_others_what_they_train_with(alive, tmp_path):
    project = copy_of(alive, tmp_path)
    before = project.deck()
    assert before.keys() > {"live.js", "live/index.html", "solved/index.html", "quick/index.html"}
    project.write("03-deep", columns())
    done = project.run("deck", "--deck", "deep")
    assert done.code == 0, done.err
    after = project.deck()
    assert after.keys() == before.keys() | {"deep/index.html"}
    assert {name for name in before if after[name] != before[name]} == {"index.html"}


def go(page, figure):
    page.evaluate("name => { location.hash = `#/live-try-${name}`; }", figure)
    page.wait_for_selector("section.present [data-live=yes]")


@pytest.mark.parametrize("file", ["talk.html", "deck/talk/index.html", "deck/live/index.html"])
def test_two_figures_of_one_demo_have_a_state_each(chromium, alive, file):
    with opened(chromium, uri(alive, file)) as page:
        for figure, times in (("first", 2), ("second", 1)):
            go(page, figure)
            for _ in range(times):
                press(page, "Step")
            steps(page, times)
        until(page, "location.search === '?first=0~2&second=0~1'")
        link = page.url
    with opened(chromium, link) as page:
        for figure, step in (("first", "step 2"), ("second", "step 1")):
            go(page, figure)
            assert page.inner_text("section.present .figures").startswith(step)


def test_a_deck_holds_only_the_networks_that_its_demos_train(alive):
    files = alive.deck()

    def nets(name):
        inside = re.search(rb'id="live-parts">(.*?)</script>', files[name])[1]
        return set(json.loads(inside)["nets"])

    offered = set(live.network_fit(None).settings["choices"]["net"])
    assert offered == nets("talk.html") == nets("talk/index.html") == nets("live/index.html")
    assert len(offered) < len(all_nets())
    assert nets("quick.html") == nets("quick/index.html") == set()
    assert len(files["quick.html"]) < len(files["talk.html"]) - 4_000_000  # no runtime


def test_what_needs_no_network_is_alive_without_a_runtime(chromium, alive):
    with opened(chromium, f"{uri(alive, 'quick.html')}#/solved-try-third") as page:
        page.wait_for_selector("section.present [data-live=yes]")
