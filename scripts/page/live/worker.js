// Trains exported networks, away from the page. A request is {id, ask, ...}; the answer is {id, ...} or
// {id, error}. A network is a file for ONNX Runtime or, where that is too slow, a plan.
import * as onnx from "./onnx.js";
import { Planned } from "./planned.js";
import { silent } from "./silent.js";
import { start } from "./start.js";

const STEPS_AT_ONCE = 250; // in one call of the runtime; between calls others have their turn
const BATCH_MS = 100; // and no call much longer than this: a wide network takes fewer steps
const nets = new Map(); // name: its parameters, and a session or a plan
const trainers = new Map(); // number: what is being trained
let arithmetic;

async function unpack(base64) {
  const letters = atob(base64);
  const packed = new Uint8Array(letters.length);
  for (let i = 0; i < packed.length; i++) packed[i] = letters.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const answers = {
  async open(given) {
    onnx.open(await unpack(given.wasm));
    arithmetic = await WebAssembly.compile(await unpack(given.arithmetic));
  },

  async load({ name, file, ...rest }) {
    if (nets.has(name)) return;
    const session = file && (await onnx.session(await unpack(file)));
    nets.set(name, { session, ...rest });
  },

  // `from`: a seed, or the parameters' values; data: a grid to ask on, x and y where a step draws none
  async begin({ trainer, net, from, ...data }) {
    const known = nets.get(net);
    const values = typeof from === "number" ? start(known.parameters, from) : from;
    const one = known.plan
      ? new Planned(arithmetic, known, values, data)
      : new onnx.Exported(known, values, from, data);
    one.atOnce = 1;
    trainers.set(trainer, one);
    return look(one);
  },

  async retarget({ trainer, y }) {
    const one = trainers.get(trainer);
    one.put("y", y);
    return look(one);
  },

  async train({ trainer, steps, settings }) {
    const one = trainers.get(trainer);
    const told = settingsOf(one, settings);
    const losses = new Float32Array(steps);
    const began = performance.now();
    let done = 0;
    while (done < steps) {
      const count = Math.min(one.atOnce, steps - done, one.left);
      const before = performance.now();
      losses.set(await one.advance(count, told), done);
      done += count;
      const allowed = (BATCH_MS * count) / Math.max(performance.now() - before, 0.01);
      one.atOnce = Math.max(1, Math.min(STEPS_AT_ONCE, 2 * count, Math.floor(allowed)));
      if (done < steps) await turn();
    }
    const ms = performance.now() - began;
    return { losses, ms, ...(await look(one)) };
  },

  async state({ trainer }) {
    return trainers.get(trainer).state();
  },

  async end({ trainer }) {
    trainers.delete(trainer);
  },
};

// Of all that a slide says, what the net wants to know.
function settingsOf({ rest }, said) {
  const told = ([name]) => {
    if (typeof said[name] !== "number") throw new Error(`the slide says no number for ${name}`);
    return [name, said[name]];
  };
  return Object.fromEntries(Object.entries(rest).map(told));
}

// The loss and the curve as they are now, and whether the curve is flat because all units are off.
async function look(one) {
  const seen = await one.look();
  const weights = one.weights();
  let squares = 0;
  for (const values of weights) {
    for (let i = 0; i < values.length; i++) squares += values[i] * values[i];
  }
  const flat = seen.values.every((value) => value === seen.values[0]);
  return { ...seen, squares, off: flat && silent(one.parameters, weights, one.asked) };
}

// Let waiting messages in. A timer would wait 4 ms.
const channel = new MessageChannel();
function turn() {
  return new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(null);
  });
}

addEventListener("message", async ({ data: { id, ask, ...rest } }) => {
  try {
    postMessage({ id, ...(await answers[ask](rest)) });
  } catch (error) {
    postMessage({ id, error: String(error?.message ?? error) });
  }
});
