// A network in training by a plan (`scripts/live/plan.py`): operations on arrays in one memory, done by
// `arithmetic.ts`. For the network that is too wide for the runtime.
const NUMBER = 4; // bytes
const PAGE = 65536;
const BLOCK = 2048; // numbers at a time where a group goes number by number: they stay in the cache

export class Planned {
  // values: of the parameters; grid: inputs at which `look` asks, one row after the other
  constructor(arithmetic, { plan, parameters, kept, given, rest }, values, { grid, ...data }) {
    Object.assign(this, { plan, parameters, kept, rest, asked: grid, left: Infinity });
    const places = this.layout(plan.rooms);
    this.memory = new WebAssembly.Memory({ initial: Math.ceil(this.end / PAGE) });
    const { exports } = new WebAssembly.Instance(arithmetic, { env: { memory: this.memory } });
    const ready = (groups) => groups.map((group) => prepare(exports, places, this.scratch, group));
    this.step = ready(plan.step.groups);
    const writes = ({ tasks }) => tasks.some(({ arrays }) => arrays.at(-1) === plan.step.loss);
    this.forward = this.step.slice(0, plan.step.groups.findIndex(writes) + 1);
    this.answer = ready(plan.answer.groups);
    this.floats = new Float32Array(this.memory.buffer);
    this.places = places;
    parameters.forEach(({ name }, i) => this.put(name, values[i]));
    for (const name in given) this.put(name, data[name]);
  }

  // Where each array starts, in bytes: one after the other, on whole vectors; scratch at the end.
  layout(rooms) {
    let end = PAGE;
    const next = (room) => {
      const place = end;
      end += Math.ceil(room / 4) * 4 * NUMBER;
      return place;
    };
    const places = rooms.map(next);
    const { step, answer } = this.plan;
    const most = Math.max(...[...step.groups, ...answer.groups].map(scratches));
    this.scratch = Array.from({ length: most }, () => next(BLOCK));
    this.end = end;
    return places;
  }

  array(name) {
    const [place, size] = this.plan.named[name];
    const first = this.places[place] / NUMBER;
    return this.floats.subarray(first, first + size);
  }

  put(name, values) {
    const array = this.array(name);
    if (values.length !== array.length) {
      throw new Error(`${name} has the wrong shape: ${values.length} numbers, not ${array.length}`);
    }
    array.set(values);
  }

  async advance(count, settings) {
    const loss = this.places[this.plan.step.loss] / NUMBER;
    return Float32Array.from({ length: count }, () => {
      for (const go of this.step) go(settings);
      return this.floats[loss];
    });
  }

  async look() {
    for (const go of this.forward) go({});
    const loss = this.floats[this.places[this.plan.step.loss] / NUMBER];
    return { loss, values: this.values() };
  }

  // The network's answers on the grid, so many rows at a time.
  values() {
    const { in: into, out, rows } = this.plan.answer;
    const width = this.parameters[0].shape[1];
    const answers = new Float32Array(this.asked.length / width);
    for (let row = 0; row < answers.length; row += rows) {
      const asked = this.asked.slice(row * width, (row + rows) * width);
      this.floats.set(asked, this.places[into] / NUMBER);
      for (const go of this.answer) go({});
      const first = this.places[out] / NUMBER;
      answers.set(this.floats.subarray(first, first + asked.length / width), row);
    }
    return answers;
  }

  weights() {
    return this.parameters.map(({ name }) => this.array(name));
  }

  state() {
    const names = this.parameters.flatMap(({ name }) => [name, ...this.kept.map((what) => `${name}_${what}`)]);
    return Object.fromEntries(names.map((name) => [name, this.array(name).slice()]));
  }
}

function scratches({ tasks }) {
  return -Math.min(0, ...tasks.flatMap(({ arrays }) => arrays));
}

// A group as a function of the settings.
function prepare(exports, places, scratch, { each, tasks }) {
  const start = (place) => (place < 0 ? scratch[-1 - place] : places[place]);
  const ready = tasks.map(({ kind, arrays, numbers }) => {
    const moves = arrays.map((place) => (place < 0 ? 0 : NUMBER)); // scratch is used again and again
    return { go: exports[kind], starts: arrays.map(start), moves, numbers };
  });
  if (each === null) {
    const [{ go, starts, numbers }] = ready;
    return () => go(...starts, ...numbers);
  }
  return (settings) => {
    const now = ready.map((task) => ({ ...task, given: task.numbers.map((n) => worth(n, settings)) }));
    for (let at = 0; at < each; at += BLOCK) {
      const size = Math.min(BLOCK, each - at);
      for (const { go, starts, moves, given } of now) {
        go(...starts.map((first, i) => first + at * moves[i]), ...given, size);
      }
    }
  };
}

function worth([times, setting], settings) {
  return setting === null ? times : times * settings[setting];
}
