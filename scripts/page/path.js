// The way through a deck. Next and back (arrows, space, a swipe, a clicker) go along the main path: the first
// slide of each column. What lies below is entered on purpose, by ↓ or the hint at the foot of the slide; there next
// goes down, and on when that was all. Slides the deck skips are passed: a link, the search and the overview have
// them. On paper they are left out.
const SKIPPED = "[data-skipped]";
const kept = (slide) => !slide.matches(SKIPPED);

// Before the deck starts.
export function unprinted() {
  if (!/print-pdf/.test(location.search)) return;
  for (const slide of document.querySelectorAll(SKIPPED)) slide.remove();
  for (const stack of document.querySelectorAll(".slides > section")) {
    if (!stack.children.length) stack.remove();
  }
}

function columnsOf(deck) {
  const parts = (column) => [...column.querySelectorAll(":scope > section")];
  return deck.getHorizontalSlides().map((column) => (parts(column).length ? parts(column) : [column]));
}

// Where a slide is: the first slides shown of all columns and its own one's number there, those before and after,
// and of its column those above it, below it, and all but the first.
export function place(columns, slide) {
  const column = columns.find((each) => each.includes(slide)) ?? [];
  const first = columns.map((each) => each.find(kept));
  const [across, down] = [columns.indexOf(column), column.indexOf(slide)];
  const heads = first.filter(Boolean);
  return {
    heads,
    number: heads.indexOf(first[across]),
    before: first.slice(0, across).filter(Boolean),
    after: first.slice(across + 1).filter(Boolean),
    above: column.slice(0, down).filter(kept),
    below: column.slice(down + 1).filter(kept),
    inside: column.filter(kept).slice(1),
  };
}

// What the counter says: "7 / 55", below it "7.2 / 55"; of a skipped slide nothing.
export function counted(slide) {
  if (!slide || !kept(slide)) return ["–"]; // none yet, while the deck starts
  const { heads, number, inside } = place(columnsOf(window.Reveal), slide);
  const deep = inside.indexOf(slide) + 1;
  return [deep ? `${number + 1}.${deep}` : `${number + 1}`, "/", heads.length];
}

// The same as each slide's own, for paper (print.css); reveal.js has a layout for it too, which this class turns off.
export function numbered(deck) {
  document.documentElement.classList.add("print-pdf");
  for (const slide of deck.getSlides()) slide.dataset.number = counted(slide).join(" ");
}

// A plugin, since reveal.js hands those the very object that its keys, its touch and the speaker view's messages
// call; the page's own, `window.Reveal`, is another one.
export const Path = () => ({ id: "path", init: (reveal) => reveal.on("ready", () => path(reveal)) });

function path(deck) {
  const columns = columnsOf(deck);
  const here = () => place(columns, deck.getCurrentSlide());
  const go = (slide) => {
    if (!slide) return;
    const { h, v } = deck.getIndices(slide);
    deck.slide(h, v ?? 0);
  };
  const moves = {
    next(how) {
      if (!how?.skipFragments && deck.availableFragments().next) return deck.nextFragment();
      const { above, below, after } = here();
      go(above.length && below.length ? below[0] : after[0]);
    },
    prev(how) {
      if (!how?.skipFragments && deck.availableFragments().prev) return deck.prevFragment();
      const { above, before } = here();
      go(above.at(-1) ?? before.at(-1));
    },
    down: () => go(here().below[0]),
    up: () => go(here().above.at(-1)),
  };
  moves.right = moves.next;
  moves.left = moves.prev;
  for (const [name, move] of Object.entries(moves)) {
    const among = deck[name]; // the overview's own way, among all slides
    deck[name] = (...given) => (deck.isOverview() ? among(...given) : move(...given));
    window.Reveal[name] = deck[name];
  }
  clicker(deck);
  hint(deck, here);
}

// A presenter's clicker sends Page Up and Page Down. They always move the talk, whatever has focus:
// a slider or a text field would swallow them.
function clicker(deck) {
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "PageDown" && event.key !== "PageUp") return;
      if (!deck.isReady() || document.querySelector(".r-overlay, dialog[open]")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      document.activeElement?.blur();
      if (event.key === "PageDown") deck.next();
      else deck.prev();
    },
    { capture: true },
  );
}

// At the foot of a slide with others below it: how many, and the way there; below: the way back up.
function hint(deck, here) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "below";
  deck.getRevealElement().append(button);
  const show = () => {
    const { above, below, inside } = here();
    const down = !above.length;
    button.hidden = !inside.length || deck.isOverview();
    button.textContent = down ? `↓ ${below.length} below` : "↑ back";
    button.onclick = () => (down ? deck.down() : deck.up());
  };
  for (const event of ["slidechanged", "overviewshown", "overviewhidden"]) deck.on(event, show);
  show();
}
