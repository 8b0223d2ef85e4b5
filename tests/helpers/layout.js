// What is too small to read, nameless or broken on the current slide. What does not fit on it:
// scripts/page/overflow.js.
() => {
  const slide = Reveal.getCurrentSlide(), scale = Reveal.getScale(), found = [];
  const inMaths = (e) => e.closest(".katex-mathml") !== null;
  const say = (what, e) => {
    found.push(`${what}: ${e.tagName} "${(e.textContent || "").trim().slice(0, 40)}"`);
  };
  const sizeOf = (svg) => {
    const [box, own] = [svg.getBoundingClientRect(), svg.viewBox.baseVal];
    return Math.min(box.width / own.width, box.height / own.height);
  };
  const texts = document.createTreeWalker(slide.querySelector(".canvas"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement;
    const empty = !texts.currentNode.data.replace(/[\s\u200b]/g, "");
    if (empty || inMaths(e) || e.closest("svg title, style") || !e.checkVisibility()) continue;
    const svg = e.closest("svg");
    const ratio = svg ? sizeOf(svg) / scale : 1;
    const size = parseFloat(getComputedStyle(e).fontSize) * ratio;
    const small = "pre, code, small, figcaption, .badge :is(.strip, .needs)";
    const least = e.closest(small) ? 18 : 24;
    if (size < least - 0.1) say(`text of ${size.toFixed(1)} px`, e);
  }
  for (const e of slide.querySelectorAll("svg:not(.katex svg, svg svg, [aria-hidden=true])"))
    if ((e.getAttribute("aria-label") || "").length < 20) say("picture without alt text", e);
  for (const e of slide.querySelectorAll("img")) if (!e.alt) say("picture without alt text", e);
  for (const e of slide.querySelectorAll("code, pre.output, .cm-scroller")) // its notes, too: a phone shows them
    if (getComputedStyle(e).fontVariantLigatures !== "none") say("ligatures in code", e);
  for (const e of slide.querySelectorAll(".katex-error")) say("maths error", e);
  return [...new Set(found)].slice(0, 12);
}
