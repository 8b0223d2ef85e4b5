// Demo 3: a bump that cancels at every data point; who pulls at the three neurons that make it?
import { end, lossCurve, lossPanel, talksCurve, talksRun } from "live/panels.js";
import { trouble } from "live/trouble.js";

const SHOWN = [-0.1, 1.6];

export const demo = {
  title: "A bump between two data points, its loss, and what pulls at its three neurons",
  sliders: [
    { name: "weight_decay", label: "Weight decay λ" },
    { name: "lr", label: "Learning rate" },
  ],

  start: ({ start }) => ({ net: "1-9-1", from: start }),

  data: ({ y }, { x, grid }) => ({ x, y, grid }),

  draw(picture, { width, height }, data, { steps, fixed, stored }) {
    const [left, middle] = [0.4 * width, 0.3 * width];
    const fit = picture.panel(
      { x: 0, width: left, height },
      {
        x: { low: -0.25, high: 1.25, ticks: [0, 0.5, 1], label: "x (shaded: no data)" },
        y: { low: SHOWN[0], high: SHOWN[1], ticks: [0, 0.5, 1, 1.5], label: "y" },
      },
    );
    fit.shade(-0.25, 0);
    fit.shade(1, 1.25);
    const kinds = [{ kind: "network", words: "loss", x: 0.95, y: 0.08, anchor: "end" }];
    const loss = lossPanel(picture, { x: left, width: middle, height }, kinds, [-8, 0], 2);
    const pull = picture.panel(
      { x: left + middle, width: width - left - middle, height, above: 64 },
      {
        x: { low: -0.6, high: 2.6, ticks: [[0, "1"], [1, "2"], [2, "3"]], label: "bump neuron" },
        y: { low: 0, high: 2, ticks: [0, 1, 2], label: "length" },
      },
    );
    talksCurve(fit, stored, talksRun(steps), 0.5, 0.86);
    const network = fit.line("overfit");
    fit.dots()(data.x, fixed.y);
    fit.label("network", "overfit", 0.97, 0.08, "end");
    const [pulled, decay] = [pull.bars("network", -0.35, 0.35), pull.bars("regularized", 0, 0.35)];
    pull.label("gradient of the loss", "network", 0.02, -0.25);
    pull.label("and of decay", "regularized", 0.02, -0.12);
    return (run) => {
      network(data.grid, run.seen.values);
      loss([lossCurve(run)], end(run, steps));
      const { weight_decay } = run.history.values;
      pull.reach("y", weight_decay > 0.08 ? 8 : 2); // four times as far for what pulls harder
      pulled(data.neurons.map((k) => length(run.seen.gradients, k)));
      decay(data.neurons.map((k) => weight_decay * length(run.seen.weights, k)));
    };
  },

  trouble: (run) => trouble(run.seen, SHOWN),

  says: (run, { grid }, { gap }) => [
    ["loss", run.seen.loss],
    ["height of the bump", height(run.seen.values, grid, gap)],
  ],
};

// Length of neuron k's part of a gradient (or of the weights): weight in, bias, weight out.
function length([weight, bias, out], k) {
  return Math.hypot(weight[k], bias[k], out[k]);
}

// How far the middle of the gap stands above the straight line across it.
function height(values, grid, [left, right]) {
  const nearest = (x) => grid.reduce((best, g, i) => (Math.abs(g - x) < Math.abs(grid[best] - x) ? i : best), 0);
  const [low, middle, high] = [left, (left + right) / 2, right].map((x) => values[nearest(x)]);
  return middle - (low + high) / 2;
}
