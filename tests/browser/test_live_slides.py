"""Live demos on slides, driven as a person would: click, drag, keys, links, paper, an old browser."""

import pytest
from browsing import opened, until
from conftest import copy_of
from living import figures, go_to, pause, picture, press, show, slide_to, steps
from rooms import live
from serving import on_stage, watching

from demos.core.curve import TRAIN_X, sample
from demos.least_squares import compute as least_squares

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("demo", ["network-fit", "l2-penalty", "bump-error", "dropout"])
def test_train_pause_step_and_reset(chromium, address, demo):
    with opened(chromium, address) as page:
        show(page, demo)
        start, before = picture(page), figures(page)
        assert before.startswith("step 0")
        press(page, "Train")
        steps(page, 500)
        pause(page)
        assert picture(page) != start
        count = int(figures(page).split()[1].replace(",", ""))
        press(page, "Step")
        steps(page, count + 1)
        assert figures(page).startswith(f"step {count + 1:,}")
        press(page, "Reset")
        until(
            page,
            "document.querySelector('section.present .figures').textContent.startsWith('step 0')",
        )
        assert picture(page) == start


def test_a_link_shows_the_same_picture_again(chromium, address):
    with opened(chromium, address) as page:
        show(page, "network-fit")
        slide_to(page, "Seed", 3)
        slide_to(page, "Network", "1-50-50-1")
        press(page, "Train")
        steps(page, 500)
        slide_to(page, "Learning rate", 0.004)
        slide_to(page, "Noise", 0.2)
        pause(page)
        # moves wait for steps
        until(page, "/lr:0.004.*noise:0.2~/.test(location.search)")
        seen, told, link = picture(page), figures(page), page.url
    with opened(chromium, link) as page:
        show(page, "network-fit")
        assert (picture(page), figures(page)) == (seen, told)
        press(page, "The slide’s settings")
        until(page, "!location.search")
        assert page.get_attribute("input[aria-label=Seed]", "aria-valuetext") == "0"


def test_an_address_keeps_the_state_of_every_demo(chromium, address):
    with opened(chromium, address) as page:
        for demo in ("network-fit", "bump-error", "network-fit"):
            show(page, demo)
            press(page, "Step")
            steps(page, 1)
        until(page, "location.search === '?bump-error-still=0~1&network-fit-still=0~2'")


def test_nonsense_in_the_address_is_passed_over(chromium, address):
    with opened(chromium, f"{address}?network-fit-still=0_seed:99_net:evil_x:1~-5_lr:7~zz") as page:
        show(page, "network-fit")
        assert figures(page).startswith("step 0")


def test_keys_on_a_slider_move_the_slider_and_a_clicker_moves_the_talk(chromium, address):
    with opened(chromium, address) as page:
        show(page, "network-fit")
        here = page.evaluate("Reveal.getCurrentSlide().id")
        slider = page.locator("section.present input[aria-label=Noise]")
        slider.focus()
        for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "Home", "End"):
            page.keyboard.press(key)
            assert page.evaluate("Reveal.getCurrentSlide().id") == here
        assert slider.get_attribute("aria-valuetext") == "0.2"
        page.focus("section.present .live button:text-is('Train')")
        page.keyboard.press(" ")
        steps(page, 1)
        assert page.evaluate("Reveal.getCurrentSlide().id") == here
        slider.focus()
        page.keyboard.press("PageDown")
        assert page.evaluate("Reveal.getCurrentSlide().id") != here


def test_values_are_announced_politely(chromium, address):
    with opened(chromium, address) as page:
        show(page, "network-fit")
        press(page, "Step")
        steps(page, 1)
        spoken = page.locator("section.present [aria-live=polite]")
        until(
            page,
            "document.querySelector('section.present [aria-live]').textContent.includes('loss')",
        )
        assert spoken.inner_text() == figures(page)


def test_training_stops_on_a_slide_out_of_sight(chromium, address):
    with opened(chromium, address) as page:
        show(page, "network-fit")
        press(page, "Train")
        steps(page, 1)
        page.keyboard.press("PageDown")
        until(
            page,
            "document.querySelector('.live button').textContent === 'Train'",  # as if paused
        )


