// One training set after another, and the polynomial closest to each: `compute.training_sets` with the same
// seed, drawn here. Nothing trains: each fit is solved.
import { Matrix, QrDecomposition } from "ml-matrix";
import { mersenne } from "pure-rand/generator/mersenne";
import { inOneLine, talksCurve } from "live/panels.js";
import { decades } from "live/picture.js";

const OUT = [-9, 9]; // beyond the panel, where one fit of the cloud goes over into the next

export const demo = {
  title: "Polynomials fitted to one training set after another, their mean, and their test error",
  sliders: [
    { name: "sets", label: "Training sets" },
    { name: "degree", label: "Degree" },
    { name: "points", label: "Points in each" },
    { name: "seed", label: "Seed" },
  ],

  // x and y of each training set
  data({ seed, sets, points, noise }) {
    const dice = mersenne(seed);
    return Array.from({ length: sets }, () => {
      const [x, first, second] = [0, 1, 2].map(() => uniform(dice, points));
      const y = x.map((at, i) => curve(at) + noise * normal(first[i], second[i]));
      return { x, y };
    });
  },

  // every set's polynomial, as a function of many x: a row a set
  solve({ degree }, sets) {
    const weights = sets.map(({ x, y }) =>
      new QrDecomposition(new Matrix(basis(x, degree))).solve(Matrix.columnVector(y)),
    );
    return (at) => {
      const rows = new Matrix(basis(at, degree));
      return weights.map((one) => rows.mmul(one).to1DArray());
    };
  },

  draw(picture, { width, height }, { grid, truth }, { fixed, stored }) {
    const left = 0.5 * width;
    const ticks = [0, 0.5, 1];
    const cloud = picture.panel(
      { x: 0, width: left, height },
      { x: { low: 0, high: 1, ticks, label: "x" }, y: { low: -0.7, high: 1.8, ticks: [0, 1], label: "y" } },
    );
    const error = picture.panel(
      { x: left, width: width - left, height },
      {
        x: { low: 1, high: 200, log: true, ticks: [1, 2, 5, 10, 20, 50, 100, 200], label: "training sets drawn" },
        y: { low: 0.08, high: 1e5, log: true, ticks: decades(-1, 5), label: "test error (log)" },
      },
    );
    const [many, talk] = [cloud.line("cloud"), stored];
    talksCurve(cloud, talk, ["the slide’s mean"], 0.97, 0.96, "end");
    cloud.line("truth")(grid, truth);
    const [last, mean, dots] = [cloud.line("network"), cloud.line("signal"), cloud.dots()];
    cloud.label("mean", "signal", 0.03, 0.08);
    cloud.label("last fit", "network", 0.97, 0.08, "end");
    cloud.label("truth", "truth", 0.03, 0.96);
    const [means, medians, noise] = [error.line("overfit"), error.line("regularized"), error.line("truth")];
    error.label("mean over sets", "overfit", 0.97, 0.08, "end");
    error.label("median over sets", "regularized", 0.97, 0.18, "end");
    error.label("noise alone", "truth", 0.97, 0.28, "end");
    return (run) => {
      const fits = run.seen(grid);
      const { x, y } = run.data.at(-1);
      dots(x, y);
      many(...inOneLine(grid, fits, OUT));
      last(grid, fits.at(-1));
      mean(grid, grid.map((_, i) => average(fits.map((fit) => fit[i]))));
      const errors = errorsOf(fits, truth, fixed.noise);
      const drawn = errors.map((_, n) => n + 1);
      means(drawn, drawn.map((n) => average(errors.slice(0, n))));
      medians(drawn, drawn.map((n) => median(errors.slice(0, n))));
      noise([1, 200], [fixed.noise ** 2, fixed.noise ** 2]);
    };
  },

  digits: 3,
  says({ seen }, { grid, truth }, { noise }) {
    const fits = seen(grid);
    const errors = errorsOf(fits, truth, noise);
    const variance = average(grid.map((_, i) => varianceOf(fits.map((fit) => fit[i]))));
    return [
      ["bias²", average(errors) - noise ** 2 - variance],
      ["variance", variance],
      ["mean test error", average(errors)],
      ["median test error", median(errors)],
    ];
  },
};

// The numbers that torch.rand gives after the same seed.
function uniform(dice, count) {
  return Array.from({ length: count }, () => (dice.next() & 0xffffff) * 2 ** -24);
}

// Standard normal from two of them (Box and Muller 1958).
function normal(first, second) {
  return Math.sqrt(-2 * Math.log1p(-first)) * Math.cos(2 * Math.PI * second);
}

function curve(x) {
  return 2 ** (-10 * (x - 0.5) ** 2);
}

// Legendre polynomials up to a degree, on [0, 1]: a row for each x.
function basis(x, degree) {
  return x.map((at) => {
    const u = 2 * at - 1;
    const row = [1, u];
    for (let k = 1; k < degree; k++) row.push(((2 * k + 1) * u * row[k] - k * row[k - 1]) / (k + 1));
    return row.slice(0, degree + 1);
  });
}

// Expected squared error of each fit on fresh points: its distance from the curve, and the noise.
function errorsOf(fits, truth, noise) {
  return fits.map((fit) => average(fit.map((value, i) => (value - truth[i]) ** 2)) + noise ** 2);
}

function average(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values) {
  const middle = average(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
}
