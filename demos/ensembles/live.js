// Throws at a disc, and their mean. Nothing trains: `compute.throws` with the same seed, thrown here.
import { mersenne } from "pure-rand/generator/mersenne";

const RING = Array.from({ length: 73 }, (_, i) => (Math.PI * i) / 36);
const WIDE = 1.5; // a disc is round where the panel is as wide as this for 1 up

export const demo = {
  title: "Throws at a disc and their mean; its mean squared distance against how many throw",
  sliders: [
    { name: "members", label: "Throws in the mean" },
    { name: "shared", label: "Correlation ρ" },
    { name: "seed", label: "Seed" },
  ],

  data: ({ seed, games, most }) => ({ seed, games, most }),

  // all games once: where each throws, and squared distances of the means of the first 1, 2, …
  solve({ members, shared }, { seed, games, most }) {
    const dice = mersenne(seed);
    const common = thrown(dice, games);
    const own = thrown(dice, games * most);
    const [ofCommon, ofOwn] = [Math.sqrt(shared), Math.sqrt(1 - shared)];
    const at = (game, member) =>
      common[game].map((value, axis) => ofCommon * value + ofOwn * own[game * most + member][axis]);
    const squares = new Array(most).fill(0);
    for (let game = 0; game < games; game++) {
      let [x, y] = [0, 0];
      for (let n = 0; n < most; n++) {
        const [dx, dy] = at(game, n);
        [x, y] = [x + dx, y + dy];
        squares[n] += (x * x + y * y) / ((n + 1) ** 2 * games);
      }
    }
    const first = Array.from({ length: members }, (_, n) => at(0, n));
    const seen = (counts) => counts.map((n) => squares[n - 1]);
    return Object.assign(seen, { first });
  },

  draw(picture, { width, height }, _, { fixed, stored }) {
    const half = width / 2;
    const [up, across] = [1.35, 1.35 * WIDE];
    const disc = picture.panel(
      { x: 0, width: half, height },
      { x: { low: -across, high: across, ticks: [-1, 0, 1] }, y: { low: -up, high: up, ticks: [-1, 0, 1] } },
    );
    const counts = [1, 2, 4, 8, 16, 32, 64];
    const error = picture.panel(
      { x: half, width: half, height },
      {
        x: { low: 0.9, high: 72, log: true, ticks: counts, label: "throws in the mean" },
        y: { low: 0.004, high: 1, log: true, ticks: [0.01, 0.1, 1], label: "squared distance" },
      },
    );
    for (const radius of [0.5, 1]) {
      disc.line("truth")(RING.map((t) => radius * Math.cos(t)), RING.map((t) => radius * Math.sin(t)));
    }
    if (stored) error.line("talk")(...stored);
    const [formula, dots] = [error.line("regularized"), error.dots()];
    error.label("formula", "regularized", 0.97, 0.08, "end");
    error.label("dots: measured", "", 0.97, 0.18, "end");
    const [throws, cross] = [disc.dots(), [disc.line("regularized"), disc.line("regularized")]];
    disc.label("their mean", "regularized", 0.03, 0.08);
    disc.label("throws of one game", "", 0.97, 0.08, "end");
    const all = Array.from({ length: fixed.most }, (_, n) => n + 1);
    return (run) => {
      const { members, shared } = run.history.values;
      const xs = run.seen.first.map(([x]) => x);
      const ys = run.seen.first.map(([, y]) => y);
      throws(xs, ys);
      const [x, y, arm] = [mean(xs), mean(ys), 0.14];
      cross[0]([x - arm * WIDE * 0.7, x + arm * WIDE * 0.7], [y, y]);
      cross[1]([x, x], [y - arm, y + arm]);
      formula(all, all.map((n) => ofTheMean(fixed.one, shared, n)));
      const shown = [...new Set([...counts, members])];
      dots(shown, run.seen(shown));
    };
  },

  digits: 3,
  says({ seen, history }, _, { one }) {
    const { members, shared } = history.values;
    return [
      ["one throw", seen([1])[0]],
      [`mean of ${members}`, seen([members])[0]],
      ["formula", ofTheMean(one, shared, members)],
    ];
  },
};

// Points of the disc of radius 1, evenly: the numbers that torch.rand gives after the same seed.
function thrown(dice, count) {
  const uniform = () => (dice.next() & 0xffffff) * 2 ** -24;
  return Array.from({ length: count }, () => {
    const radius = Math.sqrt(uniform());
    const angle = 2 * Math.PI * uniform();
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

// Squared error of a mean of n: what its members share, and an nth of the rest.
function ofTheMean(error, shared, n) {
  return shared * error + ((1 - shared) * error) / n;
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
