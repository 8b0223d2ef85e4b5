// Random ReLU features and least squares: `compute.problem` of the same seed, drawn here, and its errors by how
// many features there are. Nothing trains: each fit is solved.
import { LuDecomposition, Matrix, QrDecomposition } from "ml-matrix";
import { mersenne } from "pure-rand/generator/mersenne";
import { talksCurve } from "live/panels.js";
import { decades } from "live/picture.js";

const COUNTS = [5, 10, 20, 40, 80, 160, 400, 1000];
const SAID = [-4, 4];
const MET = 1e-9; // a training error below it is rounding

export const demo = {
  title: "Test error by the number of random features, and what the fit says of fresh points",
  sliders: [
    { name: "features", label: "Features" },
    { name: "strength", label: "Ridge" },
    { name: "points", label: "Training points" },
    { name: "seed", label: "Seed" },
  ],

  // features of training points and of fresh ones, a row a point; targets, and the truth
  data({ seed, points, noise: sd }, { noise, sizes: { most, fresh, inputs } }) {
    const dice = mersenne(seed);
    const draw = (rows) =>
      Array.from({ length: rows }, () => Array.from({ length: inputs }, () => 2 * uniform(dice) - 1));
    const [directions, other, own] = [draw(most), draw(fresh), draw(points)];
    const spread = (rows) => rows.map((row) => row.map((value) => Math.sqrt(3) * value));
    const [x, at] = [spread(own), spread(other)];
    const truthOf = (row) => row.reduce((sum, value) => sum + value, 0) / Math.sqrt(inputs);
    const relu = (rows) =>
      rows.map((row) => directions.map((w) => Math.max(0, w.reduce((sum, value, i) => sum + value * row[i], 0))));
    return {
      own: relu(x),
      fresh: relu(at),
      y: x.map((row, i) => truthOf(row) + sd * noise[seed][i]),
      truth: at.map(truthOf),
    };
  },

  solve({ features, strength, points }, data) {
    const fit = (count) => {
      const weights = solved(data.own.map((row) => row.slice(0, count)), data.y, strength);
      const said = (rows) => rows.map((row) => weights.reduce((sum, w, k) => sum + w * row[k], 0));
      const answers = said(data.fresh);
      const [error, training] = [apart(answers, data.truth), apart(said(data.own), data.y)];
      return { answers, error, training, length: Math.hypot(...weights) };
    };
    return { features, points, truth: data.truth, now: fit(features), error: (count) => fit(count).error };
  },

  draw(picture, { width, height }, { widths }, { stored }) {
    const wide = 0.6 * width;
    const by = picture.panel(
      { x: 0, width: wide, height },
      {
        x: { low: 4.5, high: 1100, log: true, ticks: COUNTS.map((n) => [n, n.toLocaleString("en")]), label: "features" },
        y: { low: 0.01, high: 1e4, log: true, ticks: decades(-2, 4), label: "test error (log)" },
      },
    );
    const [low, high] = SAID;
    const ticks = [-4, -2, 0, 2, 4];
    const said = picture.panel(
      { x: wide, width: width - wide, height },
      { x: { low, high, ticks, label: "truth" }, y: { low, high, ticks, label: "the fit says" } },
    );
    talksCurve(by, stored, ["the slide’s, no ridge"], 0.97, 0.06, "end");
    const [many, error, here] = [by.line("truth"), by.line("overfit"), by.dots()];
    by.label("dashed: as many features as points", "truth", 0.03, 0.96);
    said.line("truth")(SAID, SAID);
    const answers = said.dots("signal");
    said.label("fresh points", "signal", 0.03, 0.06);
    return ({ seen }) => {
      const { features, points, truth, now } = seen;
      const at = [...new Set([...widths, features, points])].sort((a, b) => a - b);
      error(at, at.map(seen.error));
      many([points, points], [0.01, 1e4]);
      here([features], [now.error]);
      const inside = truth.map((_, i) => i).filter((i) => Math.abs(now.answers[i]) < high);
      answers(inside.map((i) => truth[i]), inside.map((i) => now.answers[i]));
    };
  },

  digits: 3,
  says({ seen: { now } }) {
    return [
      ["test error", now.error],
      ["training error", now.training < MET ? 0 : now.training],
      ["length of the weights", now.length],
    ];
  },
};

// A number that torch.rand gives after the same seed.
function uniform(dice) {
  return (dice.next() & 0xffffff) * 2 ** -24;
}

// Weights of least squares with ridge, the shortest ones where several fit. Without ridge, of up to as many
// features as points, by QR; else by normal equations, of features or of points, whichever are fewer.
function solved(rows, y, strength) {
  const [phi, targets] = [new Matrix(rows), Matrix.columnVector(y)];
  const [turned, narrow] = [phi.transpose(), phi.columns <= phi.rows];
  if (narrow && strength === 0) return new QrDecomposition(phi).solve(targets).to1DArray();
  const gram = narrow ? turned.mmul(phi) : phi.mmul(turned);
  const pulled = new LuDecomposition(gram.add(Matrix.eye(gram.rows).mul(strength)));
  const found = narrow ? pulled.solve(turned.mmul(targets)) : turned.mmul(pulled.solve(targets));
  return found.to1DArray();
}

function apart(some, others) {
  return some.reduce((sum, value, i) => sum + (value - others[i]) ** 2, 0) / some.length;
}
