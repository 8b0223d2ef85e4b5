"""Live demos under hands: a finger, a mouse, a reload, and the presenter's second window."""

import json
import re

import pytest
from browsing import opened, until
from living import DEMOS, figures, pause, picture, press, show, slide_to, steps
from playwright.sync_api import expect
from serving import on_stage, watching

pytestmark = pytest.mark.browser

PHONES = {"upright": (390, 844), "on its side": (844, 390)}
HERE = "Reveal.getCurrentSlide().id"


BOXES = """
    [...document.querySelectorAll("section.present .live :is(button, input, label > span)")].map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        const words = document.createRange();
        words.selectNodeContents(one);
        const least = one.tagName === "SPAN" ? 0 : 44;
        const wide = one.tagName === "SPAN" ? words.getBoundingClientRect().width : width;
        return { x, y, wide, height, least };
    })"""
LARGE_ENOUGH = (
    f"(all => all.length >= 5 && all.every(({{ height, least }}) => height > least - 0.5))({BOXES})"
)


def swipe(page, start, across):
    """A finger goes down, moves across, and up."""
    session = page.context.new_cdp_session(page)
    x, y = start

    def send(kind, points):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", [{"x": x, "y": y}])
    for part in range(1, 9):
        send("touchMove", [{"x": x + across * part / 8, "y": y}])
    send("touchEnd", [])


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_finger_that_drags_a_slider_stays_on_the_slide(chromium, address):
    with opened(chromium, address, 844, 390, has_touch=True, is_mobile=True) as page:
        show(page, "network-fit")
        here = page.evaluate(HERE)
        slider = page.locator("section.present input[aria-label=Noise]")
        before = slider.get_attribute("aria-valuetext")
        x, y = middle(slider)
        swipe(page, (x, y), -150)
        until(
            page,
            "before => document.querySelector('section.present input').ariaValueText !== before",
            before,
        )
        assert page.evaluate(HERE) == here
        swipe(
            page, middle(page.locator("section.present .live .drawn > svg")), -150
        )  # and elsewhere it turns the page
        until(page, f"here => {HERE} !== here", here)


@pytest.mark.parametrize("phone", PHONES)
def test_controls_are_large_enough_for_a_finger_and_none_covers_another(chromium, address, phone):
    width, height = PHONES[phone]
    with opened(chromium, address, width, height, has_touch=True, is_mobile=True) as page:
        for demo in DEMOS:
            show(page, demo)
            until(page, LARGE_ENOUGH)  # once the page has its scale
            boxes = page.evaluate(BOXES)
            assert len(boxes) >= 5
            if phone != "upright":  # there one scrolls
                assert all(box["y"] + box["height"] <= height for box in boxes), demo
            assert all(box["x"] + box["wide"] <= width for box in boxes), demo
            for i, one in enumerate(boxes):
                assert not any(overlap(one, other) for other in boxes[:i]), demo


