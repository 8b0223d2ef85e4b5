// One data set, split anew again and again: `compute.single` and `compute.folds` after the same shuffles.
// Nothing trains: each logistic regression is solved, by the steps of `compute.fitted`.
import { Matrix, solve } from "ml-matrix";
import { mersenne } from "pure-rand/generator/mersenne";
import { talksCurve } from "live/panels.js";

const STEPS = 12; // of Newton's method
const ROWS = { one: 2, folds: 1 };
const LOW = 0.4;

export const demo = {
  title: "Points of two classes and those held out; the estimated accuracy after each shuffle",
  sliders: [
    { name: "shuffles", label: "Shuffles" },
    { name: "folds", label: "Folds" },
    { name: "tested", label: "Test points" },
    { name: "data", label: "Data set" },
  ],

  data: ({ data }, given) => ({ x: given.x[data], y: given.y[data], truth: given.truth[data] }),

  // estimates after each shuffle; and the last one's single split
  solve({ shuffles, folds, tested }, { x, y }) {
    const orders = Array.from({ length: shuffles }, (_, seed) => shuffled(seed, y.length));
    const one = orders.map((order) => estimate(x, y, [order.slice(0, tested)]));
    const many = orders.map((order) => estimate(x, y, cut(order, folds)));
    const held = new Set(orders.at(-1).slice(0, tested));
    return { one, many, held, weights: fitted(x, y, held) };
  },

  draw(picture, { width, height }, _, { fixed, stored }) {
    const left = 0.45 * width;
    const points = picture.panel(
      { x: 0, width: left, height },
      {
        x: { low: -1.8, high: 2.8, ticks: [-1, 0, 1, 2], label: "first feature" },
        y: { low: -1.3, high: 1.9, ticks: [-1, 0, 1], label: "second" },
      },
    );
    const strips = picture.panel(
      { x: left, width: width - left, height },
      {
        x: { low: LOW, high: 1.02, ticks: [0.5, 0.6, 0.7, 0.8, 0.9, 1], label: "estimated accuracy" },
        y: { low: 0.4, high: 2.75 },
      },
    );
    talksCurve(points, stored, ["the slide’s model"], 0.98, 0.96, "end");
    const boundary = points.line("network");
    const classes = [points.dots(), points.dots("network thin")];
    const rings = points.dots("signal");
    points.label("rings: held out", "signal", 0.02, 0.96);
    points.label("last model", "network", 0.98, 0.06, "end");
    const truth = strips.line("truth");
    const one = strips.dots("overfit thin");
    const many = strips.dots("regularized thin");
    strips.label("one split", "overfit", 0.02, 0.1);
    strips.label("folds", "regularized", 0.02, 0.56);
    strips.label("dashed: fresh points", "truth", 0.02, 0.95);
    return ({ data, seen }) => {
      const [a, b, c] = seen.weights;
      boundary(fixed.along, fixed.along.map((x) => -(a + b * x) / c));
      const all = data.x.map((_, i) => i);
      const place = (some) => [some.map((i) => data.x[i][0]), some.map((i) => data.x[i][1])];
      classes.forEach((dots, k) => {
        dots(...place(all.filter((i) => data.y[i] === k && !seen.held.has(i))));
      });
      rings(...place(all.filter((i) => seen.held.has(i))));
      truth([data.truth, data.truth], [0.4, 2.75]);
      one(seen.one, seen.one.map((_, i) => ROWS.one + spread(i)));
      many(seen.many, seen.many.map((_, i) => ROWS.folds + spread(i)));
    };
  },

  digits: 2,
  says({ seen, data, history }) {
    return [
      ["one split", seen.one.at(-1)],
      [`${history.values.folds} folds`, seen.many.at(-1)],
      ["one split moves", deviation(seen.one)],
      ["folds move", deviation(seen.many)],
      ["fresh points", data.truth],
    ];
  },
};

// The order that a seed gives: by the numbers that torch.rand gives after it.
function shuffled(seed, count) {
  const dice = mersenne(seed);
  const lots = Array.from({ length: count }, () => dice.next() & 0xffffff);
  return lots.map((_, i) => i).sort((i, j) => lots[i] - lots[j]);
}

// An order cut in so many parts, the first ones a point larger where it does not come out even.
function cut(order, count) {
  const [size, more] = [Math.floor(order.length / count), order.length % count];
  return Array.from({ length: count }, (_, k) => {
    const from = k * size + Math.min(k, more);
    return order.slice(from, from + size + (k < more ? 1 : 0));
  });
}

// Share right of what each split holds out, mean over splits.
function estimate(x, y, splits) {
  const shares = splits.map((test) => {
    const [a, b, c] = fitted(x, y, new Set(test));
    const right = test.filter((i) => a + b * x[i][0] + c * x[i][1] > 0 === y[i] > 0);
    return right.length / test.length;
  });
  return average(shares);
}

// Logistic regression on what is not held out: log losses plus half the squared weights, by Newton's steps.
function fitted(x, y, held) {
  const rows = x.map((features) => [1, ...features]);
  let weights = [0, 0, 0];
  for (let step = 0; step < STEPS; step++) {
    const slope = [0, weights[1], weights[2]];
    const curvature = [[0, 0, 0], [0, 1, 0], [0, 0, 1]];
    rows.forEach((row, n) => {
      if (held.has(n)) return;
      const p = 1 / (1 + Math.exp(-row.reduce((sum, value, i) => sum + value * weights[i], 0)));
      for (let i = 0; i < 3; i++) {
        slope[i] += (p - y[n]) * row[i];
        for (let j = 0; j < 3; j++) curvature[i][j] += p * (1 - p) * row[i] * row[j];
      }
    });
    const move = solve(new Matrix(curvature), Matrix.columnVector(slope)).to1DArray();
    weights = weights.map((weight, i) => weight - move[i]);
  }
  return weights;
}

// Where a dot of a strip lies above or below its row: fixed, so that no dot hides others.
function spread(i) {
  return 0.6 * (((i * 0.618) % 1) - 0.5);
}

function average(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values) {
  const middle = average(values);
  const squares = values.map((value) => (value - middle) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / (values.length - 1));
}
