// Noisy steps to the best line: `paths.walks` with the same seed, walked here.
import { mersenne } from "pure-rand/generator/mersenne";
import { inOneLine, talksCurve } from "live/panels.js";
import { decades } from "live/picture.js";

const OUT = [-0.2, 1.2]; // beyond the panel, as shares of its width
const DRAWN = 64; // steps of each of many paths: more than an eye can tell apart

export const demo = {
  title: "Paths of noisy steps on rings of equal loss; their loss against the step",
  sliders: [
    { name: "batch", label: "Batch" },
    { name: "lr", label: "Learning rate" },
    { name: "clock", label: "Equal" },
    { name: "seed", label: "Seed" },
  ],

  data: ({ seed, batch, clock, count, moves, passes, runs, start, alike }, given) => ({
    ...given,
    ...{ seed, count, runs, start, alike },
    passes: clock === "epochs" ? passes : (moves * batch) / count,
    wholes: clock === "epochs" ? passes : moves,
  }),

  // every path's places, before the first step and after each; and that of all points at once
  solve({ batch, lr }, { x, y, seed, count, runs, passes, wholes, start }) {
    const dice = mersenne(seed);
    const step = ([a, b], some) => {
      let [da, db] = [0, 0];
      for (const i of some) {
        const off = a + b * x[i] - y[i];
        [da, db] = [da + off, db + off * x[i]];
      }
      return [a - (lr * da) / some.length, b - (lr * db) / some.length];
    };
    const walked = (batches) => batches.reduce((path, some) => [...path, step(path.at(-1), some)], [start]);
    const all = Array.from({ length: count }, (_, i) => i);
    const paths = Array.from({ length: runs }, () =>
      walked(Array.from({ length: passes }, () => parts(shuffled(dice, count), batch)).flat()),
    );
    return { paths, whole: walked(new Array(wholes).fill(all)) };
  },

  draw(picture, { width, height }, { rings, best, curved }, { stored }) {
    const left = 0.46 * width;
    const map = picture.panel(
      { x: 0, width: left, height },
      {
        x: { low: -1.6, high: 2.2, ticks: [-1, 0, 1, 2], label: "intercept" },
        y: { low: -0.8, high: 2.6, ticks: [0, 1, 2], label: "slope" },
      },
    );
    const curve = picture.panel(
      { x: left, width: width - left, height },
      {
        x: { low: 0, high: 128, ticks: [0, 64, 128], label: "step" },
        y: { low: 1e-5, high: 10, log: true, ticks: decades(-5, 1), label: "loss over the best (log)" },
      },
    );
    for (const [a, b] of rings) map.line("truth")(a, b);
    talksCurve(map, stored, ["the slide’s path"], 0.97, 0.96, "end");
    const [path, ends] = [map.line("network"), map.dots()];
    map.label("one path", "network", 0.03, 0.08);
    map.label("dots: where all end", "", 0.97, 0.08, "end");
    const [many, own, whole] = [curve.line("cloud"), curve.line("network"), curve.line("truth")];
    curve.label("one path, others pale", "network", 0.97, 0.08, "end");
    curve.label("all points at once", "truth", 0.97, 0.18, "end");
    return ({ seen }) => {
      const first = seen.paths[0];
      path(first.map(([a]) => a), first.map(([, b]) => b));
      const last = seen.paths.map((each) => each.at(-1));
      ends(last.map(([a]) => a), last.map(([, b]) => b));
      const steps = first.length - 1;
      curve.reach("x", steps);
      const few = thinned(steps);
      const lost = (each, at) => at.map((n) => excess(each[n], best, curved));
      many(...inOneLine(few, seen.paths.map((each) => lost(each, few)), OUT.map((share) => share * steps)));
      const every = first.map((_, n) => n);
      own(every, lost(first, every));
      const wholes = seen.whole.map((_, n) => n);
      whole(wholes, lost(seen.whole, wholes));
    };
  },

  digits: 3,
  says({ seen, data }, { best, curved }) {
    const lost = seen.paths.map((each) => excess(each.at(-1), best, curved));
    const whole = excess(seen.whole.at(-1), best, curved);
    return [
      ["steps", seen.paths[0].length - 1],
      ["epochs", data.passes],
      ["mean loss of paths", lost.reduce((sum, one) => sum + one, 0) / lost.length],
      ["of all points", whole],
      ["paths below it", lost.filter((one) => one < whole * (1 - data.alike)).length],
    ];
  },
};

// The numbers that torch.rand gives after the same seed, sorted as its argsort sorts them.
function shuffled(dice, count) {
  const drawn = Array.from({ length: count }, () => dice.next() & 0xffffff);
  return drawn.map((_, i) => i).sort((i, j) => drawn[i] - drawn[j]);
}

function parts(rows, size) {
  return Array.from({ length: rows.length / size }, (_, k) => rows.slice(k * size, (k + 1) * size));
}

// Half the mean squared error over that of the best line.
function excess([a, b], best, curved) {
  const [da, db] = [a - best[0], b - best[1]];
  return (curved[0][0] * da * da + 2 * curved[0][1] * da * db + curved[1][1] * db * db) / 2;
}

// Some of the steps from the first to the last.
function thinned(steps) {
  const few = Math.min(steps, DRAWN);
  return Array.from({ length: few + 1 }, (_, k) => Math.round((k * steps) / few));
}