def overlap(one, other):
    """Do two boxes share more than an edge?"""
    across = min(one["x"] + one["wide"], other["x"] + other["wide"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return across > 1 and down > 1


def test_after_a_click_on_a_control_the_decks_keys_work(chromium, address):
    with opened(chromium, address) as page:
        for key, control in (("ArrowRight", "input"), (" ", "button:text-is('Step')")):
            show(page, "network-fit")
            here = page.evaluate(HERE)
            page.click(f"section.present .live {control}")
            page.keyboard.press(key)
            until(page, f"here => {HERE} !== here", here)


def test_every_panel_says_what_it_shows_and_no_words_overlap(chromium, address):
    named = {
        "network-fit": [
            "true curve",
            "the slide’s run, 4,000 steps",
            "y",
            "loss (log scale)",
            "step",
        ],
        "l2-penalty": [
            "true curve",
            "the slide’s run, 4,000 steps",
            "no data",
            "loss (log scale)",
        ],
        "bump-error": [
            "the slide’s run,",
            "8,000 steps",
            "x (shaded: no data)",
            "length",
            "network",
        ],
        "dropout": ["colour", "answer", "truth", "the slide’s run, 10,000 steps"],
        "least-squares": ["true curve", "the slide’s polynomial", "y", "distance (log scale)"],
    }
    with opened(chromium, address) as page:
        for demo, words in named.items():
            show(page, demo)
            texts = page.evaluate(
                """[...document.querySelectorAll("section.present .live svg text")].map((one) => {
                    const { x, y, width: wide, height } = one.getBoundingClientRect();
                    return { words: one.textContent, x, y: y + 4, wide, height: height - 8,
                        size: parseFloat(getComputedStyle(one).fontSize) };
                })"""
            )
            assert set(words) <= {one["words"] for one in texts}
            assert min(one["size"] for one in texts) >= 24
            for i, one in enumerate(texts):
                meets = [other["words"] for other in texts[:i] if overlap(one, other)]
                assert meets == [], (demo, one["words"])
            talk = page.locator("section.present .live svg .talk:is(polyline, g)")
            assert talk.count() == 1


def test_a_reload_on_the_way_returns_to_the_step_that_was_seen(chromium, address):
    with opened(chromium, address) as page:
        show(page, "l2-penalty")
        before = page.evaluate("history.length")
        press(page, "Train")
        until(page, "/l2-penalty-still=0~[1-9]/.test(location.search)")
        assert page.is_visible("section.present .live button:text-is('Pause')")  # still at it
        assert page.evaluate("history.length") == before
        seen = int(re.search(r"step ([\d,]+)", figures(page))[1].replace(",", ""))
        page.reload()
        page.wait_for_selector("section.present [data-live=yes]", state="attached")
        assert figures(page).startswith("step ")
        step = int(re.search(r"step ([\d,]+)", figures(page))[1].replace(",", ""))
        assert step >= seen
        assert page.evaluate("location.search") == f"?l2-penalty-still=0~{step}"


def test_the_speaker_view_shows_the_talks_run_and_trains_nothing(chromium, address):
    with opened(chromium, address) as page:
        show(page, "network-fit")
        with page.expect_popup() as popup:
            page.keyboard.press("s")
        speaker = popup.value
        mirror = speaker.frame_locator("#current-slide iframe").locator("section.present .live")
        mirror.wait_for()
        slide_to(page, "Seed", 3)
        press(page, "Train")
        steps(page, 500)
        pause(page)
        told = figures(page)
        expect(mirror.locator(".figures")).to_have_text(told)
        expect(mirror.locator("input[aria-label=Seed]")).to_have_attribute("aria-valuetext", "3")
        inside = speaker.query_selector("#current-slide iframe").content_frame()
        assert picture(inside) == picture(page)
        for name in ("Step", "Reset"):
            speaker.mouse.click(*middle(mirror.locator(f"button:text-is('{name}')")))
        press(page, "Step")
        until(
            page,
            "told => document.querySelector('section.present .figures').textContent !== told",
            told,
        )
        expect(mirror.locator(".figures")).to_have_text(figures(page))
        assert figures(page).startswith(f"step {int(told.split()[1].replace(',', '')) + 1:,} ")
        assert "network-fit-still" not in inside.evaluate("location.search")
        speaker.close()


def test_a_value_edited_on_a_slide_reaches_the_live_demos_behind_it(chromium, talk):
    with watching(talk, seconds=300) as (_, port), on_stage(chromium, talk, port) as stage:
        show(stage.page, "network-fit")
        press(stage.page, "Step")
        steps(stage.page, 1)
        stage.show("Live")
        stage.write("rate, gap = 0.002, 3")
        stage.run()
        stage.show("Try network fit")
        rate = stage.page.locator("section.present .live input[aria-label='Learning rate']")
        expect(rate).to_have_attribute("aria-valuetext", "0.002", timeout=60_000)
        expect(stage.page.locator("section.present .figures")).to_contain_text("step 0 ")
        stage.show("Try bump")
        expect(rate).to_have_attribute("aria-valuetext", "0.002", timeout=60_000)
        built = stage.page.locator("section.present figure[data-demo]").get_attribute(
            "data-settings"
        )
        assert json.loads(built)["fixed"]["gap"] == pytest.approx([0.6, 0.8])
        stage.show("Live")
        stage.write("rate, gap = 7, 3")
        stage.run()
        stage.show("Try network fit")
        said = stage.page.locator("section.present .kernel-output")
        expect(said).to_contain_text("Not live: lr 7 is not on its slider", timeout=60_000)
        assert not stage.page.is_visible("section.present .live")
