// Demo 4: two inputs that say the same. What does the network answer where it has no data?
import { end, lossPanel, talksRun } from "live/panels.js";
import { trouble } from "live/trouble.js";

const SIDE = 17; // cells of the map in a row
const LIGHT = 1.2; // the answer that has the full colour
const TONES = 24; // steps of the colour scale
const BIN = 50; // steps: one batch says little, their mean says more

export const demo = {
  title: "A map of the network's answers to two inputs, its answers to one alone, and its loss",
  sliders: [
    { name: "missing", label: "Input dropout" },
    { name: "dropout", label: "Hidden dropout" },
    { name: "labels", label: "Labels" },
    { name: "seed", label: "Seed", restarts: true },
  ],

  settings: ({ labels, ...values }) => ({ ...values, leak: Number(labels === "leaky") }),

  start: ({ seed }) => ({ net: "2-100-100-1", from: seed }),

  // the centres of the map's cells, row by row, and three single points
  data({ loud }) {
    const centre = (i) => (i + 0.5) / SIDE;
    const cells = Array.from({ length: SIDE * SIDE }, (_, i) => [
      centre(i % SIDE),
      loud * centre(Math.floor(i / SIDE)),
    ]);
    return { grid: [...cells, [1, 0], [0, loud], [1, loud]].flat() };
  },

  draw(picture, { width, height }, data, { steps, fixed: { loud }, stored }) {
    const [mapped, scaled, asked] = [0.29, 0.12, 0.31].map((share) => share * width);
    const map = picture.panel(
      { x: 0, width: mapped, height },
      {
        x: { low: 0, high: 1, ticks: [0, 0.5, 1], label: "first input (dots: data)" },
        y: { low: 0, high: loud, ticks: [0, loud / 2, loud], label: "second input" },
      },
    );
    const y = { low: 0, high: LIGHT, ticks: [0, 0.5, 1], label: "answer" };
    const scale = picture.panel({ x: mapped, width: scaled, height }, { x: { low: 0, high: 1, label: "colour" }, y });
    const ticks = names(loud).map((name, i) => [i, name]);
    const answers = picture.panel(
      { x: mapped + scaled, width: asked, height },
      { x: { low: -0.6, high: 2.6, ticks, label: stored ? talksRun(steps).join(" ") : "asked" }, y },
    );
    const place = { x: mapped + scaled + asked, width: width - mapped - scaled - asked, height };
    const kinds = [{ kind: "network", words: `mean of ${BIN} steps`, x: 1, y: 0.08, anchor: "end" }];
    const loss = lossPanel(picture, place, kinds, [-5, 3], 2);
    scale.shades("network", 1, TONES)(Array.from({ length: TONES }, (_, i) => (i + 0.5) / TONES));
    if (stored) answers.bars("talk", -0.42, 0.84)(stored);
    const shades = map.shades("network", SIDE, SIDE);
    const examples = Array.from({ length: 10 }, (_, i) => (i + 0.5) / 10);
    map.dots()(examples, examples.map((x) => loud * x));
    const bars = ["network", "signal", "both"].map((kind, i) => answers.bars(kind, i - 0.3, 0.6));
    answers.line("truth")([-0.6, 2.6], [1, 1]);
    answers.label("truth", "truth", 0.02, 0.1);
    return (run) => {
      const values = [...run.seen.values];
      const alone = values.splice(SIDE * SIDE);
      shades(values.map((value) => value / LIGHT));
      bars.forEach((bar, i) => bar([alone[i]]));
      loss([binned(run.losses)], end(run, steps));
    };
  },

  trouble: ({ seen }) =>
    trouble({ ...seen, values: seen.values.slice(SIDE * SIDE) }, [-LIGHT, LIGHT], "the answers have"),

  says: (run, data, { loud }) => {
    const alone = [...run.seen.values].slice(SIDE * SIDE);
    return names(loud).map((name, i) => [name, alone[i]]);
  },
};

function names(loud) {
  return ["f(1, 0)", `f(0, ${loud})`, `f(1, ${loud})`];
}

// Mean of each whole bin of steps, at its middle.
function binned(losses) {
  const bins = Array.from({ length: Math.floor(losses.length / BIN) }, (_, i) => i * BIN);
  const mean = (from) => losses.slice(from, from + BIN).reduce((sum, one) => sum + one, 0) / BIN;
  return [bins.map((from) => from + BIN / 2), bins.map(mean)];
}
