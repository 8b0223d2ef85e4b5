// What reveal.js leaves to us: slides out of sight take no focus, and nameless controls get names.
export function accessible(deck) {
  const slides = deck.getSlidesElement().querySelectorAll("section:not(.stack)");
  const only = () => {
    const all = deck.isOverview() || document.documentElement.classList.contains("reveal-print");
    for (const slide of slides) slide.inert = !all && slide !== deck.getCurrentSlide();
  };
  for (const event of ["slidechanged", "overviewshown", "overviewhidden", "pdf-ready"]) {
    deck.on(event, only);
  }
  only();
  name(".searchinput", "Search the slides");
  new MutationObserver(() => name(".searchinput", "Search the slides")).observe(
    deck.getRevealElement(),
    { childList: true },
  );
}

function name(selector, label) {
  for (const element of document.querySelectorAll(selector)) element.ariaLabel ??= label;
}
