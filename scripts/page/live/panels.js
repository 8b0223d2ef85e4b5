// Panels that several demos share.
import { decades } from "./picture.js";

const DRAWN = 400; // points of a loss curve: more than an eye can tell apart

// The talk's own run in grey behind the live one, named at (x, y) in one or more lines.
export function talksCurve(panel, stored, lines, x, y, anchor = "middle") {
  if (!stored) return;
  panel.line("talk")(...stored);
  lines.forEach((words, i) => panel.label(words, "talk", x, y + 0.1 * i, anchor));
}

// Many curves over the same `xs` as one line, there and back again. It goes over from each into the next at
// the `ends`, which lie beyond the panel, where nobody sees it.
export function inOneLine(xs, curves, ends) {
  const [allX, allY] = [[], []];
  curves.forEach((curve, n) => {
    const back = n % 2 === 1;
    const [from, to] = back ? ends.toReversed() : ends;
    const [at, values] = back ? [xs.toReversed(), curve.toReversed()] : [xs, curve];
    allX.push(from, ...at, to);
    allY.push(values[0], ...values, values.at(-1));
  });
  return [allX, allY];
}

// What it is called, in two lines or joined.
export function talksRun(steps) {
  return ["the slide’s run,", `${steps.toLocaleString("en")} steps`];
}

// Loss against step, log scale; `kinds` are its curves: [{kind, words, x, y}] with their labels' place.
export function lossPanel(picture, place, kinds, [low, high] = [-3, 2], each = 1) {
  const panel = picture.panel(place, {
    x: { low: 0, high: 1, label: "step" },
    y: { low: 10 ** low, high: 10 ** high, log: true, ticks: decades(low, high, each), label: "loss (log scale)" },
  });
  const lines = kinds.map(({ kind }) => panel.line(kind));
  for (const { words, kind, x, y, anchor } of kinds) panel.label(words, kind, x, y, anchor);
  // curves: [steps, values] for each kind
  return (curves, end) => {
    panel.reach("x", end);
    curves.forEach(([steps, values], i) => lines[i](...thin(steps, values)));
  };
}

// Every so many-th point, and the last one.
function thin(steps, values) {
  const stride = Math.max(1, Math.ceil(values.length / DRAWN));
  const keep = (_, i) => i % stride === 0 || i === values.length - 1;
  return [steps.filter(keep), values.filter(keep)];
}

// Losses before each step and the one now, as a curve.
export function lossCurve(run) {
  const losses = [...run.losses, run.seen.loss];
  return [losses.map((_, step) => step), losses];
}

// The end of the step axis: whole rounds, at least one.
export function end(run, round) {
  return round * Math.max(1, Math.ceil(run.done / round));
}

export function rmse(values, truth) {
  const squares = values.map((value, i) => (value - truth[i]) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / values.length);
}
