// A shape in a noisy signal and two detectors of it: `compute.found`, computed here. Nothing trains.
import { talksCurve } from "live/panels.js";

export const demo = {
  title: "A shape in a noisy signal, and what two detectors answer wherever it stands",
  sliders: [
    { name: "place", label: "Place of the shape" },
    { name: "shape", label: "Shape" },
    { name: "noise", label: "Noise" },
    { name: "seed", label: "Seed" },
  ],

  data: ({ seed, lots, shapes, names }) => ({ lot: lots[seed], shapes, names }),

  // for each place of the shape: the signal, and what the filter answers at every place of it
  solve({ shape, noise }, { lot, shapes, names }) {
    const weights = shapes[names.indexOf(shape)];
    const square = weights.reduce((sum, one) => sum + one * one, 0);
    const places = Array.from({ length: lot.length - weights.length + 1 }, (_, at) => at);
    const rows = places.map((place) => {
      const signal = lot.map((one, i) => noise * one + (weights[i - place] ?? 0));
      const answers = places.map((at) => weights.reduce((sum, one, i) => sum + one * signal[at + i], 0) / square);
      return { signal, answers };
    });
    return (place) => rows[place];
  },

  draw(picture, { width, height }, _, { fixed, stored }) {
    const half = width / 2;
    const { length, home } = fixed;
    const [last, size] = [length - fixed.shapes[0].length, fixed.shapes[0].length];
    const seen = picture.panel(
      { x: 0, width: half, height },
      { x: { low: -1, high: length, ticks: [0, 20, 39], label: "place" }, y: { low: -3, high: 3.8, ticks: [-2, 0, 2] } },
    );
    const found = picture.panel(
      { x: half, width: half, height },
      {
        x: { low: -1, high: last + 1, ticks: [0, home, last], label: "place of the shape" },
        y: { low: -1.2, high: 2, ticks: [-1, 0, 1], label: "answer" },
      },
    );
    seen.shade(home - 0.5, home + size - 0.5);
    talksCurve(found, stored, ["the slide’s"], 0.97, 0.96, "end");
    const [shape, dots] = [seen.line("truth"), seen.dots()];
    const window = seen.line("regularized");
    seen.label("dense looks here", "overfit", 0.03, 0.06);
    seen.label("the filter’s find", "regularized", 0.97, 0.06, "end");
    const [dense, slides] = [found.line("overfit"), found.line("regularized")];
    found.label("dense", "overfit", 0.03, 0.06);
    found.label("slides, maximum", "regularized", 0.97, 0.06, "end");
    const now = found.dots();
    const places = Array.from({ length: last + 1 }, (_, i) => i);
    const every = Array.from({ length }, (_, i) => i);
    return (run) => {
      const { place, shape: which } = run.history.values;
      const { signal, answers } = run.seen(place);
      const weights = fixed.shapes[fixed.names.indexOf(which)];
      shape(every, every.map((i) => weights[i - place] ?? 0));
      dots(every, signal);
      const at = largest(answers);
      window([at - 0.5, at - 0.5, at + size - 0.5, at + size - 0.5, at - 0.5], [-2.6, 2.6, 2.6, -2.6, -2.6]);
      const [one, other] = answersOf(places.map(run.seen), home);
      dense(places, one);
      slides(places, other);
      now([place, place], [one[place], other[place]]);
    };
  },

  digits: 3,
  says({ seen, history }, _, { home }) {
    const { answers } = seen(history.values.place);
    return [
      ["dense answers", answers[home]],
      ["filter answers", Math.max(...answers)],
    ];
  },
};

// Of each place of the shape: what is answered at home, and the largest answer.
function answersOf(rows, home) {
  return [rows.map(({ answers }) => answers[home]), rows.map(({ answers }) => Math.max(...answers))];
}

function largest(values) {
  return values.indexOf(Math.max(...values));
}
