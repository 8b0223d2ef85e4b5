// Three losses against a logit, with the tangent: prediction − target is its slope. Nothing trains; the
// formulas are those of `pairs.py`.
import { plain, written } from "live/numbers.js";

const REACH = 6; // of the logit
const MOST = 9; // of a loss that is drawn
const GRID = Array.from({ length: 121 }, (_, i) => (i * REACH) / 60 - REACH);
const TANGENT = [-1.5, 1.5];

export const demo = {
  title: "Squared error, binary cross-entropy and cross-entropy against a logit, each with its tangent",
  sliders: [
    { name: "logit", label: "Logit" },
    { name: "target", label: "Target" },
    { name: "other", label: "Softmax: other logit" },
  ],

  data: ({ target, other }) => ({ target, other }),

  solve: ({ logit }, { target, other }) => ({
    logit,
    now: PAIRS.map(({ of }) => of(logit, target, other)),
    losses: PAIRS.map(({ of }) => GRID.map((z) => of(z, target, other).loss)),
  }),

  draw(picture, { width, height }, _, { stored }) {
    const wide = width / PAIRS.length;
    const above = 104;
    const inside = height - above - 78; // px that a panel is high
    const panels = PAIRS.map(({ name }, n) => {
      const panel = picture.panel(
        { x: n * wide, width: wide, height, above },
        {
          x: { low: -REACH, high: REACH, ticks: [-6, -3, 0, 3, 6], label: "logit" },
          y: { low: 0, high: MOST, ticks: [0, 3, 6, 9], label: n ? "" : "loss" },
        },
      );
      if (n === 1 && stored) panel.line("talk")(...stored);
      const [curve, tangent, dot] = [panel.line("network"), panel.line("overfit"), panel.dots()];
      panel.label(name, "", 0, -84 / inside);
      const loss = panel.label("", "network", 0, -50 / inside);
      const push = panel.label("", "overfit", 0, -16 / inside);
      return { curve, tangent, dot, loss, push };
    });
    return ({ seen: { logit, now, losses }, data: { target } }) => {
      panels.forEach(({ curve, tangent, dot, loss, push }, n) => {
        const found = now[n];
        curve(GRID, losses[n]);
        tangent(TANGENT.map((far) => logit + far), TANGENT.map((far) => found.loss + far * found.slope));
        dot([logit], [found.loss]);
        loss.textContent = `loss ${short(found.loss)}`;
        push.textContent = `gradient ${short(found.prediction)} − ${plain(target)} = ${short(found.slope)}`;
      });
    };
  },

  digits: 2,
  says: ({ seen: { now } }) => PAIRS.map(({ word }, n) => [`gradient ${word}`, now[n].slope]),
};

// Of a logit and its target: prediction, loss, and the loss's slope by the logit.
const PAIRS = [
  {
    word: "none",
    name: "none, squared error",
    of: (z, t) => ({ prediction: z, loss: (z - t) ** 2 / 2, slope: z - t }),
  },
  {
    word: "sigmoid",
    name: "sigmoid, cross-entropy",
    of(z, t) {
      const p = 1 / (1 + Math.exp(-z));
      return { prediction: p, loss: Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - t * z, slope: p - t };
    },
  },
  {
    word: "softmax",
    name: "softmax, cross-entropy",
    // beside it `other` and 0, which share what the target leaves
    of(z, t, other) {
      const logits = [z, other, 0];
      const most = Math.max(...logits);
      const whole = most + Math.log(logits.reduce((sum, one) => sum + Math.exp(one - most), 0));
      const p = Math.exp(z - whole);
      return { prediction: p, loss: whole - t * z - ((1 - t) / 2) * other, slope: p - t };
    },
  },
];

function short(value) {
  const rounded = Math.round(value * 1000) / 1000;
  return rounded === 0 || Number.isInteger(rounded) ? `${rounded}`.replace("-", "−") : written(value, 2);
}
