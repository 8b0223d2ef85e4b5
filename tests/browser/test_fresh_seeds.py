"""On stage an opened badge measures its claim on eight seeds that nobody has seen."""

import os
import re
import shutil
import time
from pathlib import Path

import pytest
from browsing import until
from conftest import code, markdown, notebook
from serving import presented

from demos.core.evidence.registry import all_claims
from scripts.paths import FIGURES

pytestmark = [pytest.mark.browser, pytest.mark.build]
TOPIC = "least-squares"
QUICK, CENSUS = "polynomial-noisy", "polynomial-clean"

SLIDES = notebook(
    markdown("## Claims", "slide"),
    markdown("\n".join(f'<data value="claims.{name}"></data>' for name in (QUICK, CENSUS))),
    code("print('a cell')"),
    markdown("(5 s) Words.", "notes"),
)


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    def before(project):
        shutil.copytree(FIGURES / TOPIC, project.figures / TOPIC, dirs_exist_ok=True)

    with presented(built, tmp_path_factory, "03-claims", SLIDES, before=before) as talk:
        yield talk


def opened_badge(stage, claim):
    stage.show("Claims")
    stage.page.click(f"section.present .badge[data-claim={claim}]")
    again = stage.page.locator("dialog.evidence .again")
    if claim != CENSUS:
        again.wait_for(timeout=120_000)  # the prices are asked for once, from a process of its own
    return again


def measuring(port):
    """Processes that measure fresh seeds for this server's page."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if b"scripts.evidence.fresh" in (place / "cmdline").read_bytes():
                status = (place / "status").read_text()
                if re.search(rf"PPid:\s+{port}\b", status):
                    found.append(place.name)
        except OSError:
            continue  # it has ended
    return found


def test_eight_seeds_come_one_by_one_and_the_record_keeps_its_verdict(stage):
    again = opened_badge(stage, QUICK)
    button = again.locator("button")
    assert re.fullmatch(r"Measure 8 fresh seeds here, at most \d+ s", button.text_content())
    verdict = stage.page.text_content("dialog.evidence .verdict")
    strip = stage.page.locator(f"section.present .badge[data-claim={QUICK}] circle").count()
    button.click()
    until(
        stage.page,
        "document.querySelectorAll('dialog.evidence circle.fresh').length === 8",
        seconds=120,
    )
    said = again.locator("span").text_content()
    agree = stage.page.locator("dialog.evidence circle.fresh:not(.no)").count()
    assert said == f"Here: {agree} of 8 fresh seeds agree; the verdict is the record's."
    seeds = again.locator("title").all_text_contents()
    numbers = [int(re.match(r"seed (\d+): ", text)[1]) for text in seeds]
    assert len(set(numbers)) == 8 and min(numbers) >= 10**6
    claim = all_claims()[QUICK]
    assert agree == sum(claim.agrees(float(text.split(": ")[1])) for text in seeds)
    assert stage.page.text_content("dialog.evidence .verdict") == verdict
    behind = f"section.present .badge[data-claim={QUICK}] circle"
    assert stage.page.locator(behind).count() == strip, "the record's own strip was changed"


def test_it_stops_when_told_and_when_the_sheet_closes(stage):
    for end in ("button", "Escape"):
        again = opened_badge(stage, QUICK)
        again.locator("button").click()
        assert again.locator("button").text_content() == "Stop"
        if end == "button":
            again.locator("button").click()
            until(
                stage.page,
                "document.querySelector('.again span').textContent.startsWith('Stopped')",
            )
        stage.page.keyboard.press("Escape")
        until_none_measures()


def until_none_measures():
    end = time.monotonic() + 20
    while any(measuring(pid) for pid in children(os.getpid())):
        assert time.monotonic() < end, "it goes on measuring for nobody"
        time.sleep(0.2)


def children(pid):
    """All processes below one."""
    found = []
    for place in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in place.read_text().split():
            found += [child, *children(child)]
    return found


def test_constructions_have_no_fresh_seeds(stage):
    opened_badge(stage, QUICK)  # by now the offers are there
    stage.page.keyboard.press("Escape")
    again = opened_badge(stage, CENSUS)
    stage.page.wait_for_timeout(300)
    assert again.count() == 0
