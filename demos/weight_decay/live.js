// A weight that no data hold, under Adam with L2 and under AdamW: `noise.walks` after the same seed, walked here.
import { mersenne } from "pure-rand/generator/mersenne";
import { talksCurve } from "live/panels.js";

const WAYS = { coupled: "network", decoupled: "regularized" }; // and their colours
const [B1, B2, EPS] = [0.9, 0.999, 1e-8];
const EACH = 20; // of a way's steps: more than an eye can tell apart

export const demo = {
  title: "A weight under Adam with L2 and under AdamW against the step, and what is left of it by the noise",
  sliders: [
    { name: "size", label: "Gradient noise s" },
    { name: "decay", label: "Strength λ" },
    { name: "lr", label: "Learning rate" },
    { name: "seed", label: "Seed" },
  ],

  // noise of standard deviation 1, the numbers that torch.rand gives: a row a step
  data({ seed, count, copies }, given) {
    const dice = mersenne(seed);
    const one = () => Math.sqrt(12) * ((dice.next() & 0xffffff) * 2 ** -24 - 0.5);
    return { ...given, drawn: Array.from({ length: count }, () => Array.from({ length: copies }, one)) };
  },

  solve({ size, decay, lr }, { drawn, sizes, along }) {
    const found = {};
    for (const way of Object.keys(WAYS)) {
      found[way] = {
        path: walked(drawn, size, decay, lr, way),
        said: expected(size, decay, lr, way, drawn.length),
        kept: sizes.map((s) => walked(drawn, s, decay, lr, way).at(-1)),
        along: along.map((s) => expected(s, decay, lr, way, drawn.length).at(-1)),
      };
    }
    return { ...found, size };
  },

  draw(picture, { width, height }, { sizes, along }, { stored }) {
    const half = width / 2;
    const weight = { low: 0, high: 1.2, ticks: [0, 0.5, 1], label: "weight" };
    const left = picture.panel(
      { x: 0, width: half, height },
      { x: { low: 0, high: 2000, ticks: [0, 1000, 2000], label: "step" }, y: weight },
    );
    const noise = { low: 0.08, high: 12.5, log: true, ticks: [0.1, 1, 10], label: "noise s (log scale)" };
    const right = picture.panel({ x: half, width: half, height }, { x: noise, y: weight });
    talksCurve(left, stored, ["the slide’s L2"], 0.03, 0.96, "start");
    left.label("Adam with L2", "network", 0.03, 0.06);
    left.label("AdamW", "regularized", 0.97, 0.06, "end");
    right.label("dashed: by the formula", "truth", 0.03, 0.06);
    right.label("upright: your s", "truth", 0.03, 0.17);
    const lines = Object.entries(WAYS).map(([way, color]) => ({
      way,
      path: left.line(color),
      said: left.line(`truth ${way}`),
      along: right.line(`truth ${way}`),
      kept: right.line(color),
    }));
    const mark = right.line("truth");
    return ({ seen }) => {
      for (const { way, path, said, along: curve, kept } of lines) {
        const own = seen[way];
        const some = own.path.map((_, step) => step).filter((step) => step % EACH === 0);
        path(some, some.map((step) => own.path[step]));
        said(some, some.map((step) => own.said[step]));
        curve(along, own.along);
        kept(sizes, own.kept);
      }
      mark([seen.size, seen.size], [0, 1.2]);
    };
  },

  digits: 3,
  says({ seen: { coupled, decoupled } }) {
    return [
      ["Adam with L2 keeps", coupled.path.at(-1)],
      ["by the formula", coupled.said.at(-1)],
      ["AdamW keeps", decoupled.path.at(-1)],
    ];
  },
};

// Adam on noise of this size, from 1: the mean of the copies before each step and after the last.
function walked(drawn, size, decay, lr, way) {
  const copies = drawn[0].length;
  const [w, mean, square] = [1, 0, 0].map((value) => new Array(copies).fill(value));
  const path = [1];
  let [left1, left2] = [1, 1];
  for (const row of drawn) {
    [left1, left2] = [left1 * B1, left2 * B2];
    let sum = 0;
    for (let i = 0; i < copies; i++) {
      const pull = decay * w[i];
      const g = size * row[i] + (way === "coupled" ? pull : 0);
      mean[i] = B1 * mean[i] + (1 - B1) * g;
      square[i] = B2 * square[i] + (1 - B2) * g * g;
      const share = mean[i] / (1 - left1) / (Math.sqrt(square[i] / (1 - left2)) + EPS);
      w[i] -= lr * share + (way === "decoupled" ? lr * pull : 0);
      sum += w[i];
    }
    path.push(sum / copies);
  }
  return path;
}

// What the rule λ w / √(s² + λ² w²) says of it.
function expected(size, decay, lr, way, steps) {
  const path = [1];
  for (let step = 0; step < steps; step++) {
    const w = path.at(-1);
    const pull = decay * w;
    path.push(w - lr * (way === "coupled" ? pull / Math.hypot(size, pull) : pull));
  }
  return path;
}
