// The random numbers of a net's steps, bit for bit those that PyTorch's generators give in Python: as the net
// says (`demos/core/page.py`), stream by stream, call by call, a chunk of steps at a time.
import { mersenne } from "pure-rand/generator/mersenne";

// What one call of a generator draws, number by number.
const KINDS = {
  uniform: (dice) => () => (dice.next() & 0xffffff) * 2 ** -24,

  // 64 bits are four integers of 16; what is left of them at the end of a call is lost
  integers(dice) {
    let [high, low, half] = [0, 0, 4];
    return () => {
      if (half === 4) [high, low, half] = [dice.next(), dice.next(), 0];
      const word = half < 2 ? low : high;
      return half++ % 2 ? word >> 16 : (word << 16) >> 16;
    };
  },
};

export class Draws {
  // how: {chunk: steps, streams: [{seed: added to the net's, calls: [{kind, first, each, used, draws}]}]},
  // draws: [{name, shape}] of a step
  constructor(seed, { chunk, streams }) {
    this.chunk = this.at = chunk;
    this.streams = streams.map(({ seed: own, calls }) => ({ dice: mersenne(seed + own), calls }));
  }

  // How many steps are there before a new chunk is drawn.
  get left() {
    if (this.at === this.chunk) this.draw();
    return this.chunk - this.at;
  }

  // The next steps' numbers, {name: [values, shape]}; at most `left` of them.
  take(steps) {
    const found = this.peek(steps);
    this.at += steps;
    return found;
  }

  peek(steps) {
    if (!this.left) throw new Error("no steps left");
    const part = ({ name, shape, values }) => {
      const size = values.length / this.chunk;
      return [name, [values.subarray(this.at * size, (this.at + steps) * size), [steps, ...shape]]];
    };
    return Object.fromEntries(this.drawn.map(part));
  }

  draw() {
    this.at = 0;
    this.drawn = this.streams.flatMap(({ dice, calls }) =>
      calls.flatMap((call) => {
        const drawn = this.called(dice, call);
        return call.used ? drawn : [];
      }),
    );
  }

  // One call: step by step, in each step draw by draw.
  called(dice, { kind, first, each, draws }) {
    const next = KINDS[kind](dice);
    const drawn = draws.map(({ name, shape }) => {
      const size = shape.reduce((product, length) => product * length, 1);
      return { name, shape, size, values: new Float32Array(this.chunk * size) };
    });
    for (let step = 0; step < this.chunk; step++) {
      for (const { size, values } of drawn) {
        for (let i = step * size; i < (step + 1) * size; i++) values[i] = first + each * next();
      }
    }
    return drawn;
  }
}
