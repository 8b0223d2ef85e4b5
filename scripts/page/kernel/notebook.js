// A notebook whose cells run in order: the kernel is always where a run from the top would be.
import * as drafts from "./drafts.js";
import { Kernel, Lost } from "./kernel.js";

const SILENT = { heard() {}, end() {} };

export class Notebook {
  // `cells`: {id, number, code, functions}; `on`: what to call as cells start, speak and end.
  constructor(name, { key, cells }, on) {
    Object.assign(this, { name, key, on });
    this.cells = cells.map((cell) => ({ ...cell, call: cell.code, run: 0 }));
    for (const cell of this.cells) this.written(cell, cell.code);
    this.kernel = new Kernel(`${name}.ipynb`, (why) => {
      this.forget();
      if (why && !this.busy) on.lost(this, why);
    });
    this.done = 0; // so many cells from the top have run, as they stand
    this.ran = []; // the code of each
    this.edits = 0; // runs of edited code so far: a cell that ran before the last one shows old news
    this.firstEdit = cells.length;
    this.records = {}; // what cells kept: {name: {count, edits, numbers, settings}}
    this.ended = ""; // what ended the last run before its time: nothing runs by itself until an edit
  }

  get memory() {
    return `kernel-${this.name}`;
  }

  position(id) {
    return this.cells.findIndex((cell) => cell.id === id);
  }

  // The code as the author wrote it, to edit and to come back to.
  written(cell, text) {
    cell.code = cell.text = cell.asRun = text;
  }

  edit(id, text) {
    const at = this.position(id);
    this.cells[at].text = text;
    this.ended = "";
    this.done = Math.min(this.done, at);
    drafts.keep(this, this.cells[at]);
    this.on.edited(this);
  }

  // An edit from before the page was loaded: again in its cell, or, where the author's code is another now,
  // waiting for somebody to choose. One that had run counts as run, so that what shows older news runs again.
  restore(at) {
    const cell = this.cells[at];
    const draft = drafts.kept(this, cell);
    if (!draft) return;
    if (draft.code !== cell.code) return void (cell.rival = draft.text);
    cell.text = draft.text;
    if (!this.remembered().ran?.includes(program(cell))) return;
    cell.asRun = draft.text;
    this.edits = 1;
    this.firstEdit = Math.min(this.firstEdit, at);
  }

  // Is this cell's output from before an edit that was run?
  isOld(at) {
    return at >= this.firstEdit && this.cells[at].run < this.edits;
  }

  // Does it show what came of an edit, its own or an earlier cell's?
  isEdited(at) {
    return this.cells.slice(0, at + 1).some(({ asRun, code }) => asRun !== code);
  }

  // {name: record} of those that cells kept since the last edit ran.
  recordsSinceEdit() {
    return Object.fromEntries(Object.entries(this.records).filter(([, { edits }]) => edits === this.edits));
  }

  keepRecords(reply) {
    const now = reply.user_expressions?.kept?.data?.["application/json"] ?? {};
    for (const [name, record] of Object.entries(now)) {
      const { edits } = this;
      if (record.count !== this.records[name]?.count) this.records[name] = { ...record, edits };
    }
  }

  // Run what stands before a cell while nobody waits for it, so that the cell's own run is quick.
  async warm(at) {
    this.goal = at;
    if (this.busy || this.warming || this.ended || this.done >= at) return;
    this.halted = false;
    this.warming = this.catchUp();
    await this.warming;
    this.warming = null;
    this.on.warm(this);
  }

  async catchUp() {
    try {
      await this.follow(await this.kernel.connect());
      while (this.done < this.goal) {
        this.on.warm(this, this.done);
        if (!(await this.step(this.done, false, SILENT)) || this.halted) return;
      }
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      this.forget(); // whoever runs a cell will be told
    }
  }

  // Run these cells, first whatever stands before them and has not run. True if all went well.
  async run(wanted) {
    if (this.busy) return false;
    this.busy = true;
    const first = Math.min(...wanted);
    const last = Math.max(...wanted);
    this.goal = first;
    this.halted = false;
    this.ended = "";
    try {
      await this.warming;
      if (this.halted) return false;
      await this.follow(await this.kernel.connect());
      for (let at = Math.min(this.done, first); at <= last; at++) {
        if (this.halted) return false;
        this.on.start(this, at, at < first);
        if (!(await this.step(at, wanted.includes(at)))) return false;
      }
      return true;
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      this.ended = error.message;
      this.forget();
      this.on.lost(this, error.message);
      return false;
    } finally {
      this.busy = false;
      this.on.idle(this);
    }
  }

  // What this kernel has run: a reloaded page need not run it again, another kernel knows nothing of
  // it, and after an edit to a demo's module the kernel must start anew.
  async follow(id) {
    if (id === this.kernelId) return;
    const known = this.remembered();
    this.forget();
    this.kernelId = id;
    if (known.kernelId !== id) return;
    if (known.key !== this.key) await this.kernel.restart();
    else this.recall(known.ran);
  }

  recall(ran) {
    const other = this.cells.findIndex((cell, at) => program(cell) !== ran[at]);
    this.done = other < 0 ? this.cells.length : other;
    this.ran = ran.slice(0, this.done);
  }

  remember(at) {
    const { kernelId, key } = this;
    this.ran = [...this.ran.slice(0, at), program(this.cells[at])];
    sessionStorage.setItem(this.memory, JSON.stringify({ kernelId, key, ran: this.ran }));
  }

  remembered() {
    return JSON.parse(sessionStorage.getItem(this.memory) ?? "{}");
  }

  forget() {
    this.done = 0;
    this.ran = [];
    this.records = {};
    sessionStorage.removeItem(this.memory);
  }

  async step(at, shown, on = this.on) {
    const cell = this.cells[at];
    const { text } = cell;
    const { done } = this;
    const reply = await this.kernel.execute(program(cell), (message) =>
      on.heard(this, at, shown, message),
    );
    const good = reply.status === "ok";
    if (good && text !== cell.asRun) {
      cell.asRun = text;
      this.edits += 1;
      this.firstEdit = Math.min(this.firstEdit, at);
    }
    this.keepRecords(reply);
    if (good) cell.run = this.edits;
    else this.ended = `cell ${cell.number} failed`;
    if (good) this.remember(at);
    const edited = this.done < done; // while it ran
    this.done = good && !edited ? at + 1 : Math.min(this.done, good ? at + 1 : at);
    on.end(this, at, shown, reply);
    return good;
  }

  // End what runs, and what was to run after it.
  async interrupt() {
    this.halted = true;
    this.ended = "stopped";
    await this.kernel.interrupt();
  }

  // Nothing has run, so no output is older than an edit; the kernel starts anew with the next run.
  async restart() {
    this.halted = true;
    await this.kernel.restart();
    this.forget();
    for (const cell of this.cells) cell.run = this.edits;
  }
}

// What the kernel is told. A slide that shows functions of a demo redefines those when edited.
// A live demo is to give its settings, not the widget that JupyterLab shows.
function program({ call, code, text, asRun, functions, live }) {
  if (live) return `__import__("demos.core.live", fromlist=["for_a_slide"]).for_a_slide()\n${text}`;
  if (!functions) return text;
  if (text === code && asRun === code) return call;
  const news = JSON.stringify(text); // is a string in Python too
  return `${call}\nfrom demos.core.redefine import redefine\nredefine([${functions}], ${news})`;
}
