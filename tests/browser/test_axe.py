"""axe-core on every slide, in a light and in a dark room."""

import pytest
from browsing import every_slide, once, opened

from scripts.build.frontend import MODULES
from scripts.paths import DECK

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("slides")]

# a picture with a name has no parts for a screen reader: without them axe is four times faster
EMPTIED = "for (const svg of document.querySelectorAll('svg[role=img]')) svg.replaceChildren()"
# nor has a hidden slide, but axe reads it: all but the present one are aside while it looks
ALONE = """async (options) => {
  const others = Reveal.getSlides().filter((slide) => slide !== Reveal.getCurrentSlide());
  const kept = others.map((slide) => {
    const aside = document.createDocumentFragment();
    aside.append(...slide.childNodes);
    return aside;
  });
  const result = await axe.run({ exclude: "svg > *" }, options);
  others.forEach((slide, n) => slide.append(kept[n]));
  return result;
}"""
WHOLE = "options => axe.run({ exclude: 'svg > *' }, options)"  # ids that stand twice, landmarks


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_slide(chromium, decks, theme):
    """Of topics alone, and of what only decks have: axe reads the whole page for each slide."""
    axe = (MODULES / "axe-core/axe.min.js").read_text(encoding="utf-8")
    options = {"resultTypes": ["violations"], "preload": False}
    if theme == "dark":
        options["runOnly"] = ["color-contrast"]
    problems = []
    for deck, found in once(decks).items():
        with opened(chromium, (DECK / deck / "index.html").as_uri()) as page:
            page.evaluate(axe)
            page.evaluate(EMPTIED)
            if theme == "dark":
                page.keyboard.press("d")
                assert page.evaluate("document.documentElement.classList.contains('dark')")
            for number, name in enumerate(every_slide(page, found)):
                result = page.evaluate(ALONE if number else WHOLE, options)
                for violation in result["violations"]:
                    nodes = [node["html"][:100] for node in violation["nodes"][:2]]
                    problems.append(f"{name}: {violation['id']} {nodes}")
    assert problems == [], "\n".join(problems)
