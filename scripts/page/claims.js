// A badge opens what was measured: the claim, its rule, the verdict, and a mark for every seed.
const MOVES = ["PageDown", "PageUp", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", " "];
const ROOM = ["d", "b", "."]; // dark or light, black screen: the deck's, whatever is open
const LEAVES = ["slidechanged", "fragmentshown", "fragmenthidden", "overviewshown", "paused"];

export function claims(deck) {
  if (deck.isPrintView()) return printed();
  const dialog = document.createElement("dialog");
  dialog.className = "evidence";
  dialog.setAttribute("aria-labelledby", "claim-sentence");
  document.body.append(dialog);
  for (const badge of document.querySelectorAll(".badge")) badge.ariaHasPopup = "dialog";
  const press = ({ target }) => {
    const badge = target.closest?.(".badge");
    if (badge && shows(deck)) show(dialog, badge);
    else if (target === dialog || target.closest?.(".close")) dialog.close();
  };
  addEventListener("click", press, { capture: true }); // before reveal.js leaves the overview
  // another window may move the talk too: the speaker view does
  for (const event of LEAVES) deck.on(event, () => dialog.close());
  addEventListener("keydown", (event) => sort(event, dialog, deck), { capture: true });
}

// In the overview a click chooses a slide, and a black screen stays black.
const shows = (deck) => !deck.isOverview() && !deck.isPaused();

function show(dialog, badge) {
  const claim = stored((data) => data.claim === badge.dataset.claim);
  const study = stored((data) => !data.claim && data.study === claim.dataset.study);
  dialog.replaceChildren(claim.content.cloneNode(true));
  const strips = dialog.querySelector(".strips");
  strips.append(study.content.cloneNode(true));
  badge.focus(); // a click does not everywhere; closing gives the focus back to where it was
  dialog.showModal();
  dialog.dispatchEvent(new CustomEvent("shown", { detail: badge })); // kernel/fresh.js offers to measure again
  if (strips.scrollHeight > strips.clientHeight + 1) {
    strips.tabIndex = 0;
    strips.scrollTop = claim.dataset.at * strips.scrollHeight;
  }
}

function stored(wanted) {
  return [...document.querySelectorAll("template")].find(({ dataset }) => wanted(dataset));
}

// Who gets a key: an open dialog, the talk after the dialog is closed, or a badge that has focus.
function sort(event, dialog, deck) {
  const { key, target } = event;
  if (!dialog.open) {
    const presses = (key === " " || key === "Enter") && target.closest?.(".badge");
    if (presses && shows(deck)) event.stopPropagation();
  } else if (MOVES.includes(key) && !ours(key, target, dialog)) dialog.close();
  else if (!ROOM.includes(key.toLowerCase())) event.stopPropagation();
}

// Space presses a button, up and down scroll long strips.
function ours(key, target, dialog) {
  if (key === " ") return target.closest?.("button");
  return /Up|Down/.test(key) && key.startsWith("Arrow") && dialog.querySelector("[tabindex]");
}

// Paper has no buttons.
function printed() {
  for (const badge of document.querySelectorAll(".badge")) {
    const row = document.createElement("div");
    row.className = badge.className;
    row.role = badge.matches(".mark") ? "img" : "group";
    row.ariaLabel = badge.ariaLabel;
    row.append(...badge.childNodes);
    badge.replaceWith(row);
  }
}
