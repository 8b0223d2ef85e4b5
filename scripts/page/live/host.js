// Live demos on slides. A figure that can come alive does so when its slide is shown; where it cannot,
// the stored figure stays and a line says so.
import { open } from "./engine.js";
import { follow, telling } from "./speaker.js";
import widget from "./widget.js";

const EARLY = 1000; // ms after the deck is ready

let parts; // all that the demos load, asked for once
let speaker; // what a demo has to do with the speaker view

export async function live(deck) {
  const figures = [...document.querySelectorAll("figure[data-demo]")];
  if (!figures.length) return;
  speaker = deck.isSpeakerNotes() ? { follow } : { tell: telling() };
  const here = (slide) => figures.filter((figure) => slide?.contains(figure));
  if (deck.isPrintView()) {
    await Promise.all(figures.filter((figure) => stateOf(figure)).map(wake));
    return;
  }
  const shown = () => here(deck.getCurrentSlide()).forEach(wake);
  deck.on("slidechanged", shown);
  shown();
  if (deck.isSpeakerNotes() || !Object.keys(JSON.parse(inside()).nets).length) return;
  // the engine starts while the first slide stands; where it cannot, the live slides will say so
  setTimeout(() => open(async () => JSON.parse(await load())).catch(() => {}), EARLY);
}

// The stored figure gives way to the widget, once it has something to show. Where a kernel ran its cell
// again with other settings, it begins anew with those.
async function wake(figure) {
  if (figure.dataset.awake) return;
  figure.dataset.awake = "yes";
  let begun = begin(figure, stateOf(figure));
  figure.addEventListener("settings", async () => {
    const before = figure.nextElementSibling;
    (await begun)?.();
    before.remove();
    remember(figure, "");
    begun = begin(figure, "");
  });
  await begun;
}

async function begin(figure, state) {
  const el = document.createElement("div");
  el.hidden = true;
  el.addEventListener("drawn", () => ([el.hidden, figure.hidden] = [false, true]));
  figure.after(el);
  try {
    return await widget.render({ model: modelOf(figure, state), el });
  } catch (error) {
    el.hidden = false;
    el.className = "live-off";
    el.textContent = `A picture from the build: training cannot run here (${error.message}).`;
  }
}

// What anywidget gives a widget, without a kernel behind it.
function modelOf(figure, state) {
  const { demo, settings } = figure.dataset;
  const { follow, tell } = speaker;
  const values = {
    ...{ demo, settings: JSON.parse(settings), state, parts: load },
    follow: follow && ((heard) => follow(nameOf(figure), heard)),
    tell: tell && ((run) => tell(nameOf(figure), run)),
  };
  return {
    get: (name) => values[name],
    set: (name, value) => (values[name] = value),
    save_changes: () => remember(figure, values.state),
  };
}

const inside = () => document.querySelector("script#live-parts").textContent;

// A page holds its own networks. The rest, the same for all, stands with them in the one file; beside a
// folder's pages it is a script.
function load() {
  parts ??= new Promise((resolve, reject) => {
    const own = JSON.parse(inside());
    if (own.data) return resolve(inside());
    const script = document.createElement("script");
    script.src = "../live.js";
    script.onload = () => resolve(JSON.stringify({ ...JSON.parse(window.liveParts), ...own }));
    script.onerror = () => reject(new Error("live.js is missing"));
    document.head.append(script);
  });
  return parts;
}

// ---- the address: ?my-topic-live=… is the state of the figure of that name ----
const nameOf = (figure) => figure.dataset.figure;

function stateOf(figure) {
  return new URLSearchParams(location.search).get(nameOf(figure)) ?? "";
}

function remember(figure, state) {
  const name = nameOf(figure);
  const others = location.search.slice(1).split("&").filter((part) => part && part.split("=")[0] !== name);
  const search = [...others, ...(state ? [`${name}=${state}`] : [])].join("&");
  history.replaceState(history.state, "", `${location.pathname}${search && `?${search}`}${location.hash}`);
}
