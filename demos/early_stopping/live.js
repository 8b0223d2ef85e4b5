// Early stopping: a network in training, its error at the dots and at held-out points; what is kept.
import { end, rmse, talksCurve } from "live/panels.js";
import { trouble } from "live/trouble.js";

const SHOWN = [-0.6, 1.7];

export const demo = {
  title: "A network in training, its error at its points and at held-out points, and the step that is kept",
  sliders: [
    { name: "patience", label: "Patience, in steps" },
    { name: "noise", label: "Noise", restarts: true },
    { name: "lr", label: "Learning rate" },
    { name: "seed", label: "Seed", restarts: true },
  ],

  start: ({ seed }) => ({ net: "1-100-100-1", from: seed }),

  data({ seed, noise }, data) {
    const noisy = (clean, noises) => clean.map((value, i) => value + noise * noises[seed][i]);
    const heldY = noisy(data.heldClean, data.heldNoise);
    const grid = [...data.heldX, ...data.testX];
    return { x: data.x, y: noisy(data.clean, data.noise), heldX: data.heldX, heldY, grid };
  },

  // what is remembered of each look: both errors, and the curve
  look({ loss, values }, { y, heldY }) {
    const held = rmse([...values].slice(0, heldY.length), heldY);
    return { held, training: Math.sqrt(loss / y.length), fit: [...values].slice(heldY.length) };
  },

  draw(picture, { width, height }, data, { steps, fixed, stored }) {
    const half = width / 2;
    const fit = picture.panel(
      { x: 0, width: half, height },
      {
        x: { low: -0.03, high: 1.03, ticks: [0, 0.5, 1], label: "x" },
        y: { low: SHOWN[0], high: SHOWN[1], ticks: [0, 1], label: "y" },
      },
    );
    const errors = picture.panel(
      { x: half, width: half, height },
      {
        x: { low: 0, high: 1, label: "step" },
        y: { low: 0.05, high: 1, log: true, ticks: [0.1, 0.2, 0.5, 1], label: "RMSE (log scale)" },
      },
    );
    talksCurve(fit, stored, ["the slide’s kept fit"], 0.98, 0.96, "end");
    fit.line("truth")(data.testX, data.testY);
    const [now, kept] = [fit.line("overfit"), fit.line("regularized")];
    const [dots, rings] = [fit.dots(), fit.dots("signal")];
    fit.label("network now", "overfit", 0.02, 0.06);
    fit.label("kept", "regularized", 0.98, 0.06, "end");
    fit.label("rings: held out", "signal", 0.02, 0.96);
    const [training, held] = [errors.line("network"), errors.line("signal")];
    const [ended, best] = [errors.line("truth"), errors.dots("regularized")];
    errors.label("held out", "signal", 0.98, 0.06, "end");
    errors.label("trained on", "network", 0.98, 0.96, "end");
    errors.label("dashed: patience ends", "truth", 0.02, 0.96);
    return (run) => {
      now(data.testX, run.looks.at(-1).fit);
      dots(run.data.x, run.data.y);
      rings(run.data.heldX, run.data.heldY);
      errors.reach("x", end(run, steps));
      const shown = run.looks.filter((look, i) => counts(look, fixed) || i === run.looks.length - 1);
      const all = shown.map(({ step }) => step);
      training(all, shown.map((look) => look.training));
      held(all, shown.map((look) => look.held));
      const { look, stop } = stopped(run, fixed);
      kept(data.testX, look.fit);
      best([look.step], [look.held]);
      ended(stop === null ? [] : [stop, stop], stop === null ? [] : [0.05, 1]);
    };
  },

  trouble: (run) => trouble(run.seen, SHOWN),

  says(run, data, fixed) {
    const { look } = stopped(run, fixed);
    return [
      ["held out now", run.looks.at(-1).held],
      [`lowest, at step ${look.step}`, look.held],
      ["kept, to the curve", rmse(look.fit, data.testY)],
    ];
  },
};

// Frames end anywhere; what is kept must not depend on them.
function counts({ step }, { every }) {
  return step % every === 0;
}

// The look that is kept, and the step at which patience ended, or null: `compute.kept`, patience in steps.
function stopped({ looks, history }, fixed) {
  const { patience } = history.values;
  let best = looks[0];
  for (const look of looks.filter((look) => counts(look, fixed))) {
    if (look.held < best.held) best = look;
    else if (look.step - best.step >= patience) return { look: best, stop: look.step };
  }
  return { look: best, stop: null };
}
