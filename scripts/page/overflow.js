// What does not fit: what ends outside its slide or its column, what is cut off in a box. Run in a page of
// the deck, by the build and by the tests, on screen and in the print layout:
// ids of slides → {id: [{cell, kind, text, px, side, of}]}, one for each cell, kind, side and frame.
async (names) => {
  const ROUNDING = 1; // px
  const PATIENCE = 20_000; // ms, for a live demo to take its figure's place
  const MOST = 560; // px: what a headline leaves to a picture
  const PAINTED = "img, svg:not(svg svg), svg text, pre code, pre.output, td, th, hr, button, input, .katex .base";
  const KINDS = {
    ".live": "live demo",
    ".strip": "unit",
    "pre.output": "output",
    pre: "code",
    table: "table",
    ".katex": "formula",
    "svg, img": "picture",
    "h1, h2": "headline",
    "*": "text",
  };
  const { width, height } = Reveal.getConfig();

  // The slide with every fragment on it: none takes room from another.
  async function shown(name) {
    const slide = document.getElementById(name);
    if (!Reveal.isPrintView()) {
      const { h, v } = Reveal.getIndices(slide);
      Reveal.slide(h, v ?? 0, 999);
      await alive(slide);
    }
    slide.getBoundingClientRect(); // only what was laid out asks for its font
    await document.fonts.ready;
    return slide;
  }

  async function alive(slide) {
    const end = performance.now() + PATIENCE;
    const figures = [...slide.querySelectorAll("figure[data-demo]")];
    const settled = (f) => f.hidden || f.nextElementSibling?.matches(".live-off:not([hidden])");
    while (!figures.every(settled) && performance.now() < end) await new Promise((go) => setTimeout(go, 30));
  }

  function misfits(slide) {
    const canvas = slide.querySelector(".canvas");
    const page = (slide.closest(".pdf-page") ?? Reveal.getSlidesElement()).getBoundingClientRect();
    const starts = cellsOf(canvas);
    const found = new Map();

    function say(e, of, sides, text) {
      const kind = KINDS[Object.keys(KINDS).find((selector) => e.closest(selector))];
      const cell = starts.findLast(({ at }) => at.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
      for (const [side, px] of Object.entries(sides).filter(([, px]) => px > ROUNDING)) {
        const problem = { cell: cell?.name ?? "", kind, text: short(text(side)), px: Math.ceil(px), side, of };
        const key = [problem.cell, kind, side, of].join();
        const known = found.get(key) ?? problem; // the first of them has its words told
        found.set(key, { ...known, px: Math.max(known.px, problem.px) });
      }
    }

    // In pixels of the slide.
    function on({ left, top, right, bottom }) {
      const scale = page.width / width;
      const [x, y] = [(at) => (at - page.left) / scale, (at) => (at - page.top) / scale];
      return { left: x(left), top: y(top), right: x(right), bottom: y(bottom) };
    }

    function judge(e, inside, rectangle, text) {
      const box = on(visible(rectangle, inside, canvas));
      if (box.right <= box.left || box.bottom <= box.top) return;
      const column = e.closest(".split .left, .split .right");
      const frame = column ? on(column.getBoundingClientRect()) : { left: 0, right: width };
      say(e, "slide", { above: -box.top, below: box.bottom - height }, text);
      const beside = { left: frame.left - box.left, right: box.right - frame.right };
      say(e, column ? "column" : "slide", beside, text);
    }

    function painted(e) {
      const box = e.getBoundingClientRect();
      const out = (side) => (side === "below" && e.closest("pre") ? lineAt(e, on(box)) : words(e));
      judge(e, e.parentElement, box, out);
      if (e.matches(".strip text")) {
        const strip = e.ownerSVGElement.getBoundingClientRect();
        say(e, "strip", { right: on(box).right - on(strip).right }, () => words(e));
      }
    }

    function written(text) {
      const range = document.createRange();
      range.selectNodeContents(text);
      judge(text.parentElement, text.parentElement, range.getBoundingClientRect(), () => text.data);
    }

    for (const e of canvas.querySelectorAll("*")) {
      if (!e.checkVisibility({ visibilityProperty: true })) continue;
      if (e.matches(PAINTED) && !e.closest(".katex svg")) painted(e);
      if (e.matches(".figure > :is(svg, img)")) say(e, "slide", { below: squeezed(e) }, () => words(e));
      if (!e.closest("svg, .katex")) say(e, "box", cut(e), (side) => (side === "right" ? longest(e) : words(e)));
    }
    textsOf(canvas).forEach(written);
    return [...found.values()];
  }

  // Where each cell begins: the build leaves a comment there.
  function cellsOf(canvas) {
    const name = (comment) => comment.data.match(/^ cell (.*) $/)?.[1];
    return nodes(canvas, NodeFilter.SHOW_COMMENT).map((at) => ({ at, name: name(at) })).filter(({ name }) => name);
  }

  // Text that is seen, and not measured with the element around it.
  function textsOf(canvas) {
    const seen = (e) => !e.closest(".katex, svg, pre, style") && e.checkVisibility({ visibilityProperty: true });
    return nodes(canvas, NodeFilter.SHOW_TEXT).filter((text) => text.data.trim() && seen(text.parentElement));
  }

  function nodes(root, kind) {
    const [walker, found] = [document.createTreeWalker(root, kind), []];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }

  // The part of a rectangle that its boxes show: the rest can be scrolled to, or is told as cut off.
  function visible({ left, top, right, bottom }, inside, canvas) {
    for (let e = inside.closest(":not(svg, svg *)"); e !== canvas; e = e.parentElement) {
      const { overflowX: x, overflowY: y } = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      if (x !== "visible") [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      if (y !== "visible") [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return { left, top, right, bottom };
  }

  // What a box hides of what is in it. Words for ears alone stand in one of a pixel.
  function cut(e) {
    if (e.clientWidth <= 2 || e.clientHeight <= 2) return {};
    const { overflowX: x, overflowY: y } = getComputedStyle(e);
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    return {
      right: hides(x) ? e.scrollWidth - e.clientWidth : 0,
      below: hides(y) ? e.scrollHeight - e.clientHeight : 0,
    };
  }

  // How far a picture that gave way to the rest of the slide is below half of what it could have.
  function squeezed(e) {
    const box = e.viewBox?.baseVal ?? { width: e.naturalWidth, height: e.naturalHeight };
    if (!box.width) return 0;
    const wanted = (e.parentElement.clientWidth * box.height) / box.width;
    return Math.min(wanted, MOST, e.naturalHeight ?? MOST) / 2 - e.clientHeight;
  }

  // The first line of a block that is not wholly on the slide.
  function lineAt(e, { top, bottom }) {
    const lines = e.textContent.replace(/\n$/, "").split("\n");
    const at = Math.floor((lines.length * (height - top)) / (bottom - top));
    return lines[Math.min(Math.max(0, at), lines.length - 1)];
  }

  function longest(e) {
    const rows = [...e.querySelectorAll("tr")].map((row) => row.textContent);
    return (rows.length ? rows : e.textContent.split("\n")).reduce((a, b) => (b.length > a.length ? b : a));
  }

  const words = (e) => e.ariaLabel ?? e.alt ?? e.textContent;

  const short = (text) => text.trim().replace(/\s+/g, " ").replace(/^(.{40}).+/, "$1 …");

  const all = {};
  for (const name of names) all[name] = misfits(await shown(name));
  return all;
}
