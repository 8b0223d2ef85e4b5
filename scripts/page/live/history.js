// What was done to an experiment, and when: enough to do it again and get the same picture.
// As text, for an address: `0_seed:3_lr:0.004~500_lr:0.001~1200` is a start that differs from the
// talk's in two settings, a change after 500 steps, and where it stands: 1200 steps.
export class History {
  // choices: {name: [allowed values]}, talk: {name: value}, restarts: names that begin anew
  constructor(choices, talk, restarts) {
    Object.assign(this, { choices, talk, restarts });
    this.reset();
  }

  // Back to step 0: with the talk's settings, or with those that hold now.
  reset(values = this.talk) {
    this.first = { ...values };
    this.values = { ...values };
    this.changes = [];
    this.step = 0;
  }

  // A slider moved. Returns whether the run has to begin anew.
  change(name, value) {
    const values = { ...this.values, [name]: value };
    if (this.restarts.includes(name) || this.step === 0) {
      this.reset(values);
      return true;
    }
    this.record(name, value);
    return false;
  }

  record(name, value) {
    this.values = { ...this.values, [name]: value };
    const last = this.changes.at(-1);
    if (last?.step === this.step) last.values[name] = value;
    else this.changes.push({ step: this.step, values: { [name]: value } });
  }

  // Only so far did it come: what was done later is forgotten.
  cut(step) {
    this.changes = this.changes.filter((change) => change.step < step);
    this.values = Object.assign({}, this.first, ...this.changes.map(({ values }) => values));
    this.step = step;
  }

  // Pieces of the run so far, each with the settings that held: [{steps, values}]
  legs() {
    const legs = [];
    let [step, values] = [0, this.first];
    for (const change of [...this.changes, { step: this.step, values: {} }]) {
      if (change.step > step) legs.push({ steps: change.step - step, values });
      [step, values] = [change.step, { ...values, ...change.values }];
    }
    return legs;
  }

  toString() {
    const words = (values) => Object.entries(values).map(([name, value]) => `_${name}:${value}`);
    const differs = Object.entries(this.first).filter(([name, value]) => value !== this.talk[name]);
    if (!this.step && !differs.length) return "";
    const parts = [{ step: 0, values: Object.fromEntries(differs) }, ...this.changes];
    return [...parts.map(({ step, values }) => step + words(values).join("")), this.step].join("~");
  }

  // What makes no sense is passed over: anybody can write an address.
  parse(text, most = 100_000) {
    this.reset();
    for (const part of String(text ?? "").split("~")) {
      const step = Math.min(Number(part.split("_", 1)[0]), most);
      if (!Number.isInteger(step) || step < this.step) continue;
      this.step = step;
      for (const [, name, value] of part.matchAll(/_([a-z_]+):([^_]*)/g)) {
        const choice = this.choices[name]?.find((one) => String(one) === value);
        if (choice === undefined) continue;
        if (step === 0) this.first[name] = this.values[name] = choice;
        else if (!this.restarts.includes(name)) this.record(name, choice);
      }
    }
  }
}
