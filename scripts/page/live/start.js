// PyTorch's start from a seed, bit for bit: its uniform draws are 24 bits of a Mersenne Twister's 32,
// stretched to the parameter's bound in float32 with one rounding. A test compares with torch.
import { mersenne } from "pure-rand/generator/mersenne";

export function start(parameters, seed) {
  const random = mersenne(seed);
  return parameters.map(({ shape, bound }) => {
    const low = Math.fround(bound);
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    for (let i = 0; i < values.length; i++) {
      values[i] = (random.next() & 0xffffff) * 2 ** -24 * (2 * low) - low;
    }
    return values;
  });
}
