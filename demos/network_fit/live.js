// Demo 1: a network on noisy points, the loss beside it.
import { end, lossCurve, lossPanel, rmse, talksCurve, talksRun } from "live/panels.js";
import { trouble } from "live/trouble.js";

const SHOWN = [-0.35, 1.35];

export const demo = {
  title: "A network in training on noisy points, and its loss",
  sliders: [
    { name: "noise", label: "Noise" },
    { name: "lr", label: "Learning rate" },
    { name: "seed", label: "Seed", restarts: true },
    { name: "net", label: "Network", restarts: true },
  ],

  start: ({ net, seed }) => ({ net, from: seed }),

  data({ seed, noise }, data) {
    const y = data.clean.map((value, i) => value + noise * data.noise[seed][i]);
    return { x: data.x, y, grid: data.testX };
  },

  draw(picture, { width, height }, data, { steps, stored }) {
    const half = width / 2;
    const fit = picture.panel(
      { x: 0, width: half, height },
      {
        x: { low: -0.03, high: 1.03, ticks: [0, 0.5, 1], label: "x" },
        y: { low: SHOWN[0], high: SHOWN[1], ticks: [0, 0.5, 1], label: "y" },
      },
    );
    const loss = lossPanel(picture, { x: half, width: half, height }, [
      { kind: "network", words: "loss", x: 0.97, y: 0.08, anchor: "end" },
    ]);
    talksCurve(fit, stored, [talksRun(steps).join(" ")], 0.03, 0.07, "start");
    fit.line("truth")(data.testX, data.testY);
    fit.label("true curve", "truth", 0.97, 0.2, "end");
    const network = fit.line("network");
    const dots = fit.dots();
    const name = fit.label("", "network", 0.5, 0.96, "middle");
    return (run) => {
      network(data.testX, run.seen.values);
      dots(run.data.x, run.data.y);
      loss([lossCurve(run)], end(run, steps));
      name.textContent = run.history.values.net;
    };
  },

  trouble: (run) => trouble(run.seen, SHOWN),

  says: (run, data) => [
    ["loss", run.seen.loss],
    ["RMSE to the curve", rmse(run.seen.values, data.testY)],
  ],
};
