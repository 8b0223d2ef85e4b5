// A page of live demos without a browser: `node page.mjs MODULES PARTS`. The scripts run as they are shipped,
// the page's and the worker's each with globals of its own; messages between the two are copied, as always.
// A request is one line of JSON, {ask, ...}; so is its answer, {told} or {error}.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createContext, runInContext } from "node:vm";
import { document, Element } from "./dom.mjs";

const [modules, parts] = process.argv.slice(2).map((file) => readFileSync(file, "utf8"));
const PATIENCE = 60_000; // ms for what a click sets off
const shared = { atob, performance, setTimeout, clearTimeout, console };
const WORKERS = { Blob, DecompressionStream, MessageChannel, Response, TextDecoder, URL };
const asked = []; // what the page asked of its worker, in order
const losses = []; // and was told of steps
const own = new Map(); // answers that the test waits for, not the page
let worker;

class Worker {
  constructor(script) {
    const scope = { ...shared, ...WORKERS };
    this.heard = [];
    scope.self = scope;
    scope.location = { href: "file:///worker.js" };
    scope.addEventListener = (_, listener) => this.heard.push(listener);
    scope.postMessage = (message) => later(structuredClone(message), (data) => this.answer(data));
    runInContext(script, createContext(scope));
    worker = this;
  }

  answer(data) {
    losses.push(...(data.losses ?? []));
    const resolve = own.get(data.id);
    if (!resolve) this.onmessage({ data });
    else if (own.delete(data.id)) resolve(data);
  }

  postMessage(message) {
    if (!own.has(message.id)) asked.push(message);
    later(structuredClone(message), (data) => this.heard.forEach((one) => one({ data })));
  }
}

function later(data, heard) {
  setImmediate(() => heard(data));
}

const page = {
  ...shared,
  document,
  Worker,
  DecompressionStream,
  Blob: class {
    constructor([text]) {
      this.text = text;
    }
  },
  URL: { createObjectURL: (blob) => blob.text },
  matchMedia: () => ({ matches: false }),
  requestAnimationFrame: setImmediate,
};
const live = runInContext(`${modules};live`, createContext(page));
const trainers = new Map(); // of the engine alone, by a name
let shown; // the widget: its element, what it keeps, how often it saved

const answers = {
  // ---- a widget, as a person meets it ----
  show: (given) => show(given),

  // Stop the way back to a state once it has begun; tells what stood there, and which controls slept
  async stop(given) {
    const opened = show(given);
    const disabled = () => [...inputs(), ...buttons("Step")].map((one) => one.disabled);
    let button;
    while (!button) {
      await new Promise(setImmediate);
      [button] = buttons("Stop");
    }
    const [then, words] = [disabled(), said("figures")];
    button.happens("click");
    await opened;
    return { words, disabled: { then, now: disabled() } };
  },

  press: ({ name }) =>
    settled(() => {
      find((one) => one.name === "button" && one.textContent === name).happens("click");
    }),

  // to the choice of this number; tells what the slider then says
  async slide({ label, at }) {
    const input = find((one) => one.name === "input" && one.ariaLabel.startsWith(label));
    input.value = at;
    await settled(() => input.happens("input"));
    return input.getAttribute("aria-valuetext");
  },

  see() {
    const [words, aloud, trouble] = ["figures", "spoken", "trouble"].map(said);
    const svg = find(({ name }) => name === "svg").plain();
    const sliders = inputs().map((one) => one.getAttribute("aria-valuetext"));
    return { words, aloud, trouble, address: shown.values.state, svg, asked, losses, sliders };
  },

  // the parameters and the momentum of the network on show
  state: () => {
    const { trainer } = asked.findLast(({ ask }) => ask === "begin");
    return ourselves("state", { trainer });
  },

  // ---- by itself ----
  written: ({ values }) => values.map((value) => live.numbers.written(value)),
  setting: ({ values }) => values.map(live.numbers.setting),

  // ---- the engine alone ----
  async begin({ name, net, from, data }) {
    const engine = await live.open(async () => JSON.parse(parts));
    const trainer = await engine.trainer(net, from, data);
    trainers.set(name, trainer);
    return trainer.first;
  },
  train: ({ name, steps, settings }) => trainers.get(name).train(steps, settings),
  retarget: ({ name, y }) => trainers.get(name).retarget(y),
  stateOf: ({ name }) => trainers.get(name).state(),
  async end({ name }) {
    await trainers.get(name).end();
    trainers.delete(name);
  },

  // ---- a function by itself, or an object and what it says to a row of calls ----
  call({ path, args }) {
    const [of, name] = path.split(".");
    return live[of][name](...args);
  },
  object({ kind, args, calls }) {
    const one = new live[kind](...args);
    return calls.map(([name, ...given]) =>
      typeof one[name] === "function" ? one[name](...given) : one[name],
    );
  },
};

// A demo as its slide first shows it.
async function show({ demo, settings, state = "" }) {
  const values = { demo, settings, state, parts: async () => parts };
  const now = (shown = { el: new Element("div"), values, saved: 0 });
  const model = {
    get: (name) => values[name],
    set: (name, value) => (values[name] = value),
    save_changes: () => (now.saved += 1),
  };
  asked.length = losses.length = 0;
  await live.widget.render({ model, el: now.el });
}

function said(kind) {
  return find(({ className }) => className === kind).textContent;
}

function inputs() {
  return shown.el.find(({ name }) => name === "input");
}

function buttons(words) {
  return shown.el.find((one) => one.name === "button" && one.textContent === words);
}

function find(wanted) {
  const [first] = shown.el.find(wanted);
  if (!first) throw new Error(`nothing on the page is ${wanted}`);
  return first;
}

// Do something and wait until the widget has saved what came of it. It saves as it trains, too.
async function settled(act) {
  const [before, end] = [shown.saved, performance.now() + PATIENCE];
  act();
  while (shown.saved === before || buttons("Pause").length) {
    if (said("spoken").startsWith("It stopped")) throw new Error(said("spoken"));
    if (performance.now() > end) throw new Error("nothing came of it");
    await new Promise(setImmediate);
  }
}

function ourselves(ask, more) {
  const id = "from the test";
  return new Promise((resolve) => {
    own.set(id, ({ id: _, ...rest }) => resolve(rest));
    worker.postMessage({ id, ask, ...more });
  });
}

// Arrays of float32 travel as the text of their bytes.
function written(_, value) {
  if (!ArrayBuffer.isView(value)) return value;
  return { float32: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
}

function read(_, value) {
  if (typeof value?.float32 !== "string") return value;
  const bytes = Uint8Array.from(Buffer.from(value.float32, "base64"));
  return new Float32Array(bytes.buffer);
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    const { ask, ...more } = JSON.parse(line, read);
    answer = { told: (await answers[ask](more)) ?? null };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer, written)}\n`);
}
