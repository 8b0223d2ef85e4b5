// A live demo as an anywidget: the same module runs in JupyterLab and, hosted by host.js, on a slide.
import { open } from "./engine.js";
import { button, keepKeys, slider } from "./controls.js";
import { History } from "./history.js";
import { DEMOS } from "live-demos"; // those of the topics' rooms: `frontend.demos_index`
import { Mirror } from "./mirror.js";
import { written } from "./numbers.js";
import { picture } from "./picture.js";
import { Run } from "./run.js";
import { Solved } from "./solved.js";

const SIZE = { width: 1184, height: 370 };
const SAY_EVERY = 1000; // steps, for those who listen
const KEEP_EVERY = 500; // ms: browsers count how often an address changes

async function render({ model, el }) {
  const topic = model.get("demo");
  const demo = DEMOS[topic];
  const { talk, choices, steps, fixed, stored } = model.get("settings");
  const history = new History(choices, talk, restarts(demo));
  history.parse(model.get("state"));
  const follow = model.get("follow"); // on a slide of the speaker view
  const { engine, data } = await given(topic, () => partsFrom(model), follow);

  el.classList.add("live");
  el.replaceChildren();
  const size = { ...SIZE, ...demo.size }; // more than a row of sliders wants a lower picture
  const drawn = picture(size.width, size.height, demo.title);
  const draw = demo.draw(drawn, size, data, { steps, fixed, stored });
  const warning = tag("p", "trouble");
  const figures = tag("p", "figures");
  const spoken = tag("p", "spoken");
  spoken.ariaLive = "polite";
  const settings = (values) => demo.settings?.({ ...fixed, ...values }) ?? { ...fixed, ...values };
  const begins = (values, given) => demo.data({ ...fixed, ...values }, given);
  const run = begun();

  const visible = () => el.isConnected && !el.closest("[inert]"); // a slide out of sight is inert
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const train = button("Train", () => (run.replaying ? run.stop() : run.training ? pause() : go()));
  const step = button("Step", () => pause().then(() => run.more(1)).then(announce));
  const reset = button("Reset", () => begin(history.values));
  const back = button("The slide’s settings", () => begin(talk));
  const again = demo.again ? [button(demo.again.words, () => next(demo.again.name))] : [];
  const buttons = tag("div", "buttons", ...(demo.solve ? [...again, back] : [train, step, reset, back]));
  const sliders = demo.sliders.map(({ name, label }) =>
    slider({ label, choices: choices[name], value: history.values[name] }, (value) =>
      run.moved(name, value).then(announce, fail),
    ),
  );
  const panel = tag("div", "sliders", ...sliders.map(({ box }) => box));
  el.append(tag("div", "drawn", drawn.svg, warning), buttons, figures, panel, spoken);
  el.inert = Boolean(follow);
  keepKeys(el, () => run.replaying && (run.stop(), true));

  function begun() {
    const own = { ...demo, settings, data: begins };
    if (follow) return new Mirror(data, own, history, show);
    if (demo.solve) return new Solved(data, own, history, show);
    const start = (values, data) => demo.start({ ...fixed, ...values }, data);
    return new Run(engine, { ...own, start }, history, show);
  }
  function go() {
    const going = run.train(steps, { calm, visible });
    el.ariaBusy = true;
    show();
    going.then(announce, fail);
  }
  async function pause() {
    run.training = false;
    run.stop?.();
    show();
    await run.queue;
  }
  async function begin(values) {
    await pause();
    history.reset(values);
    place();
    await run.replay().then(announce, fail);
  }

  // the next choice of a setting that has a button in place of a slider; after the last the first
  function next(name) {
    const all = choices[name];
    run.moved(name, all[(all.indexOf(history.values[name]) + 1) % all.length]).then(announce, fail);
  }

  function place() {
    demo.sliders.forEach(({ name }, i) => sliders[i].set(history.values[name]));
  }

  let said = 0;
  let kept = 0;
  function show() {
    train.textContent = run.replaying ? "Stop" : run.training ? "Pause" : "Train";
    if (!run.seen) return;
    draw(run);
    sayTrouble();
    figures.textContent = words();
    for (const { input } of sliders) input.disabled = Boolean(run.replaying);
    step.disabled = Boolean(run.replaying);
    const round = Math.floor(run.done / SAY_EVERY);
    if (round !== said && run.training) spoken.textContent = words();
    said = round;
    if (run.training && performance.now() - kept > KEEP_EVERY) keep();
    model.get("tell")?.(run);
    if (el.hidden) el.dispatchEvent(new Event("drawn"));
  }
  function sayTrouble() {
    const wrong = demo.trouble?.(run, fixed) ?? "";
    if (wrong === warning.textContent) return;
    warning.textContent = spoken.textContent = wrong;
    warning.hidden = !wrong;
  }
  function words() {
    if (run.replaying) return `doing again what the address says: step ${count(run.done)} of ${count(run.goal)}`;
    const parts = demo.says(run, data, fixed).map(([name, value]) => `${name} ${written(value, demo.digits)}`);
    if (!demo.solve) parts.unshift(`step ${count(run.done)}`);
    return parts.join(" · ");
  }
  function announce() {
    el.ariaBusy = Boolean(run.training);
    spoken.textContent = [warning.textContent, words()].filter(Boolean).join(" ");
    keep();
  }
  function keep() {
    kept = performance.now();
    model.set("state", String(history));
    model.save_changes();
  }
  function fail(error) {
    run.training = el.ariaBusy = false;
    spoken.textContent = figures.textContent = `It stopped: ${error.message}`;
  }

  if (follow) follow((seen) => (run.hear(seen), place()));
  else await run.replay().then(place);
  if (!follow && String(history) !== model.get("state")) keep(); // it was stopped on the way
  el.dataset.live = "yes";
  return () => {
    run.training = false;
    run.stop?.();
    run.trainer?.end();
  };
}

// A topic's data, and for a demo that trains here an engine that knows no other.
async function given(topic, load, follow) {
  if (DEMOS[topic].solve || follow) return { data: (await load()).data[topic] };
  const engine = await open(load);
  const data = engine.data[topic];
  return { engine: { ...engine, data }, data };
}

// What the engine loads comes from whoever hosts the widget: a page, or a model that Python shares.
async function partsFrom(model) {
  const parts = model.get("parts");
  if (typeof parts === "function") return JSON.parse(await parts());
  const shared = await model.widget_manager.get_model(parts.replace("IPY_MODEL_", ""));
  return JSON.parse(shared.get("text"));
}

function restarts(demo) {
  return demo.sliders.filter((one) => one.restarts).map(({ name }) => name);
}

function count(steps) {
  return steps.toLocaleString("en");
}

function tag(name, kind, ...children) {
  const element = document.createElement(name);
  element.className = kind;
  element.append(...children);
  return element;
}

export default { render };
