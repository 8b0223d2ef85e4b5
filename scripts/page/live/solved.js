// An experiment without training: what a Run is to a widget, for a demo that is solved at once.
export class Solved {
  constructor(data, demo, history, changed) {
    Object.assign(this, { given: data, demo, history, changed, training: false, queue: null });
  }

  async replay() {
    const { given, demo, history } = this;
    this.data = demo.data(history.values, given);
    this.seen = demo.solve(history.values, this.data);
    this.changed();
  }

  moved(name, value) {
    this.history.change(name, value);
    return this.replay();
  }
}
