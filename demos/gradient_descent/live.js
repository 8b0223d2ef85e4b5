// Gradient descent on a curve with four valleys and on three hills: `compute.walk`, walked here.
import { talksCurve } from "live/panels.js";

const DOTTED = 51; // places of a path that get a dot
const LOW = -1.2;
const HIGH = 5.2;

export const demo = {
  title: "The path of gradient descent on a curve with four valleys, and on a surface with three hills",
  size: { height: 318 },
  sliders: [
    { name: "start", label: "Start x" },
    { name: "second", label: "Start y, right" },
    { name: "lr", label: "Learning rate" },
    { name: "momentum", label: "Momentum" },
    { name: "rate", label: "The rate" },
    { name: "steps", label: "Steps" },
  ],

  data: (values) => values,

  // every place on the way: [x] on the curve, [x, y] on the surface
  solve({ start, second, ...how }) {
    const line = walk(([x]) => [slope(x)], [start], how);
    const plane = walk(gradient, [start, second], how);
    return Object.assign(() => {}, { line, plane });
  },

  draw(picture, { width, height }, { grid, heights, levels }, { stored }) {
    const half = width / 2;
    const curve = picture.panel(
      { x: 0, width: half, height },
      {
        x: { low: -2.1, high: 2.1, ticks: [-2, -1, 0, 1, 2], label: "x" },
        y: { low: LOW, high: HIGH, ticks: [0, 2, 4], label: "cos(2πx) + x²" },
      },
    );
    const surface = picture.panel(
      { x: half, width: half, height },
      {
        x: { low: -3, high: 3, ticks: [-2, 0, 2], label: "x" },
        y: { low: -3, high: 3, ticks: [-2, 0, 2], label: "y" },
      },
    );
    talksCurve(curve, stored, ["the slide’s path"], 0.5, 0.08);
    curve.line("truth")(grid, heights);
    for (const [xs, ys] of levels) surface.line("level")(xs, ys);
    const paths = [curve, surface].map((panel) => {
      const [line, dots] = [panel.line("network"), panel.dots()];
      const [ring, end] = [panel.dots("signal"), panel.dots("regularized")];
      return (xs, ys) => {
        line(xs, ys);
        dots(xs.slice(0, DOTTED), ys.slice(0, DOTTED));
        ring(xs.slice(0, 1), ys.slice(0, 1));
        end(xs.slice(-1), ys.slice(-1));
      };
    });
    curve.label("ring: start", "signal", 0.5, 0.2, "middle");
    curve.label("green: end", "regularized", 0.5, 0.31, "middle");
    surface.label("deepest: below", "truth", 0.99, 0.96, "end");
    return ({ seen: { line, plane } }) => {
      const xs = line.map(([x]) => x);
      paths[0](xs, xs.map(valleys));
      paths[1](plane.map(([x]) => x), plane.map(([, y]) => y));
    };
  },

  digits: 3,
  says({ seen: { line, plane } }) {
    const [x] = line.at(-1);
    return [
      ["left: x", x],
      ["height", valleys(x)],
      ["right: height", peaks(plane.at(-1))],
    ];
  },
};

// x and after each step; the rate stays, or falls in a straight line to 0.
function walk(gradient, start, { lr, momentum, rate, steps }) {
  let [place, velocity] = [start, start.map(() => 0)];
  const path = [place];
  for (let step = 0; step < steps; step++) {
    const down = gradient(place);
    const factor = rate === "stays" ? lr : lr * (1 - step / steps);
    velocity = velocity.map((value, i) => momentum * value + down[i]);
    place = place.map((value, i) => value - factor * velocity[i]);
    path.push(place);
  }
  return path;
}

function valleys(x) {
  return Math.cos(2 * Math.PI * x) + x * x;
}

function slope(x) {
  return -2 * Math.PI * Math.sin(2 * Math.PI * x) + 2 * x;
}

// The three terms of the surface: [factor, its partial derivatives, the bell, and where its middle is].
function hills([x, y]) {
  const bell = (a, b) => [Math.exp(-((x + a) ** 2) - (y + b) ** 2), [a, b]];
  return [
    [3 * (1 - x) ** 2, [-6 * (1 - x), 0], ...bell(0, 1)],
    [-10 * (x / 5 - x ** 3 - y ** 5), [-2 + 30 * x ** 2, 50 * y ** 4], ...bell(0, 0)],
    [-1 / 3, [0, 0], ...bell(1, 0)],
  ];
}

function peaks(place) {
  return hills(place).reduce((sum, [factor, , bell]) => sum + factor * bell, 0);
}

function gradient(place) {
  const terms = hills(place);
  return place.map((value, axis) =>
    terms.reduce((sum, [factor, slopes, bell, middle]) => {
      return sum + (slopes[axis] - 2 * factor * (value + middle[axis])) * bell;
    }, 0),
  );
}
