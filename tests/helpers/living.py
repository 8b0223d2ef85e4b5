"""A talk of live demos, and what a person does with one on its slide."""

from browsing import until
from conftest import code, markdown, notebook
from per_topic import of_topic

from demos.core import topics

CELL = """#| alt: a picture that stands for the live demo of {0}
figure, axes = canvas(height=430)
axes.plot([0, 1], [0, 1])
{0}.demo(show(figure, "{1}-still", {{}}, {{}}), stored={2}{3})"""
DEMOS = [topic for topic, _ in topics.modules("live")]
CURVE = [[0, 0.5, 1], [0.2, 0.9, 0.3]]


def rooms():
    """Lines that import what the cells of the demos need."""
    for topic in DEMOS:
        name = topic.replace("-", "_")
        yield f"from demos.{name} import live as {name}"
        yield from of_topic(topic, "STAGED", {}).get("imports", "").splitlines()


def live_talk():
    """A slide for every live demo, and one before and after."""
    cells = [
        markdown("# Live", "slide"),
        code("rate, gap = 0.001, 2"),
        code(
            "\n".join(rooms())
            + "\nfrom demos.core.records import show\nfrom demos.core.style import canvas",
            "skip",
        ),
        markdown("(10 s) Hello.", "notes"),
    ]
    for demo in DEMOS:
        own = of_topic(demo, "STAGED", {})
        given = demo.replace("-", "_"), demo, own.get("stored", CURVE), own.get("more", "")
        cells += [
            markdown(f"## Try {demo.replace('-', ' ')}", "slide"),
            code("#| echo: false\n" + CELL.format(*given)),
            markdown("(10 s) Slide.", "notes"),
        ]
    return notebook(*cells, markdown("## The end", "slide"), markdown("(10 s) Bye.", "notes"))


def show(page, demo):
    """Go to a demo's slide, on a phone scroll to it, wait until it is live."""
    go_to(page, demo)
    live = f"section.present:has(figure[data-demo={demo}]) [data-live=yes]"
    page.wait_for_selector(live, state="attached")


def go_to(page, demo):
    page.evaluate(
        """name => { const slide = document.querySelector(`figure[data-demo=${name}]`).closest("section");
        if (document.documentElement.matches(".phone")) return slide.scrollIntoView({ block: "center" });
        const { h, v } = Reveal.getIndices(slide); Reveal.slide(h, v ?? 0); }""",
        demo,
    )


def press(page, name):
    page.click(f"section.present .live button:text-is('{name}')")


def slide_to(page, label, value):
    """Move a slider by keys until it says `value`."""
    slider = page.locator(f"section.present input[aria-label^='{label}']")
    slider.focus()
    page.keyboard.press("Home")
    for _ in range(20):
        if slider.get_attribute("aria-valuetext") == str(value):
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"{label} has no {value}")


def picture(page):
    """The curves on the slide as they are drawn."""
    return page.evaluate(
        """[...document.querySelectorAll("section.present .live polyline")].map(
        line => line.getAttribute("points"))"""
    )


def figures(page):
    return page.inner_text("section.present .figures")


def steps(page, count):
    until(
        page,
        """count => Number(document.querySelector("section.present .figures").textContent
        .match(/step ([\\d,]+)/)[1].replaceAll(",", "")) >= count""",
        arg=count,
    )


def pause(page):
    """Pause, and wait for the steps under way: the address then says where it stands."""
    press(page, "Pause")
    page.wait_for_selector("section.present .live button:text-is('Train')")
    page.wait_for_selector("section.present .live[aria-busy=false]")
    until(
        page,
        """location.search.endsWith("~" + document.querySelector("section.present .figures")
        .textContent.match(/step ([\\d,]+)/)[1].replaceAll(",", ""))""",
    )
