// A network that learns mixed and noisy points: what two steps see, how sure it is where, its log loss.
import { end } from "live/panels.js";
import { mersenne } from "pure-rand/generator/mersenne";

const CLASSES = 3; // outputs; point n is of class n % classes, as `compute_mixup.plane` has it
const STEPS = 2; // whose points are shown as rings
const LOWEST = 0.02; // log loss

export const demo = {
  title: "Points and what two steps see of them, how sure the network is on a map, and its log loss",
  sliders: [
    { name: "which", label: "Which points", restarts: true },
    { name: "mixup", label: "Mixup, share of steps" },
    { name: "noise", label: "Noise on inputs" },
    { name: "seed", label: "Seed", restarts: true },
  ],

  start: ({ seed }) => ({ net: "mixed-2-64-64-3", from: seed }),

  // points, and where the network is asked: the map's cells row by row from below, then fresh points
  data({ which, seed, side, reach }, data) {
    const classes = data.classes[which];
    const own = data.points[which][seed];
    const centre = (k) => reach * ((2 * k + 1) / side - 1);
    const cells = Array.from({ length: side * side }, (_, i) => [centre(i % side), centre(Math.floor(i / side))]);
    const y = own.flatMap((_, n) => Array.from({ length: CLASSES }, (_, k) => Number(k === n % classes)));
    const grid = [...cells, ...data.fresh[which]].flat();
    return { x: own.flat(), y, grid, own, classes, cells: cells.length };
  },

  // what is remembered of each look: log loss and share right on fresh points
  look({ values }, { classes, cells }) {
    const found = rows(values).slice(cells);
    const mean = (of) => found.reduce((sum, logits, n) => sum + of(logits, logits[n % classes]), 0) / found.length;
    return {
      lost: mean((logits, own) => logSum(logits) - own),
      right: mean((logits, own) => Number(own === Math.max(...logits))),
    };
  },

  draw(picture, { width, height }, _, { steps, fixed: { side, reach, every }, stored }) {
    const wide = width / 3;
    const axis = { low: -reach, high: reach, ticks: [-3, 0, 3] };
    const axes = { x: { ...axis, label: "first input" }, y: { ...axis, label: "second input" } };
    const [plane, map] = [0, 1].map((i) => picture.panel({ x: i * wide, width: wide, height }, axes));
    const loss = picture.panel(
      { x: 2 * wide, width: wide, height },
      {
        x: { low: 0, high: 1, label: "step" },
        y: { low: LOWEST, high: 6, log: true, ticks: [0.03, 0.1, 0.3, 1, 3], label: "log loss (log scale)" },
      },
    );
    const [rings, dots] = [plane.dots("signal"), plane.dots()];
    plane.label("dots: data", "", 0.03, 0.07);
    plane.label("rings: seen in two steps", "signal", 0.03, 0.97);
    const shades = map.shades("network", side, side);
    const fixedDots = map.dots();
    map.label("blue: sure", "network", 0.03, 0.07);
    const talk = stored && loss.line("talk");
    if (stored) loss.label("blobs, plain", "talk", 0.97, 0.07, "end");
    const lost = loss.line("network");
    loss.label("fresh points", "network", 0.03, 0.97);
    return (run) => {
      const { own, classes, cells } = run.data;
      const sure = rows(run.seen.values)
        .slice(0, cells)
        .map((logits) => Math.exp(Math.max(...logits) - logSum(logits)));
      shades(sure.map((share) => (share - 1 / classes) / (1 - 1 / classes)));
      for (const put of [dots, fixedDots]) put(...columns(own));
      rings(...columns(seen(own, run.history.values)));
      loss.reach("x", end(run, steps));
      talk?.(...stored); // where the axis is by now
      const shown = run.looks.filter(({ step }, i) => step % every === 0 || i === run.looks.length - 1);
      lost(shown.map(({ step }) => step), shown.map((look) => look.lost));
    };
  },

  trouble: ({ seen }) =>
    [...seen.values, seen.loss].every(Number.isFinite) ? "" : "The step is too long: the logits left all bounds.",

  says: (run) => [
    ["right", run.looks.at(-1).right],
    ["log loss", run.looks.at(-1).lost],
  ],
};

// What some steps make of the points: each mixes all of them in the same shares, or none, then adds noise.
// Dice of the picture's own: what the network is given is as likely, and not the same.
function seen(points, { mixup, noise }) {
  const dice = mersenne(points.length);
  const uniform = () => (dice.next() & 0xffffff) * 2 ** -24;
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return Array.from({ length: STEPS }, () => {
    const [coin, lot] = [uniform(), uniform()];
    const share = coin < mixup ? lot : 1;
    return points.map((point) => {
      const other = points[Math.floor(uniform() * points.length)];
      return point.map((value, axis) => share * value + (1 - share) * other[axis] + noise * normal());
    });
  }).flat();
}

// Logits, three a row.
function rows(values) {
  return Array.from({ length: values.length / CLASSES }, (_, i) =>
    Array.from({ length: CLASSES }, (_, k) => values[CLASSES * i + k]),
  );
}

function logSum(logits) {
  const most = Math.max(...logits);
  return most + Math.log(logits.reduce((sum, one) => sum + Math.exp(one - most), 0));
}

function columns(points) {
  return [points.map(([first]) => first), points.map(([, second]) => second)];
}
