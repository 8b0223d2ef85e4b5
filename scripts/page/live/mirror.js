// A run that is somebody else's: what the speaker view draws. It hears what there is to see, and trains
// nothing; what is solved at once it solves again.
export class Mirror {
  constructor(data, demo, history, changed) {
    Object.assign(this, { given: data, demo, history, changed, done: 0, losses: [], looks: [] });
  }

  hear({ values, ...seen }) {
    const { given, demo, history } = this;
    Object.assign(this, seen);
    history.values = values;
    if (demo.solve) {
      this.data = demo.data(values, given);
      this.seen = demo.solve(values, this.data);
    }
    this.changed();
  }
}

// What a mirror wants to know of a run, as plain data.
export function view({ history, training, goal, done, seen, losses, looks, data }) {
  const { values } = history;
  if (typeof seen === "function") return { values, training };
  return { values, training, goal, done, seen, losses: Float32Array.from(losses), looks, data };
}
