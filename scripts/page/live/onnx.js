// A network in training by ONNX Runtime, one thread of WebAssembly (`scripts/live/onnx_file.py`).
import * as ort from "onnxruntime-web/wasm";
import { Draws } from "./draws.js";

export function open(wasm) {
  ort.env.wasm.wasmBinary = wasm.buffer;
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = "error";
}

export function session(file) {
  return ort.InferenceSession.create(file);
}

export class Exported {
  // the net: `session`, and what `scripts/live/nets.py` says of it; values: of the parameters; seed: of what
  // a step draws, if it does; data: what a step is given, and where `look` asks
  constructor({ session, parameters, kept, given, rest, gradients, drawn }, values, seed, { grid, ...data }) {
    Object.assign(this, { session, parameters, given, rest, gradients, tensors: {}, data: {} });
    parameters.forEach(({ name, shape }, i) => {
      this.tensors[name] = tensor(Float32Array.from(values[i]), shape);
      for (const what of kept) {
        this.tensors[`${name}_${what}`] = tensor(new Float32Array(values[i].length), shape);
      }
    });
    const width = parameters[0].shape[1];
    this.draws = drawn && new Draws(seed, drawn);
    for (const name in given) this.put(name, data[name]);
    this.asked = grid;
    this.grid = table(grid, width);
    this.nowhere = table(Array(width).fill(0), width);
  }

  // steps until the next numbers must be drawn
  get left() {
    return this.draws?.left ?? Infinity;
  }

  put(name, values) {
    const shape = this.given[name];
    if (values.length !== size(shape)) {
      throw new Error(`${name} has the wrong shape: ${values.length} numbers, not ${size(shape)}`);
    }
    this.data[name] = tensor(Float32Array.from(values), shape);
  }

  async advance(count, settings) {
    const out = await this.run(count, settings, this.nowhere);
    for (const name in this.tensors) this.tensors[name] = out[`${name}_after`];
    return out.losses.data;
  }

  // One step at rest whose state is thrown away: the loss and the curve as they are now.
  async look() {
    const out = await this.run(1, this.rest, this.grid, true);
    const seen = { loss: out.losses.data[0], values: out.values.data };
    if (!this.gradients) return seen;
    const gradients = this.parameters.map(({ name }) => out[`${name}_gradient`].data);
    return { ...seen, gradients, weights: this.weights() };
  }

  // `still`: the next step's numbers are seen, not used up
  run(steps, settings, grid, still = false) {
    const { draws, data } = this;
    const pieces = draws
      ? mapped(still ? draws.peek(steps) : draws.take(steps), (one) => tensor(...one))
      : { ticks: tensor(new Float32Array(steps), [steps]) };
    const scalars = mapped(this.rest, (_, name) => tensor(Float32Array.of(settings[name]), []));
    return this.session.run({ ...this.tensors, ...data, ...pieces, grid, ...scalars });
  }

  weights() {
    return this.parameters.map(({ name }) => this.tensors[name].data);
  }

  state() {
    return mapped(this.tensors, ({ data }) => data);
  }
}

function table(values, width) {
  return tensor(Float32Array.from(values), [values.length / width, width]);
}

function tensor(values, shape) {
  return new ort.Tensor("float32", values, shape);
}

function size(shape) {
  return shape.reduce((product, length) => product * length, 1);
}

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));
}
