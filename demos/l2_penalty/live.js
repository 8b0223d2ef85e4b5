// Demo 2: weight decay, what it costs, and what it does where there is no data.
import { end, lossCurve, lossPanel, rmse, talksCurve, talksRun } from "live/panels.js";
import { trouble } from "live/trouble.js";

const SHOWN = [-1.4, 1.6];

export const demo = {
  title: "A network with weight decay, drawn far outside its data, and its loss and penalty",
  sliders: [
    { name: "weight_decay", label: "Weight decay λ" },
    { name: "lr", label: "Learning rate" },
    { name: "seed", label: "Seed", restarts: true },
    { name: "net", label: "Network", restarts: true },
  ],

  start: ({ net, seed }) => ({ net, from: seed }),

  data: (_, data) => ({ x: data.x, y: data.clean, grid: data.outsideX }),

  draw(picture, { width, height }, data, { steps, stored }) {
    const half = width / 2;
    const fit = picture.panel(
      { x: 0, width: half, height },
      {
        x: { low: -1, high: 2, ticks: [-1, 0, 1, 2], label: "x" },
        y: { low: SHOWN[0], high: SHOWN[1], ticks: [-1, 0, 1], label: "y" },
      },
    );
    fit.shade(-1, 0);
    fit.shade(1, 2);
    const place = { x: half, width: half, height };
    const loss = lossPanel(picture, place, [
      { kind: "network", words: "data loss", x: 0.97, y: 0.2, anchor: "end" },
      { kind: "regularized", words: "penalty λ/2 Σw²", x: 0.97, y: 0.08, anchor: "end" },
    ]);
    talksCurve(fit, stored, [talksRun(steps).join(" ")], 0.5, 0.07);
    fit.line("truth")(data.outsideX, data.outsideY);
    const network = fit.line("network");
    fit.dots()(data.x, data.clean);
    fit.label("true curve", "truth", 0.02, 0.5);
    fit.label("no data", "", 0.04, 0.96);
    fit.label("no data", "", 0.96, 0.96, "end");
    return (run) => {
      network(data.outsideX, run.seen.values);
      const penalty = [run.looks.map(({ step }) => step), run.looks.map((look) => look.penalty)];
      loss([lossCurve(run), penalty], end(run, steps));
    };
  },

  trouble: (run) => trouble(run.seen, SHOWN),

  says(run, data) {
    const out = (_, i) => data.outsideX[i] < 0 || data.outsideX[i] > 1;
    const error = rmse([...run.seen.values].filter(out), data.outsideY.filter(out));
    return [
      ["data loss", run.seen.loss],
      ["penalty", run.looks.at(-1).penalty],
      ["RMSE outside", error],
    ];
  },
};
