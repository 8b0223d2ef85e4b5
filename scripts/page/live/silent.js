// Is a hidden layer off, so that nothing of the inputs comes through? Asked of a network that answers the
// same everywhere: then some inputs tell this from a curve that rounding made flat.
const ASKED = 9;

// parameters: [{shape}], weight and bias in turn; values: theirs; inputs: rows, one after the other
export function silent(parameters, values, inputs) {
  const width = parameters[0].shape[1];
  const count = inputs.length / width;
  const some = Array.from({ length: Math.min(ASKED, count) }, (_, i) => Math.floor((i * count) / Math.min(ASKED, count)));
  let rows = some.map((at) => inputs.slice(at * width, (at + 1) * width));
  for (let k = 0; k + 2 < values.length; k += 2) {
    rows = rows.map((row) => activated(values[k], values[k + 1], row));
    if (rows.every((row) => row.every((value) => value === 0))) return true;
  }
  return false;
}

function activated(weight, bias, row) {
  return Float32Array.from(bias, (sum, unit) => {
    for (let i = 0; i < row.length; i++) sum += weight[unit * row.length + i] * row[i];
    return Math.max(sum, 0);
  });
}
