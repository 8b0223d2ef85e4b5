// Networks that were trained with dropout on two rings, asked once with nothing dropped, and through masks.
// Nothing trains: masks are drawn here, the numbers that torch.rand gives after the same seed.
import { mersenne } from "pure-rand/generator/mersenne";

const RINGS = [10, 15];
const TURN = Array.from({ length: 73 }, (_, i) => (Math.PI * i) / 36);

export const demo = {
  title: "What a network says on a map with nothing dropped, the mean of its masks, and how often each is right",
  sliders: [
    { name: "rate", label: "Dropout rate" },
    { name: "masks", label: "Masks in the mean" },
    { name: "seed", label: "Seed" },
  ],

  data({ rate, seed, most, units, maskSeed, side, reach }, { rates, nets, fresh }) {
    const dice = mersenne(maskSeed);
    const uniform = () => (dice.next() & 0xffffff) * 2 ** -24;
    const masks = Array.from({ length: most }, () =>
      Array.from({ length: 2 * units }, () => (uniform() >= rate ? 1 / (1 - rate) : 0)),
    );
    const centre = (k) => reach * ((2 * k + 1) / side - 1);
    const cells = Array.from({ length: side * side }, (_, i) => [centre(i % side), centre(Math.floor(i / side))]);
    return { net: nets[rates.indexOf(rate)][seed], masks, x: [...cells, ...fresh], cells: cells.length };
  },

  // how likely the outer ring is at each x: by the whole network, and the mean of the masks that are asked
  // for; and how often the mean of the first 1, 2, … masks is right
  solve({ masks }, { net, masks: drawn, x, cells }) {
    const whole = drawn[0].map(() => 1);
    const first = x.map((point) => Float64Array.from(linear(net[0], point), positive));
    const through = (mask) => {
      const logit = thinned(net, mask);
      return first.map((h) => sigmoid(logit(h)));
    };
    const sum = x.map(() => 0);
    const right = [];
    let mean;
    drawn.forEach((mask, m) => {
      through(mask).forEach((p, i) => (sum[i] += p));
      const now = sum.map((each) => each / (m + 1));
      right.push(shareRight(now, cells));
      if (m + 1 === masks) mean = now;
    });
    const once = through(whole);
    return { once, mean, right, rightOnce: shareRight(once, cells) };
  },

  draw(picture, { width, height }, _, { fixed: { side, reach, most }, stored }) {
    const wide = 0.31 * width;
    const axis = { low: -reach, high: reach, ticks: [-15, 0, 15] };
    const maps = ["eval(): nothing dropped", "mean of the masks"].map((words, i) => {
      const panel = picture.panel({ x: i * wide, width: wide, height, above: 34 }, { x: axis, y: axis });
      const shades = panel.shades("network", side, side);
      for (const r of RINGS) {
        panel.line("truth")(TURN.map((t) => r * Math.cos(t)), TURN.map((t) => r * Math.sin(t)));
      }
      panel.label(words, i ? "regularized" : "overfit", 0, -0.06);
      return shades;
    });
    const counts = [1, 3, 10, 30, 100];
    const share = picture.panel(
      { x: 2 * wide, width: width - 2 * wide, height, above: 34 },
      {
        x: { low: 0.9, high: 1.1 * most, log: true, ticks: counts, label: "masks in the mean" },
        y: { low: 0.45, high: 1, ticks: [0.5, 0.75, 1], label: "share right" },
      },
    );
    if (stored) share.line("talk")(...stored);
    const [once, mean, dot] = [share.line("overfit"), share.line("regularized"), share.dots("regularized")];
    share.label("blue: says outer", "network", 0, -0.06);
    const all = Array.from({ length: most }, (_, n) => n + 1);
    return ({ seen, history }) => {
      [seen.once, seen.mean].forEach((likely, i) => maps[i](likely.slice(0, side * side).map((p) => 2 * p - 1)));
      once([0.9, 1.1 * most], [seen.rightOnce, seen.rightOnce]);
      mean(all, seen.right);
      dot([history.values.masks], [seen.right[history.values.masks - 1]]);
    };
  },

  digits: 3,
  says({ seen, history }) {
    const { masks } = history.values;
    return [
      ["eval()", seen.rightOnce],
      ["one mask", seen.right[0]],
      [`mean of ${masks}`, seen.right[masks - 1]],
    ];
  },
};

function linear({ w, b }, x) {
  return w.map((row, i) => row.reduce((sum, each, j) => sum + each * x[j], b[i]));
}

function positive(value) {
  return Math.max(value, 0);
}

// The logit of hidden units h through a mask, of both layers in a row: only who stays is looked at.
function thinned([, second, last], mask) {
  const units = second.b.length;
  const stay = (from) => [...Array(units).keys()].filter((i) => mask[from + i] > 0);
  const into = stay(0);
  const rows = stay(units).map((i) => ({
    w: Float64Array.from(into, (j) => second.w[i][j] * mask[j]),
    b: second.b[i],
    out: last.w[0][i] * mask[units + i],
  }));
  return (h) => {
    let logit = last.b[0];
    for (const { w, b, out } of rows) {
      let sum = b;
      for (let k = 0; k < into.length; k++) sum += w[k] * h[into[k]];
      if (sum > 0) logit += out * sum;
    }
    return logit;
  };
}

function sigmoid(logit) {
  return 1 / (1 + Math.exp(-logit));
}

// Points stand behind the map's cells, of the inner and the outer ring in turn.
function shareRight(likely, cells) {
  const points = likely.slice(cells);
  return points.filter((p, n) => p > 0.5 === (n % 2 === 1)).length / points.length;
}
