// Trains exported networks with ONNX Runtime, one thread of WebAssembly, away from the page.
// A request is {id, ask, ...}; the answer is {id, ...} or {id, error}.
import * as ort from "onnxruntime-web/wasm";
import { Draws } from "./draws.js";
import { start } from "./start.js";

const STEPS_AT_ONCE = 250; // in one call of the runtime; between calls others have their turn
const BATCH_MS = 100; // and no call much longer than this: a wide network takes fewer steps
// a look at a network: one step that changes nothing
const STILL = { lr: 0, momentum: 0, weight_decay: 0, keep: 1, missing: 0, loud: 1, leak: 0 };
const nets = new Map(); // name: {session, parameters, gradients, drawn}
const trainers = new Map(); // number: what is being trained

async function unpack(base64) {
  const letters = atob(base64);
  const packed = new Uint8Array(letters.length);
  for (let i = 0; i < packed.length; i++) packed[i] = letters.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const answers = {
  async open({ wasm }) {
    ort.env.wasm.wasmBinary = (await unpack(wasm)).buffer;
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = "error";
  },

  async load({ name, file, ...rest }) {
    if (nets.has(name)) return;
    const session = await ort.InferenceSession.create(await unpack(file));
    nets.set(name, { session, ...rest });
  },

  // `from`: a seed, or the parameters' values; x and y: none where a step draws its own
  async begin({ trainer, net, from, x, y, grid }) {
    const { parameters, drawn } = nets.get(net);
    const values = typeof from === "number" ? start(parameters, from) : from;
    const state = {};
    parameters.forEach(({ name, shape }, i) => {
      state[name] = new ort.Tensor("float32", Float32Array.from(values[i]), shape);
      state[`${name}_momentum`] = new ort.Tensor("float32", new Float32Array(values[i].length), shape);
    });
    const width = parameters[0].shape[1];
    const data = drawn ? { draws: new Draws(from, drawn) } : { x: table(x), y: table(y) };
    const none = table(Array(width).fill(0), width);
    trainers.set(trainer, { net, state, ...data, grid: table(grid, width), none, atOnce: 1 });
    return look(trainers.get(trainer));
  },

  async retarget({ trainer, y }) {
    const one = trainers.get(trainer);
    one.y = table(y);
    return look(one);
  },

  async train({ trainer, steps, settings }) {
    const one = trainers.get(trainer);
    const losses = new Float32Array(steps);
    const began = performance.now();
    let done = 0;
    while (done < steps) {
      const count = Math.min(one.atOnce, steps - done, one.draws?.left ?? Infinity);
      const before = performance.now();
      const out = await run({ ...one, grid: one.none }, count, settings);
      losses.set(out.losses.data, done);
      for (const name in one.state) one.state[name] = out[`${name}_after`];
      done += count;
      const allowed = (BATCH_MS * count) / Math.max(performance.now() - before, 0.01);
      one.atOnce = Math.max(1, Math.min(STEPS_AT_ONCE, 2 * count, Math.floor(allowed)));
      if (done < steps) await turn();
    }
    const ms = performance.now() - began;
    return { losses, ms, ...(await look(one)) };
  },

  async state({ trainer }) {
    const { state } = trainers.get(trainer);
    return Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, tensor.data]));
  },

  async end({ trainer }) {
    trainers.delete(trainer);
  },
};

function table(values, width = 1) {
  return tensor(Float32Array.from(values), [values.length / width, width]);
}

function tensor(values, shape) {
  return new ort.Tensor("float32", values, shape);
}

// `still`: the next step's numbers are seen, not used up
function run({ net, state, x, y, grid, draws }, steps, settings, still = false) {
  const { session } = nets.get(net);
  const given = draws
    ? mapped(still ? draws.peek(steps) : draws.take(steps), (one) => tensor(...one))
    : { x, y, ticks: tensor(new Float32Array(steps), [steps]) };
  const scalars = mapped(settings, (value) => tensor(Float32Array.of(value), []));
  return session.run({ ...state, ...given, grid, ...scalars });
}

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

// One step of length zero whose state is thrown away: the loss and the curve as they are now.
async function look(one) {
  const { session, parameters, gradients } = nets.get(one.net);
  const known = Object.entries(STILL).filter(([name]) => session.inputNames.includes(name));
  const out = await run(one, 1, Object.fromEntries(known), true);
  const seen = { loss: out.losses.data[0], values: out.values.data };
  const weights = parameters.map(({ name }) => one.state[name].data);
  seen.squares = weights.reduce((sum, values) => sum + values.reduce((s, w) => s + w * w, 0), 0);
  if (gradients) {
    seen.gradients = parameters.map(({ name }) => out[`${name}_gradient`].data);
    seen.weights = weights;
  }
  return seen;
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
