// An opened badge offers to measure its claim here, on seeds that nobody has seen: a dot more in its strip for each,
// as it comes. It says first what that costs. What comes out stands apart from the record's verdict.
import { lines } from "./kernel.js";

const SEEDS = 8;
const SVG = "http://www.w3.org/2000/svg";
let offers; // asked for once: {claim: seconds at most}

export function fresh() {
  const dialog = document.querySelector("dialog.evidence");
  dialog?.addEventListener("shown", async ({ detail: badge }) => {
    offers ??= fetch("/kernel/fresh").then((response) => (response.ok ? response.json() : {}));
    const seconds = (await offers)[badge.dataset.claim];
    const sheet = dialog.querySelector(".sheet");
    if (seconds && dialog.open && !sheet.querySelector(".again")) offer(dialog, sheet, badge, seconds);
  });
}

function offer(dialog, sheet, badge, seconds) {
  const place = document.createElement("div");
  place.className = "again";
  const button = document.createElement("button");
  button.type = "button";
  const said = document.createElement("span");
  said.ariaLive = "polite";
  place.append(button, said);
  sheet.append(place);
  const ready = () => (button.textContent = `Measure ${SEEDS} fresh seeds here, at most ${seconds} s`);
  ready();
  let stop;
  dialog.addEventListener("close", () => stop?.abort(), { once: true });
  button.addEventListener("click", async () => {
    if (stop) return stop.abort();
    stop = new AbortController();
    button.textContent = "Stop";
    await measure(badge, place, said, stop.signal);
    stop = undefined;
    ready();
  });
}

// The strip of the badge, with what is measured here in another colour.
async function measure(badge, place, said, signal) {
  place.querySelector("svg")?.remove();
  const strip = badge.querySelector(".strip svg").cloneNode(true);
  place.append(strip);
  const found = [];
  const tell = (end) => {
    const agree = found.filter(({ agrees }) => agrees).length;
    said.textContent = `${end}${agree} of ${found.length} fresh seeds agree; the verdict is the record's.`;
  };
  said.textContent = `measuring, 0 of ${SEEDS} …`;
  try {
    for await (const seed of lines("fresh", badge.dataset.claim, signal)) {
      if (seed.error) throw new Error(seed.error);
      found.push(seed);
      mark(strip, seed, found.length);
      tell(found.length < SEEDS ? `measuring, ${found.length} of ${SEEDS}: ` : "Here: ");
    }
  } catch (error) {
    if (signal.aborted) tell("Stopped: ");
    else said.textContent = `not measured: ${error.message}`;
  }
}

function mark(strip, { x, agrees, seed, value }, number) {
  const circle = document.createElementNS(SVG, "circle");
  const at = { cx: x, cy: 4 + (18 * number) / (SEEDS + 1), r: 5, class: agrees ? "fresh" : "fresh no" };
  for (const [name, to] of Object.entries(at)) circle.setAttribute(name, to);
  const title = document.createElementNS(SVG, "title");
  title.textContent = `seed ${seed}: ${Number(value.toPrecision(3))}`;
  circle.append(title);
  strip.append(circle);
}
