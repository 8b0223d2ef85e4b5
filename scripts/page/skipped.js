// Slides that this deck skips: a link, the search and the overview lead there, next and back go past them.
// On paper they are left out.
const STEPS = { next: 1, right: 1, down: 1, prev: -1, left: -1, up: -1 };
const SKIPPED = "[data-skipped]";

// Before the deck starts.
export function unprinted() {
  if (!/print-pdf/.test(location.search)) return;
  for (const slide of document.querySelectorAll(SKIPPED)) slide.remove();
  for (const stack of document.querySelectorAll(".slides > section")) {
    if (!stack.children.length) stack.remove();
  }
}

export function skipped(deck) {
  const slides = [...deck.getSlidesElement().querySelectorAll("section:not(.stack)")];
  if (!slides.some((slide) => slide.matches(SKIPPED))) return;
  let step = "";
  for (const name of Object.keys(STEPS)) {
    const go = deck[name];
    deck[name] = (...given) => {
      step = name;
      try {
        return go(...given);
      } finally {
        step = "";
      }
    };
  }
  deck.on("beforeslidechange", (event) => {
    const target = deck.getSlide(event.indexh, event.indexv ?? 0);
    if (!step || deck.isOverview() || !target?.matches(SKIPPED)) return;
    event.preventDefault();
    const beyond = ahead(slides, target, step).find((slide) => !slide.matches(SKIPPED));
    step = "";
    if (!beyond) return;
    const { h, v } = deck.getIndices(beyond);
    deck.slide(h, v ?? 0);
  });
}

// The slides that a step would come to from a slide, one after the other.
function ahead(slides, from, step) {
  const way = STEPS[step];
  const column = (slide) => slide.closest(".stack") ?? slide;
  const columns = [...new Set(slides.map(column))];
  const later = (list, at) => (way > 0 ? list.slice(at) : list.slice(0, at + 1).reverse());
  if (step === "left" || step === "right") {
    const there = later(columns, columns.indexOf(column(from)));
    return there.flatMap((one) => slides.filter((slide) => column(slide) === one));
  }
  const beside = later(slides, slides.indexOf(from));
  return step === "up" || step === "down" ? beside.filter((slide) => column(slide) === column(from)) : beside;
}
