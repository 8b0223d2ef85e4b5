// A network of any width and depth on two rings: where it says "inner", and its log loss on fresh points.
import { end } from "live/panels.js";

export const demo = {
  title: "A map of where the network says inner ring, and its log loss on fresh points",
  sliders: [
    { name: "units", label: "Units in a hidden layer", restarts: true },
    { name: "layers", label: "Hidden layers", restarts: true },
    { name: "lr", label: "Learning rate" },
    { name: "seed", label: "Seed", restarts: true },
  ],

  start: ({ units, layers, seed }) => ({ net: `rings-${shape(units, layers).join("-")}`, from: seed }),

  // points, and where the network is asked: the map's cells row by row from below, then fresh points
  data({ seed, side, reach }, { points, classes, fresh, freshClasses }) {
    const centre = (k) => reach * ((2 * k + 1) / side - 1);
    const cells = Array.from({ length: side * side }, (_, i) => [centre(i % side), centre(Math.floor(i / side))]);
    const grid = [...cells, ...fresh].flat();
    return { x: points[seed].flat(), y: classes[seed], grid, own: points[seed], freshClasses, cells: cells.length };
  },

  // what is remembered of each look: log loss and share right on fresh points
  look({ values }, { freshClasses, cells }) {
    const logits = values.slice(cells);
    const mean = (of) => freshClasses.reduce((sum, y, n) => sum + of(logits[n], y), 0) / freshClasses.length;
    return {
      lost: mean((logit, y) => softplus(logit) - y * logit),
      right: mean((logit, y) => Number(logit > 0 === y > 0.5)),
    };
  },

  draw(picture, { width, height }, _, { steps, fixed: { side, reach, every }, stored }) {
    const half = width / 2;
    const axis = { low: -reach, high: reach, ticks: [-1, 0, 1] };
    const map = picture.panel(
      { x: 0, width: half, height },
      { x: { ...axis, label: "first input" }, y: { ...axis, label: "second input" } },
    );
    const loss = picture.panel(
      { x: half, width: half, height },
      { x: { low: 0, high: 1, label: "step" }, y: { low: 0, high: 0.8, ticks: [0, 0.4, 0.8], label: "log loss" } },
    );
    const shades = map.shades("network", side, side);
    const [outer, inner] = [map.dots(), map.dots("signal")];
    map.label("blue: says inner", "network", 0.03, 0.07);
    const talk = stored && loss.line("talk");
    if (stored) loss.label("grey: the slide’s run", "talk", 0.03, 0.93);
    const lost = loss.line("network");
    const name = loss.label("", "network", 0.97, 0.07, "end");
    return (run) => {
      const { own, y, cells } = run.data;
      shades([...run.seen.values].slice(0, cells).map((logit) => 1 / (1 + Math.exp(-logit))));
      outer(...columns(own.filter((_, n) => !y[n])));
      inner(...columns(own.filter((_, n) => y[n])));
      loss.reach("x", end(run, steps));
      talk?.(...stored); // where the axis is by now
      const shown = run.looks.filter(({ step }, i) => step % every === 0 || i === run.looks.length - 1);
      lost(shown.map(({ step }) => step), shown.map((look) => look.lost));
      const { units, layers } = run.history.values;
      name.textContent = `${shape(units, layers).join("-")}: ${count(shape(units, layers))} numbers`;
    };
  },

  trouble: ({ seen }) =>
    [...seen.values, seen.loss].every(Number.isFinite) ? "" : "The step is too long: the answers left all bounds.",

  says: (run) => [
    ["right", run.looks.at(-1).right],
    ["log loss", run.looks.at(-1).lost],
  ],
};

// Units per layer, ends included; with no hidden layer a line.
function shape(units, layers) {
  return [2, ...Array(layers).fill(units), 1];
}

// Weights and biases.
function count(widths) {
  return widths.slice(1).reduce((sum, outputs, n) => sum + (widths[n] + 1) * outputs, 0);
}

function softplus(value) {
  return Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
}

function columns(points) {
  return [points.map(([first]) => first), points.map(([, second]) => second)];
}
