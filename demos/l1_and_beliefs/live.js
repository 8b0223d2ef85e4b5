// Weights under the elastic net: along its strength, and along its share of L1. Nothing trains: each is
// solved, and begins where the last one ended. Sweeps of coordinate descent (Friedman, Hastie and Tibshirani
// 2010) find which weights are 0, and the signs of the others; then these are a linear system's.
import { LuDecomposition, Matrix } from "ml-matrix";
import { inOneLine, talksCurve } from "live/panels.js";

const TRUE = 5; // weights that are not 0: the first ones
const TWIN = 5; // nearly a copy of feature 0
const SWEEPS = 4; // before the system is tried again
const TRIES = 5000;
const CLOSE = 1e-12; // rounding may leave a slope of so much more than allowed
const KINDS = { cloud: (k) => k > TWIN, network: (k) => k > 0 && k < TRUE, signal: (k) => k === 0 || k === TWIN };

export const demo = {
  title: "Weights along the strength of a penalty and along its share of L1, and the error along its strength",
  sliders: [
    { name: "alpha", label: "Strength α" },
    { name: "mix", label: "Share of L1" },
    { name: "noise", label: "Noise" },
    { name: "seed", label: "Seed" },
  ],

  // XᵀX/n, and Xᵀy/n at this noise
  data({ seed, noise }, { grams, pulls, truth }) {
    const gram = square(grams[seed], truth.length);
    const pull = gram.map((row, k) => dot(row, truth) + noise * pulls[seed][k]);
    return { gram, pull };
  },

  solve({ alpha, mix }, { gram, pull }) {
    const along = (pairs) => {
      let weights = pull.map(() => 0);
      return pairs.map(([a, m]) => (weights = solved(gram, pull, a, m, weights)));
    };
    return { along, alpha, mix, now: along([[alpha, mix]])[0] };
  },

  draw(picture, { width, height }, { alphas, mixes, truth, twins }, { stored }) {
    const wide = width / 3;
    const strength = { low: 0.01, high: 3, log: true, ticks: [0.01, 0.1, 1], label: "strength α" };
    const weight = { low: -2.7, high: 3.7, ticks: [-2, 0, 2], label: "weight" };
    const places = [0, 1, 2].map((n) => ({ x: n * wide, width: wide, height }));
    const byStrength = picture.panel(places[0], { x: strength, y: weight });
    const share = { low: 0, high: 1, ticks: [[0, "L2"], [0.5, "half"], [1, "L1"]], label: "share of L1" };
    const byMix = picture.panel(places[1], { x: share, y: weight });
    const error = picture.panel(places[2], {
      x: strength,
      y: { low: 0, high: 4, ticks: [0, 1, 2, 3, 4], label: "error" },
    });
    const panels = [byStrength, byMix];
    const lines = panels.map((panel) => Object.keys(KINDS).map((kind) => panel.line(kind)));
    const marks = [...panels, error].map((panel) => panel.line("truth"));
    talksCurve(error, stored, ["the slide’s lasso"], 0.97, 0.96, "end");
    const errors = error.line("regularized");
    byStrength.label("twins", "signal", 0.97, 0.07, "end");
    byStrength.label("other true", "network", 0.97, 0.96, "end");
    byMix.label("thin: not true", "", 0.03, 0.96);
    return ({ seen }) => {
      const down = alphas.toReversed().map((alpha) => [alpha, seen.mix]);
      const paths = [
        [alphas, seen.along(down).toReversed(), [1e-6, 1e6]],
        [mixes, seen.along(mixes.map((mix) => [seen.alpha, mix])), [-9, 9]],
      ];
      paths.forEach(([at, weights, ends], n) => {
        Object.values(KINDS).forEach((own, i) => {
          const rows = truth.map((_, k) => weights.map((one) => one[k])).filter((_, k) => own(k));
          lines[n][i](...inOneLine(at, rows, ends));
        });
      });
      errors(alphas, paths[0][1].map((weights) => off(weights, truth, twins)));
      marks[0]([seen.alpha, seen.alpha], [weight.low, weight.high]);
      marks[1]([seen.mix, seen.mix], [weight.low, weight.high]);
      marks[2]([seen.alpha, seen.alpha], [0, 4]);
    };
  },

  says({ seen: { now } }, { truth, twins }) {
    return [
      ["share at zero", now.filter((weight) => weight === 0).length / now.length],
      ["error", off(now, truth, twins)],
      ["difference of twins", Math.abs(now[0] - now[TWIN])],
    ];
  },
};

// The weights that `compute.elastic` finds, from some others.
function solved(gram, pull, alpha, mix, start) {
  const weights = [...start];
  const penalty = { l1: alpha * mix, l2: alpha * (1 - mix) };
  for (let n = 0; n < TRIES; n++) {
    for (let sweep = 0; sweep < SWEEPS; sweep++) descend(gram, pull, penalty, weights);
    const found = exact(gram, pull, penalty, weights);
    if (found) return found;
  }
  return weights;
}

// One sweep, in place: each weight where the cost is least, the others as they are.
function descend(gram, pull, { l1, l2 }, weights) {
  for (let k = 0; k < weights.length; k++) {
    const left = pull[k] - dot(gram[k], weights) + gram[k][k] * weights[k];
    weights[k] = (Math.sign(left) * Math.max(Math.abs(left) - l1, 0)) / (gram[k][k] + l2);
  }
}

// Where the slope is 0, if these signs are the right ones; null if they are not.
function exact(gram, pull, { l1, l2 }, weights) {
  const kept = [...weights.keys()].filter((k) => weights[k] !== 0 || l1 === 0);
  const found = new Array(weights.length).fill(0);
  if (kept.length) {
    const rows = kept.map((i) => kept.map((k) => gram[i][k] + (i === k ? l2 : 0)));
    const right = kept.map((k) => pull[k] - l1 * Math.sign(weights[k]));
    const values = new LuDecomposition(new Matrix(rows)).solve(Matrix.columnVector(right)).to1DArray();
    kept.forEach((k, i) => (found[k] = values[i]));
  }
  if (l1 === 0) return found;
  const fits = (k) =>
    weights[k] === 0
      ? Math.abs(pull[k] - dot(gram[k], found)) <= l1 + CLOSE
      : Math.sign(found[k]) === Math.sign(weights[k]);
  return found.every((_, k) => fits(k)) ? found : null;
}

// Root mean squared error to the true plane: features have variance 1, the twins a covariance.
function off(weights, truth, twins) {
  const wrong = weights.map((weight, k) => weight - truth[k]);
  return Math.sqrt(dot(wrong, wrong) + 2 * twins[TWIN] * wrong[0] * wrong[TWIN]);
}

function dot(a, b) {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

// A symmetric matrix from its upper half, row by row.
function square(half, size) {
  const rows = Array.from({ length: size }, () => new Array(size).fill(0));
  let at = 0;
  for (let i = 0; i < size; i++) for (let k = i; k < size; k++) rows[i][k] = rows[k][i] = half[at++];
  return rows;
}
