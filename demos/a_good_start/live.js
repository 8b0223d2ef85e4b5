// A deep network before its first step: `compute.passes` with the same seed, drawn and multiplied here.
import { mersenne } from "pure-rand/generator/mersenne";
import { talksCurve } from "live/panels.js";
import { decades } from "live/picture.js";

const BENDS = {
  relu: [(z) => Math.max(z, 0), (out) => (out > 0 ? 1 : 0)],
  tanh: [Math.tanh, (out) => 1 - out * out],
  sigmoid: [(z) => 1 / (1 + Math.exp(-z)), (out) => out * (1 - out)],
};
const [LOW, HIGH] = [-14, 8]; // decades on show

export const demo = {
  title: "Spread of activations and of gradients, layer by layer, before the first step",
  sliders: [
    { name: "depth", label: "Layers" },
    { name: "scale", label: "Variance of a weight × n" },
    { name: "activation", label: "Activation" },
    { name: "way", label: "Connection" },
  ],
  again: { name: "seed", words: "New weights" },

  // numbers in [-1, 1): inputs, the gradient at the end, and the weights of each layer
  data({ seed, depth, width, inputs }) {
    const dice = mersenne(seed);
    const rows = (count) => Array.from({ length: count }, () => even(dice, width));
    const [x, end] = [rows(inputs), rows(inputs)];
    // every row of weights is followed by a bias, which stays unused here
    const layer = () => Array.from({ length: width }, () => even(dice, width + 1).subarray(0, width));
    return { x, end, weights: Array.from({ length: depth }, layer), width };
  },

  // standard deviations by layer: of activations, of gradients, and of inputs about each unit's mean
  solve({ scale, activation, way }, { x, end, weights, width }) {
    const factor = Math.sqrt((3 * scale) / width);
    const [bend, slope] = BENDS[activation];
    const [seen, outs] = [{ activations: [], gradients: [], apart: [] }, []];
    let h = x.map((row) => row.map((value) => Math.sqrt(3) * value));
    for (const layer of weights) {
      const out = h.map((row) => forwards(layer, row, factor).map(bend));
      outs.push(out);
      h = way === "residual" ? sum(h, out) : out;
      seen.activations.push(spread(h.flatMap((row) => [...row])));
      seen.apart.push(apart(h));
    }
    let gradient = end.map((row) => row.map((value) => Math.sqrt(3) * value));
    for (let n = weights.length - 1; n >= 0; n--) {
      const delta = gradient.map((row, i) => row.map((value, j) => value * slope(outs[n][i][j])));
      seen.gradients.unshift(spread(delta.flatMap((row) => [...row])));
      const before = delta.map((row) => backwards(weights[n], row, factor));
      gradient = way === "residual" ? sum(gradient, before) : before;
    }
    return seen;
  },

  draw(picture, { width, height }, _, { fixed, stored }) {
    const half = width / 2;
    const panel = (x, label) =>
      picture.panel(
        { x, width: half, height },
        {
          x: { low: 0, high: fixed.most + 1, ticks: [1, 10, 20, 30, 40, 50], label: "layer" },
          y: { low: 10 ** LOW, high: 10 ** HIGH, log: true, ticks: decades(LOW + 2, HIGH - 2, 4), label },
        },
      );
    const [there, back] = [panel(0, "spread (log)"), panel(half, "spread (log)")];
    talksCurve(there, stored, ["the slide’s start"], 0.97, 0.1, "end");
    there.label("activations", "network", 0.03, 0.1);
    there.label("inputs apart", "signal", 0.03, 0.96);
    back.label("gradients", "overfit", 0.03, 0.1);
    const [apartLine, sizes, slopes] = [there.line("signal"), there.line("network"), back.line("overfit")];
    return ({ seen }) => {
      const layers = seen.activations.map((_, n) => n + 1);
      apartLine(layers, seen.apart);
      sizes(layers, seen.activations);
      slopes(layers, seen.gradients);
    };
  },

  digits: 2,
  says({ seen }) {
    return [
      ["activations of the last layer", seen.activations.at(-1)],
      ["inputs apart there", seen.apart.at(-1)],
      ["gradient, first over last layer", seen.gradients[0] / seen.gradients.at(-1)],
    ];
  },
};

// The numbers that torch.rand gives after the same seed, stretched over [-1, 1).
function even(dice, count) {
  return Float64Array.from({ length: count }, () => 2 * ((dice.next() & 0xffffff) * 2 ** -24) - 1);
}

function forwards(weights, row, factor) {
  return Float64Array.from(weights, (own) => {
    let total = 0;
    for (let j = 0; j < row.length; j++) total += own[j] * row[j];
    return factor * total;
  });
}

// The same with the weights' columns.
function backwards(weights, row, factor) {
  const total = new Float64Array(row.length);
  weights.forEach((own, i) => {
    if (row[i]) for (let j = 0; j < own.length; j++) total[j] += row[i] * own[j];
  });
  return total.map((value) => factor * value);
}

function sum(some, others) {
  return some.map((row, i) => row.map((value, j) => value + others[i][j]));
}

function mean(values) {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function variance(values) {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}

function spread(values) {
  return Math.sqrt(variance(values));
}

// How far apart inputs are: the variance over them, its mean over units.
function apart(rows) {
  return Math.sqrt(mean(Array.from(rows[0], (_, j) => variance(rows.map((row) => row[j])))));
}
