// Demo 5: least squares with a penalty. Nothing trains: it is solved here, in double precision.
import { Matrix, QrDecomposition } from "ml-matrix";
import { rmse, talksCurve } from "live/panels.js";

export const demo = {
  title: "A polynomial by least squares through noisy points, and its distance from the true curve",
  sliders: [
    { name: "coefficients", label: "Coefficients" },
    { name: "noise", label: "Noise" },
    { name: "ridge", label: "Ridge penalty" },
    { name: "seed", label: "Seed" },
  ],

  data({ seed, noise }, data) {
    const y = data.clean.map((value, i) => value + noise * data.noise[seed][i]);
    return { x: data.x, y };
  },

  // instead of training: the polynomial, as a function of many x
  solve({ coefficients, ridge }, { x, y }) {
    // without a penalty any basis has the same polynomial, and powers of 2x - 1 lose fewer digits
    const within = ridge > 0 ? (at) => at : (at) => at.map((value) => 2 * value - 1);
    const rows = powers(within(x), coefficients);
    const targets = [...y];
    if (ridge > 0) {
      rows.push(...Matrix.eye(coefficients).mul(Math.sqrt(ridge)).to2DArray()); // √λ w = 0
      targets.push(...Array(coefficients).fill(0));
    }
    const weights = new QrDecomposition(new Matrix(rows)).solve(Matrix.columnVector(targets));
    return (at) => new Matrix(powers(within(at), coefficients)).mmul(weights).to1DArray();
  },

  draw(picture, { width, height }, { grid, truth }, { stored }) {
    const half = width / 2;
    const ticks = [0, 0.5, 1];
    const fit = picture.panel(
      { x: 0, width: half, height },
      {
        x: { low: -0.03, high: 1.03, ticks, label: "x" },
        y: { low: -0.35, high: 1.35, ticks, label: "y" },
      },
    );
    const log = [[1e-8, "10⁻⁸"], [1e-6, "10⁻⁶"], [1e-4, "10⁻⁴"], [0.01, "0.01"], [1, "1"], [100, "100"]];
    const error = picture.panel(
      { x: half, width: half, height },
      {
        x: { low: -0.03, high: 1.03, ticks, label: "x" },
        y: { low: 1e-8, high: 1000, log: true, ticks: log, label: "distance (log scale)" },
      },
    );
    talksCurve(fit, stored, ["the slide’s polynomial"], 0.5, 0.76);
    fit.line("truth")(grid, truth);
    fit.label("true curve", "truth", 0.5, 0.86, "middle");
    const name = fit.label("", "network", 0.5, 0.96, "middle");
    const [polynomial, distance] = [fit.line("network"), error.line("network")];
    const dots = fit.dots();
    error.label("distance from the curve", "network", 0.5, 0.08, "middle");
    return (run) => {
      const values = run.seen(grid);
      const { coefficients } = run.history.values;
      name.textContent = coefficients === 1 ? "1 coefficient" : `${coefficients} coefficients`;
      dots(run.data.x, run.data.y);
      polynomial(grid, values);
      distance(grid, values.map((value, i) => Math.abs(value - truth[i])));
    };
  },

  digits: 2, // of the others the recorded solver, in powers of x, decides some itself
  says: ({ seen, data: { x, y } }, { testX, testY }) => [
    ["RMSE at the dots", rmse(seen(x), y)],
    ["RMSE to the curve", rmse(seen(testX), testY)],
  ],
};

// 1, x, x², …: a row for each x.
function powers(x, count) {
  return x.map((value) => Array.from({ length: count }, (_, power) => value ** power));
}