@pytest.mark.parametrize("missing", ["Worker", "WebAssembly"])
def test_where_nothing_can_train_the_stored_figure_stays_and_says_so(chromium, address, missing):
    context = chromium.new_context()
    context.add_init_script(f"delete window.{missing}")
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    go_to(page, "network-fit")  # one that trains
    page.wait_for_selector("section.present .live-off")
    assert "cannot run here" in page.inner_text("section.present .live-off")
    assert page.is_visible("section.present figure[data-demo] svg")
    context.close()


def test_paper_shows_the_stored_figure_or_the_state_in_the_address(chromium, address):
    with opened(chromium, f"{address}?print-pdf") as page:
        assert page.locator(".live").count() == 0
        assert page.is_visible("figure[data-demo=network-fit] svg")
    with opened(chromium, f"{address}?network-fit-still=0_seed:2~250&print-pdf") as page:
        page.emulate_media(media="print")
        assert page.inner_text(".live .figures").startswith("step 250")
        assert not page.is_visible("figure[data-demo=network-fit]")
        assert not page.is_visible(".live button")


def test_a_folder_of_pages_has_its_parts_beside_it(chromium, talk):
    with opened(chromium, (talk.build / "deck" / "talk" / "index.html").as_uri()) as page:
        show(page, "bump-error")
        press(page, "Step")
        steps(page, 1)


def test_least_squares_is_the_demos_own(chromium, address):
    with opened(chromium, address) as page:
        show(page, "least-squares")
        slide_to(page, "Seed", 5)
        for count, ridge in ((5, 0), (12, 0.0001), (20, 1e-9)):
            slide_to(page, "Coefficients", count)
            slide_to(page, "Ridge", ridge if ridge != 1e-9 else "10⁻⁹")
            y = sample(5)
            fitted = (
                least_squares.ridge(TRAIN_X, y, count, ridge)
                if ridge
                else least_squares.fit(TRAIN_X, y, count)
            )
            error = least_squares.test_error(fitted)
            assert float(figures(page).split()[-1]) == pytest.approx(error, rel=0.05)


def test_it_trains_under_the_policy_of_a_served_deck(chromium, talk):
    with watching(talk, seconds=300) as (_, port), on_stage(chromium, talk, port) as stage:
        show(stage.page, "dropout")
        press(stage.page, "Step")
        steps(stage.page, 1)
        assert not stage.page.is_visible(".kernel-bar")  # no code here to run


def test_without_live_demos_the_talk_is_small(talk, tmp_path):
    project = copy_of(talk, tmp_path)
    done = project.run("deck", "--without-live")
    assert done.code == 0, done.err
    files = project.deck()
    assert "live.js" not in files
    assert b"data-demo" not in files["talk/index.html"]
    assert len(files["talk.html"]) < len(talk.deck()["talk.html"]) - 4_000_000


def test_the_same_module_runs_as_an_anywidget(chromium, talk):
    made = talk.build / "live"
    address = (talk.build / "deck" / "talk" / "index.html").as_uri()
    with opened(chromium, address, bypass_csp=True) as page:  # a notebook has no policy of ours
        told = page.evaluate(
            """async ({ code, parts, settings }) => {
                const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
                const values = { demo: "network-fit", settings, state: "0~40", parts: "IPY_MODEL_7" };
                const model = {
                    get: (name) => values[name],
                    set: (name, value) => (values[name] = value),
                    save_changes() {},
                    widget_manager: { get_model: async (id) => id === "7" && { get: () => parts } },
                };
                const el = document.createElement("div");
                document.body.append(el);
                await (await import(url)).default.render({ model, el });
                return el.querySelector(".figures").textContent;
            }""",
            {
                "code": (made / "widget.js").read_text(encoding="utf-8"),
                "parts": (made / "parts.json").read_text(encoding="utf-8"),
                "settings": live.network_fit(None).settings,
            },
        )
    assert told.startswith("step 40 ")
