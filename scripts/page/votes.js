// Votes: before a claim is shown the room says whether it is so. A tap counts a hand, or the presenter types how
// many; where its badge stands, a line says what the room thought, and the closing counts the room like the others.
// The hands stay in this window, through reloads, until it is closed. In the speaker view they are not counted.
const KEY = `votes ${location.pathname}`;
const MOVES = [" ", "Enter"]; // press a button that has focus; the deck would go on
const VERDICTS = ["holds", "open", "fails"];

export function votes(deck) {
  const ballots = [...document.querySelectorAll(".vote")];
  if (!ballots.length) return;
  const hands = deck.isSpeakerNotes() ? {} : kept();
  const asked = new Set(ballots.map(({ dataset }) => dataset.claim));
  const shown = [...asked].flatMap(room);
  const score = scored();
  const changed = () => {
    keep(hands);
    for (const ballot of ballots) show(ballot, hands[ballot.dataset.claim]);
    for (const { claim, sentence, verdict, line } of shown) line.textContent = said(sentence, hands[claim], verdict);
    score?.([...asked].map((claim) => right(hands[claim], verdictOf(claim))));
  };
  for (const ballot of ballots) ask(ballot, hands, changed, deck.isSpeakerNotes());
  addEventListener("keydown", own, { capture: true });
  changed();
}

function ask(ballot, hands, changed, off) {
  const set = (at, count) => {
    const mine = (hands[ballot.dataset.claim] ??= [0, 0]);
    mine[at] = Math.max(0, Math.min(9999, Math.round(count) || 0));
    changed();
  };
  const inputs = [...ballot.querySelectorAll("input")];
  ballot.querySelectorAll("button").forEach((button, at) => {
    button.disabled = inputs[at].disabled = off;
    button.addEventListener("click", ({ detail }) => {
      set(at, +inputs[at].value + 1);
      if (detail) button.blur(); // a click: the next key is the deck's
    });
    inputs[at].addEventListener("focus", () => inputs[at].select()); // what is typed stands instead
    inputs[at].addEventListener("change", () => set(at, +inputs[at].value));
  });
}

const show = (ballot, counts = [0, 0]) =>
  ballot.querySelectorAll("input").forEach((input, at) => (input.value = counts[at]));

// On each slide with the claim's badge a line for the room's answer, in the slide's foot: it takes no room of a picture.
function room(claim) {
  const rows = document.querySelectorAll(`.badges > .badge[data-claim="${CSS.escape(claim)}"]`);
  return [...rows].map((row) => {
    const line = document.createElement("p");
    line.className = "room";
    row.after(line);
    const sentence = row.querySelector(".sentence").textContent.replace(/^\w+: /, "");
    return { claim, sentence, verdict: verdictOf(claim), line };
  });
}

function verdictOf(claim) {
  const row = document.querySelector(`.badges > .badge[data-claim="${CSS.escape(claim)}"]`);
  return VERDICTS.find((verdict) => row?.classList.contains(verdict));
}

// Whether the room was right: holds, open, fails; undefined where it did not vote, or was in two minds.
function right([yes, no] = [0, 0], verdict) {
  if (yes === no || verdict === "open") return yes + no ? "open" : undefined;
  return yes > no === (verdict === "holds") ? "holds" : "fails";
}

function said(sentence, counts = [0, 0], verdict) {
  const [yes, no] = counts;
  if (!(yes + no)) return "";
  const words = { holds: "The room was right", fails: "The room guessed otherwise", open: "Nobody knows yet" };
  const judged = yes === no ? "The room was in two minds" : words[right(counts, verdict)];
  return `“${sentence}”: ${yes} yes, ${no} no here. ${judged}.`;
}

// A row of the closing's table of claims, below those told by others and predicted by us.
function scored() {
  const table = document.querySelector('data[value="deck.told"]')?.closest("table");
  if (!table) return;
  const row = table.tBodies[0].insertRow();
  row.className = "room";
  const cells = ["the room, by hands", "", "", "", ""].map((words) => {
    const cell = row.insertCell();
    cell.textContent = words;
    return cell;
  });
  return (found) => {
    const voted = found.filter(Boolean);
    const counts = [voted.length, ...VERDICTS.map((verdict) => voted.filter((one) => one === verdict).length)];
    counts.forEach((count, at) => (cells[at + 1].textContent = voted.length ? count : "–"));
  };
}

// A focused control keeps the keys that work it; what was typed is done at Enter and at Escape.
function own(event) {
  const { key, target } = event;
  if (!target.closest?.(".vote")) return;
  if (target.matches("input") && (key === "Enter" || key === "Escape")) target.blur();
  if (MOVES.includes(key) || target.matches("input")) event.stopPropagation();
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // storage may be off
  }
}

function keep(hands) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(hands));
  } catch {
    // then a reload forgets them
  }
}
