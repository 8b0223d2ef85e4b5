// Demo 5: least squares with a penalty. Nothing trains: the solution is linear in the targets, and the
// build has solved for each of them with the demo's own code. What is left is a sum.
import { rmse } from "./panels.js";

export const leastSquares = {
  title: "A polynomial by least squares through noisy points, and its distance from the true curve",
  sliders: [
    { name: "coefficients", label: "Coefficients" },
    { name: "noise", label: "Noise" },
    { name: "ridge", label: "Ridge penalty" },
    { name: "seed", label: "Seed" },
  ],

  data({ seed, noise }, data) {
    const y = data.clean.map((value, i) => value + noise * data.noise[seed][i]);
    return { x: data.x, y, grid: data.leastSquares.grid };
  },

  // instead of training: the polynomial's values on the grid
  solve({ coefficients, ridge }, { y, grid }, { leastSquares: solved }) {
    const all = matrices(solved);
    const which =
      solved.coefficients.indexOf(coefficients) * solved.ridge.length + solved.ridge.indexOf(ridge);
    const first = which * grid.length * y.length;
    return grid.map((_, row) =>
      y.reduce((sum, value, i) => sum + all[first + row * y.length + i] * value, 0),
    );
  },

  draw(picture, { width, height }, { leastSquares: { grid, truth } }) {
    const half = width / 2;
    const ticks = [0, 0.5, 1];
    const fit = picture.panel(
      { x: 0, width: half, height },
      {
        x: { low: -0.03, high: 1.03, ticks, label: "x" },
        y: { low: -0.35, high: 1.35, ticks },
      },
    );
    const log = [[1e-8, "10⁻⁸"], [1e-6, "10⁻⁶"], [1e-4, "10⁻⁴"], [0.01, "0.01"], [1, "1"], [100, "100"]];
    const error = picture.panel(
      { x: half, width: half, height },
      {
        x: { low: -0.03, high: 1.03, ticks, label: "x" },
        y: { low: 1e-8, high: 1000, log: true, ticks: log },
      },
    );
    fit.line("truth")(grid, truth);
    const [polynomial, distance] = [fit.line("network"), error.line("network")];
    const dots = fit.dots();
    error.label("distance from the curve", "network", 0.5, 0.08, "middle");
    return (run) => {
      const { values } = run.seen;
      dots(run.data.x, run.data.y);
      polynomial(grid, values);
      distance(grid, values.map((value, i) => Math.abs(value - truth[i])));
    };
  },

  says(run, { leastSquares: { truth } }) {
    const every = (run.data.grid.length - 1) / (run.data.x.length - 1); // the dots lie on the grid
    const atData = run.seen.values.filter((_, i) => i % every === 0);
    return [
      ["error at the dots", rmse(atData, run.data.y)],
      ["error to the curve", rmse(run.seen.values, truth)],
    ];
  },
};

let unpacked;
function matrices({ matrices: text }) {
  unpacked ??= new Float32Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
  return unpacked;
}
