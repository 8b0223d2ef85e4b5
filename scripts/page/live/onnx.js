// A network in training by ONNX Runtime, one thread of WebAssembly (`scripts/live/onnx_file.py`).
import * as ort from "onnxruntime-web/wasm";
import { Draws } from "./draws.js";

// a look at a network: one step that changes nothing
const STILL = { lr: 0, momentum: 0, weight_decay: 0, keep: 1, missing: 0, loud: 1, leak: 0 };

export function open(wasm) {
  ort.env.wasm.wasmBinary = wasm.buffer;
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = "error";
}

export function session(file) {
  return ort.InferenceSession.create(file);
}

export class Exported {
  // values: of the parameters; seed: of what a step draws, if it does; x and y: none then
  constructor({ session, parameters, gradients, drawn }, values, seed, { x, y, grid }) {
    Object.assign(this, { session, parameters, gradients, tensors: {} });
    parameters.forEach(({ name, shape }, i) => {
      this.tensors[name] = tensor(Float32Array.from(values[i]), shape);
      this.tensors[`${name}_momentum`] = tensor(new Float32Array(values[i].length), shape);
    });
    const width = parameters[0].shape[1];
    this.draws = drawn && new Draws(seed, drawn);
    this.data = drawn ? {} : { x: table(x), y: table(y) };
    this.asked = grid;
    this.grid = table(grid, width);
    this.nowhere = table(Array(width).fill(0), width);
  }

  // steps until the next numbers must be drawn
  get left() {
    return this.draws?.left ?? Infinity;
  }

  put(name, values) {
    this.data[name] = table(values);
  }

  async advance(count, settings) {
    const out = await this.run(count, settings, this.nowhere);
    for (const name in this.tensors) this.tensors[name] = out[`${name}_after`];
    return out.losses.data;
  }

  // One step of length zero whose state is thrown away: the loss and the curve as they are now.
  async look() {
    const known = Object.entries(STILL).filter(([name]) => this.session.inputNames.includes(name));
    const out = await this.run(1, Object.fromEntries(known), this.grid, true);
    const seen = { loss: out.losses.data[0], values: out.values.data };
    if (!this.gradients) return seen;
    const gradients = this.parameters.map(({ name }) => out[`${name}_gradient`].data);
    return { ...seen, gradients, weights: this.weights() };
  }

  // `still`: the next step's numbers are seen, not used up
  run(steps, settings, grid, still = false) {
    const { draws, data } = this;
    const given = draws
      ? mapped(still ? draws.peek(steps) : draws.take(steps), (one) => tensor(...one))
      : { ...data, ticks: tensor(new Float32Array(steps), [steps]) };
    const scalars = mapped(settings, (value) => tensor(Float32Array.of(value), []));
    return this.session.run({ ...this.tensors, ...given, grid, ...scalars });
  }

  weights() {
    return this.parameters.map(({ name }) => this.tensors[name].data);
  }

  state() {
    return mapped(this.tensors, ({ data }) => data);
  }
}

function table(values, width = 1) {
  return tensor(Float32Array.from(values), [values.length / width, width]);
}

function tensor(values, shape) {
  return new ort.Tensor("float32", values, shape);
}

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
