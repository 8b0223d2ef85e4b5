// A network on three blobs: how sure it is where, how often it says so, and how often it is right then.
const CLASSES = 3; // point n is of class n % 3, as `compute.blobs` has it
const PALE = 1 / CLASSES; // nobody can be less sure

export const demo = {
  title: "How sure a network is on a map, its reliability diagram, and how many points it is so sure of",
  sliders: [
    { name: "smoothing", label: "Smoothing" },
    { name: "sd", label: "Spread of a blob", restarts: true },
    { name: "lr", label: "Learning rate" },
    { name: "seed", label: "Seed", restarts: true },
  ],

  start: ({ net = "2-64-64-3", seed }) => ({ net, from: seed }),

  // points, and where the network is asked: the map's cells row by row from below, then fresh points
  data({ seed, sd, side, reach }, { centres, noise, fresh }) {
    const place = (far, n) => far.map((value, axis) => centres[n % CLASSES][axis] + sd * value);
    const points = noise[seed].map(place);
    const centre = (k) => reach * ((2 * k + 1) / side - 1);
    const cells = Array.from({ length: side * side }, (_, i) => [centre(i % side), centre(Math.floor(i / side))]);
    const y = points.flatMap((_, n) => Array.from({ length: CLASSES }, (_, k) => Number(k === n % CLASSES)));
    return { x: points.flat(), y, grid: [...cells, ...fresh.map(place)].flat() };
  },

  draw(picture, { width, height }, _, { fixed: { side, reach, bars }, stored }) {
    const wide = width / 3;
    const axis = { low: -reach, high: reach, ticks: [-3, 0, 3] };
    const map = picture.panel(
      { x: 0, width: wide, height },
      { x: { ...axis, label: "first input" }, y: { ...axis, label: "second input" } },
    );
    const x = { low: 0, high: bars, ticks: [[0, "0"], [bars / 2, "0.5"], [bars, "1"]], label: "confidence" };
    const shares = { low: 0, high: 1, ticks: [0, 0.5, 1] };
    const [right, often] = ["share right", "share of points"].map((label, i) =>
      picture.panel({ x: (i + 1) * wide, width: wide, height }, { x, y: { ...shares, label } }),
    );
    const shades = map.shades("network", side, side);
    const dots = map.dots();
    map.label("blue: sure", "network", 0.03, 0.07);
    if (stored) {
      right.bars("talk", 0.02, 0.96)(stored);
      right.label("grey: hard labels", "talk", 0.03, 0.18);
    }
    right.label("as sure as right", "truth", 0.03, 0.07);
    const rights = right.bars("network", 0.2, 0.6);
    right.line("truth")([0, bars], [0, 1]);
    const counts = often.bars("network", 0.2, 0.6);
    return (run) => {
      const said = classified(run.seen.values, side * side);
      shades(said.map.map((sure) => (sure - PALE) / (1 - PALE)));
      const points = pairs(run.data.x);
      dots(points.map(([first]) => first), points.map(([, second]) => second));
      const found = reliability(said.points, bars);
      rights(found.map(({ count, right }) => right / Math.max(count, 1)));
      counts(found.map(({ count }) => count / said.points.length));
    };
  },

  trouble: ({ seen }) =>
    [...seen.values, seen.loss].every(Number.isFinite) ? "" : "The step is too long: the logits left all bounds.",

  says({ seen }, _, { side, bins }) {
    const { points } = classified(seen.values, side * side);
    const off = reliability(points, bins).map(({ sure, right }) => Math.abs(sure - right));
    const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / points.length;
    return [
      ["right", mean(({ right }) => right)],
      ["log loss", mean(({ lost }) => lost)],
      ["calibration error", off.reduce((sum, one) => sum + one, 0) / points.length],
      ["gap of logits", mean(({ gap }) => gap)],
    ];
  },
};

// Of logits, three a row: how sure the map's cells are; and of the points behind them {sure, right, lost, gap}.
function classified(values, cells) {
  const rows = Array.from({ length: values.length / CLASSES }, (_, i) =>
    Array.from({ length: CLASSES }, (_, k) => values[CLASSES * i + k]),
  );
  const points = rows.slice(cells).map((logits, n) => {
    const own = logits[n % CLASSES];
    const [first, second] = [...logits].sort((a, b) => b - a);
    const whole = logSum(logits);
    return { sure: Math.exp(first - whole), right: Number(own === first), lost: whole - own, gap: first - second };
  });
  const map = rows.slice(0, cells).map((logits) => Math.exp(Math.max(...logits) - logSum(logits)));
  return { map, points };
}

function logSum(logits) {
  const most = Math.max(...logits);
  return most + Math.log(logits.reduce((sum, one) => sum + Math.exp(one - most), 0));
}

// Sums per bin of confidence, bin b from b / bins (without) to (b + 1) / bins: {count, sure, right}.
function reliability(points, bins) {
  const found = Array.from({ length: bins }, () => ({ count: 0, sure: 0, right: 0 }));
  for (const { sure, right } of points) {
    const bin = found[Math.min(Math.max(Math.ceil(Math.fround(sure * bins)) - 1, 0), bins - 1)] ?? found[0];
    bin.count += 1;
    bin.sure += sure;
    bin.right += right;
  }
  return found;
}

function pairs(flat) {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}
