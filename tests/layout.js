// What sticks out of a 1280 x 720 slide, what is too small to read, what is cut off. Run on the current slide.
() => {
  const slide = Reveal.getCurrentSlide(), scale = Reveal.getScale(), found = [];
  const origin = Reveal.getSlidesElement().getBoundingClientRect();
  const inMaths = (e) => e.closest(".katex-mathml") !== null;
  const say = (what, e) => {
    found.push(`${what}: ${e.tagName} "${(e.textContent || "").trim().slice(0, 40)}"`);
  };
  const boxes = "h1, h2, p, li, td, pre, pre tr, img, svg, svg text, button, .katex";
  for (const e of slide.querySelectorAll(boxes)) {
    if (inMaths(e) || e.closest("aside") || !e.checkVisibility({ visibilityProperty: true })) continue;
    const box = e.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const [left, top, right, bottom] = [
      box.left - origin.left, box.top - origin.top, box.right - origin.left, box.bottom - origin.top,
    ].map((v) => v / scale);
    if (left < -1 || top < -1 || right > 1281 || bottom > 721) say("outside the slide", e);
  }
  for (const e of slide.querySelectorAll("pre code, pre.output"))
    if (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) say("cut off", e);
  const texts = document.createTreeWalker(slide.querySelector(".canvas"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement;
    const empty = !texts.currentNode.data.replace(/[\s\u200b]/g, "");
    if (empty || inMaths(e) || e.closest("svg title, style")) continue;
    const svg = e.closest("svg");
    const ratio = svg ? svg.getBoundingClientRect().width / scale / svg.viewBox.baseVal.width : 1;
    const size = parseFloat(getComputedStyle(e).fontSize) * ratio;
    const least = e.closest("pre, code, small, figcaption") ? 18 : 24;
    if (size < least - 0.1) say(`text of ${size.toFixed(1)} px`, e);
  }
  for (const e of slide.querySelectorAll("svg:not(.katex svg)"))
    if ((e.getAttribute("aria-label") || "").length < 20) say("picture without alt text", e);
  for (const e of slide.querySelectorAll("img")) if (!e.alt) say("picture without alt text", e);
  for (const e of slide.querySelectorAll(".katex-error")) say("maths error", e);
  return [...new Set(found)].slice(0, 12);
}
