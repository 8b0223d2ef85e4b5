// The random numbers of the dropout demo's steps, bit for bit those its seed gives in Python: a stream for
// the examples and one for the coins, drawn a chunk of steps at a time as `dropout_bias.Batches` does.
import { mersenne } from "pure-rand/generator/mersenne";

export class Draws {
  // how: {chunk: steps, batch, units: of each layer, data and coins: what is added to the seed}
  constructor(seed, how) {
    this.how = how;
    this.data = mersenne(seed + how.data);
    this.coins = mersenne(seed + how.coins);
    this.at = how.chunk;
  }

  // How many steps are there before a new chunk is drawn.
  get left() {
    if (this.at === this.how.chunk) this.draw();
    return this.how.chunk - this.at;
  }

  // The next steps' numbers, {name: [values, shape]}; at most `left` of them.
  take(steps) {
    const found = this.peek(steps);
    this.at += steps;
    return found;
  }

  peek(steps) {
    const { batch, units } = this.how;
    const found = {};
    const part = (name, values, ...shape) => {
      const size = shape[0] * shape[1];
      found[name] = [values.subarray(this.at * size, (this.at + steps) * size), [steps, ...shape]];
    };
    if (!this.left) throw new Error("no steps left");
    part("signal", this.signal, batch, 1);
    part("present", this.present, batch, 2);
    units.forEach((count, layer) => part(`coins_${layer}`, this.tossed[layer], batch, count));
    return found;
  }

  draw() {
    const { chunk, batch, units } = this.how;
    const examples = chunk * batch;
    this.at = 0;
    this.signal = this.uniform(examples);
    for (let i = 0; i < examples; i++) this.data.next(); // noise, which this demo has none of
    this.present = this.uniform(2 * examples);
    this.tossed = units.map((count) => new Float32Array(examples * count));
    let [high, low, half] = [0, 0, 4];
    const coin = () => {
      if (half === 4) [high, low, half] = [this.coins.next(), this.coins.next(), 0];
      const word = half < 2 ? low : high; // 64 bits are four integers of 16
      return half++ % 2 ? word >> 16 : (word << 16) >> 16;
    };
    for (let step = 0; step < chunk; step++) {
      this.tossed.forEach((values, layer) => {
        const size = batch * units[layer];
        // `toss` keeps a unit where the integer is large: as a number that is to be below 1 - p; the half,
        // because it rounds p
        for (let i = step * size; i < (step + 1) * size; i++) values[i] = (32767.5 - coin()) / 65536;
      });
    }
  }

  uniform(count) {
    return Float32Array.from({ length: count }, () => (this.data.next() & 0xffffff) * 2 ** -24);
  }
}
