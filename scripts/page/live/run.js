// One experiment: history, trainer and pace. Knows nothing of buttons or pictures.
const FRAME_MS = 12; // what a frame may spend on training where the network is fast
const STEPS_A_FRAME = 20; // and no more steps than this: a fit that moves is worth seeing
const CALM_STEPS = 500; // without motion: the picture changes once a second, by so many steps
const CALM_MS = 1000;
const LOOKS = 100; // at a piece of history that is done again: as many as make a curve
const PIECE_MS = 200; // and no longer than this between two looks, so that it can be stopped
const UNKNOWN_MS = 10; // a step, before one was measured

export class Run {
  // demo: a topic's `live.js`; changed(): called when there is something new to draw
  constructor(engine, demo, history, changed) {
    Object.assign(this, { engine, demo, history, changed });
    this.queue = Promise.resolve(); // one request after the other, in the order asked
    this.training = false;
    this.goal = 0; // the step that a history that is done again ends at
    this.perLook = 0;
  }

  // Do things one after the other; a mistake ends up with whoever waits.
  next(task) {
    this.queue = this.queue.catch(() => {}).then(task);
    return this.queue;
  }

  // Begin anew, then do again what the history says.
  replay() {
    return this.next(() => this.again());
  }

  get replaying() {
    return this.done < this.goal;
  }

  // Leave the history at the step that is done by now.
  stop() {
    this.goal = 0;
  }

  async again() {
    const { history } = this;
    const legs = history.legs();
    await this.begin(legs[0]?.values ?? history.values);
    this.goal = history.step;
    this.changed();
    for (const { steps, values } of legs) {
      if (this.replaying) await this.retarget(values);
      await this.redo(steps, values);
    }
    if (this.done < history.step) history.cut(this.done);
    this.goal = 0;
    await this.retarget(history.values);
    this.changed();
  }

  // So many steps of the past, if nobody stops it.
  async redo(steps, values) {
    const most = Math.max(STEPS_A_FRAME, Math.ceil(steps / LOOKS));
    const end = this.done + steps;
    while (this.replaying && this.done < end) {
      const piece = Math.max(1, Math.floor(PIECE_MS / this.perStep));
      await this.advance(Math.min(most, piece, end - this.done), values);
      this.changed();
    }
  }

  async begin(values) {
    const { engine, demo } = this;
    await this.trainer?.end();
    this.data = demo.data(values, engine.data);
    const { net, from } = demo.start(values, engine.data);
    this.trainer = await engine.trainer(net, from, this.data);
    this.losses = [];
    this.looks = [];
    this.done = 0;
    this.perStep = UNKNOWN_MS;
    this.note(this.trainer.first, values);
  }

  note(seen, values) {
    this.seen = seen;
    const { weight_decay = 0 } = this.demo.settings(values);
    // torch's weight decay λ adds λw to the gradient: that of λ/2 Σw²
    const own = this.demo.look?.(seen, this.data);
    this.looks.push({ step: this.done, penalty: (weight_decay / 2) * seen.squares, ...own });
  }

  // Other settings hold from here on: their targets, and what their λ makes of the same weights.
  async retarget(values) {
    const data = this.demo.data(values, this.engine.data);
    const same = String(data.y) === String(this.data.y);
    this.data = data;
    while (this.looks.at(-2)?.step === this.done) this.looks.pop(); // a slider on its way
    this.note(same ? this.seen : await this.trainer.retarget(data.y), values);
  }

  // A demo that says `every` is looked at after so many steps at most, whatever a frame has time for.
  async advance(steps, values) {
    const { every = Infinity } = this.demo.settings(values);
    for (let left = steps; left > 0; ) {
      const leg = Math.min(left, every - (this.done % every));
      await this.leg(leg, values);
      left -= leg;
    }
  }

  async leg(steps, values) {
    const began = performance.now();
    const seen = await this.trainer.train(steps, this.demo.settings(values));
    this.perLook = performance.now() - began - seen.ms;
    for (const loss of seen.losses) this.losses.push(loss);
    this.done += steps;
    this.perStep = Math.max(seen.ms / steps, 0.001);
    this.note(seen, values);
  }

  // So many steps more. A number that is no number any more ends the run: nothing comes after it.
  more(steps) {
    return this.next(async () => {
      await this.advance(steps, this.history.values);
      this.history.step = this.done;
      if (!Number.isFinite(this.seen.loss)) this.training = false;
      this.changed();
    });
  }

  // A slider moved, while it trains or before: it counts once the steps under way are done.
  moved(name, value) {
    return this.next(async () => {
      if (this.history.change(name, value)) return this.again();
      await this.retarget(this.history.values);
      this.changed();
    });
  }

  // Train frame by frame to the next full round, or until told to stop.
  async train(round, { calm, visible }) {
    if (this.training) return;
    this.training = true;
    const goal = round * (Math.floor(this.history.step / round) + 1);
    while (this.training && visible()) {
      const left = goal - this.history.step;
      if (left <= 0) break;
      const [most, ms] = calm ? [CALM_STEPS, CALM_MS / 2] : [STEPS_A_FRAME, FRAME_MS];
      const worth = Math.max(ms, this.perLook); // a wide network trains no shorter than it is looked at
      const steps = Math.max(1, Math.min(most, Math.floor(worth / this.perStep), left));
      await Promise.all([this.more(steps), calm ? sleep(CALM_MS) : frame()]);
    }
    this.training = false;
    this.changed();
  }
}

function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function frame() {
  return new Promise(requestAnimationFrame);
}
