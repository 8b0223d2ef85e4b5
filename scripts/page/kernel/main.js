// Code on slides that runs: what the server adds to the deck. See README, "Run code on a slide".
import { Bar } from "./bar.js";
import { blocksOf } from "./block.js";
import { fresh } from "./fresh.js";
import { Notebook } from "./notebook.js";
import { Outputs } from "./outputs.js";
import { renewWords, restoreWords } from "./words.js";

const CHANGED = "the notebook changed since your edit";
const OFTEN = 150; // ms between two looks at what a running cell has said so far

class Live {
  constructor(deck, cells) {
    this.deck = deck;
    const on = {
      start: this.start.bind(this),
      heard: this.heard.bind(this),
      end: this.end.bind(this),
      lost: (notebook, why) => this.say(notebook, this.lostText(why)),
      idle: () => this.renew(),
      edited: () => this.refresh(),
      warm: this.warm.bind(this),
    };
    this.notebooks = new Map(
      Object.entries(cells).map(([name, found]) => [name, new Notebook(name, found, on)]),
    );
    this.slides = new Map(); // section: its blocks
    for (const slide of deck.getSlidesElement().querySelectorAll("section:not(.stack)")) {
      this.slides.set(slide, blocksOf(slide, this.notebooks));
    }
    this.bar = new Bar({
      run: () => this.run(),
      edit: () => this.edit(),
      reset: () => this.reset(),
      stop: () => this.stop(),
      restart: () => this.restart(),
      mine: () => this.choose((block) => block.keepRival()),
      theirs: () => this.choose((block) => block.dropRival()),
    });
    deck.getSlidesElement().append(this.bar.element);
    this.listen();
    this.arrive();
  }

  get blocks() {
    return this.slides.get(this.deck.getCurrentSlide()) ?? [];
  }

  get notebook() {
    return this.blocks[0]?.notebook;
  }

  listen() {
    const { deck } = this;
    deck.on("slidechanged", () => this.arrive());
    deck.addKeyBinding({ keyCode: 69, key: "E", description: "Edit the code" }, () => this.edit());
    deck.addKeyBinding({ keyCode: 73, key: "I", description: "Stop the code" }, () => this.stop());
    deck.addKeyBinding({ keyCode: 82, key: "R", description: "Restart the kernel" }, () =>
      this.restart(),
    );
    deck.registerKeyboardShortcut("Shift + Enter", "Run the code");
    const enter = (event) => {
      if (event.key !== "Enter" || !event.shiftKey || !this.hasCode()) return;
      event.preventDefault();
      event.stopPropagation();
      this.run();
    };
    addEventListener("keydown", enter, { capture: true });
    deck.getSlidesElement().addEventListener("click", ({ target }) => {
      const code = target.closest?.("pre[data-code]");
      const block = code && this.blocks.find((each) => each.code === code);
      if (block && !deck.isOverview() && getSelection().isCollapsed) this.edit(block);
    });
  }

  hasCode() {
    return this.blocks.some(({ code }) => code) && !this.deck.isOverview();
  }

  // A slide comes up.
  arrive() {
    for (const block of this.blocks) if (block.edited) block.open();
    if (this.blocks.some(({ cell }) => cell.rival !== undefined)) this.say(this.notebook, CHANGED);
    this.renew();
    if (this.notebook?.kernelId) this.catchUp();
  }

  // The controls of the slide, and its figure once more if the code before it was edited. Where that
  // ended badly the author's figure stays, and nothing runs by itself before another edit.
  renew() {
    this.refresh();
    const { notebook } = this;
    if (!notebook || notebook.busy) return;
    if (!this.blocks.some(({ at, originals }) => originals.length && notebook.isOld(at))) return;
    if (!notebook.ended) this.run({ asked: false });
    else if (notebook.endedOn !== this.blocks) this.say(notebook, `${notebook.ended}: this is the slide's own output`);
  }

  // Where code runs already, or is about to, what stands before a slide has run when it is asked for.
  catchUp() {
    if (this.hasCode()) this.notebook.warm(Math.min(...this.blocks.map(({ at }) => at)));
  }

  // at: the cell that runs ahead; none once they have.
  warm(notebook, at) {
    const { number } = notebook.cells[at] ?? {};
    if (number) notebook.does = first(number);
    if (notebook.busy) return;
    if (number) this.say(notebook, `getting ready: cell ${number}`);
    else this.say(notebook, notebook.done < notebook.goal ? notebook.ended : "ready");
  }

  refresh() {
    const { notebook } = this;
    const idle = this.blocks.every(({ begin, at }) => begin && !notebook.isOld(at)); // live demos alone
    if (!notebook || (idle && !notebook.busy)) return this.bar.hide();
    this.bar.show({
      name: notebook.name,
      code: this.hasCode(),
      busy: Boolean(notebook.busy),
      warming: Boolean(notebook.warming),
      edited: this.blocks.some(({ edited, result }) => edited || result),
      rival: this.blocks.some(({ cell }) => cell.rival !== undefined),
      text: notebook.says ?? "",
    });
  }

  say(notebook, text) {
    notebook.says = text;
    if (notebook === this.notebook) this.refresh();
  }

  async run({ asked = true } = {}) {
    const { notebook, blocks } = this;
    if (!notebook || notebook.busy) return;
    for (const block of blocks) block.fresh();
    Object.assign(notebook, { runs: blocks, asked, endedOn: asked ? blocks : null });
    notebook.since = performance.now();
    if (!notebook.warming) notebook.does = "starting the kernel";
    this.say(notebook, notebook.does);
    const clock = setInterval(() => this.tick(notebook), 1000);
    try {
      const wanted = blocks.map(({ at }) => at);
      const good = await notebook.run(wanted);
      if (good) this.say(notebook, `ran in ${took(notebook)}`);
      if (good) this.words(notebook, blocks);
      else if (notebook.halted) this.say(notebook, `stopped after ${took(notebook)}`);
    } finally {
      clearInterval(clock);
    }
  }

  // What the slide says beside what its cells gave.
  words(notebook, blocks) {
    const [{ slide }] = blocks;
    if (blocks.some(({ at }) => notebook.isEdited(at))) renewWords(slide, notebook);
    else restoreWords(slide);
  }

  // Between an edit from before and what the author wrote since.
  choose(side) {
    const { notebook } = this;
    for (const block of this.blocks) if (block.cell.rival !== undefined) side(block);
    this.say(notebook, "");
  }

  tick(notebook) {
    this.say(notebook, `${notebook.does}, ${took(notebook)}`);
  }

  start(notebook, at, before) {
    notebook.outputs = new Outputs();
    const { number } = notebook.cells[at];
    notebook.does = before ? first(number) : "running";
    this.say(notebook, notebook.does);
  }

  heard(notebook, at, shown, message) {
    if (!notebook.outputs.hear(message) || !shown) return;
    notebook.timer ??= setTimeout(() => this.draw(notebook, at), OFTEN);
  }

  draw(notebook, at) {
    notebook.timer = clearTimeout(notebook.timer);
    const block = notebook.runs.find((each) => each.at === at);
    if (notebook.outputs.parts.length) this.put(block, notebook.outputs);
  }

  put(block, outputs) {
    if (block?.begin && outputs.live) block.begin(outputs.live);
    else block?.show(outputs.elements(block.label));
  }

  end(notebook, at, shown, reply) {
    notebook.timer = clearTimeout(notebook.timer);
    const block = notebook.runs.find((each) => each.at === at);
    const elements = notebook.outputs.elements(block?.label ?? "");
    if (reply.status === "ok") {
      if (elements.length || block?.result) this.put(block, notebook.outputs);
    } else {
      this.failed(notebook, at, block, elements, reply);
    }
  }

  failed(notebook, at, block, elements, reply) {
    const stopped = reply.ename === "KeyboardInterrupt";
    const { number } = notebook.cells[at];
    if (!notebook.asked) return; // `renew` says it
    (block ?? notebook.runs[0]).showError(elements, block ? reply : { ...reply, traceback: [] });
    const place = block ? "" : `cell ${number}, which comes before: `;
    const what = stopped ? `stopped after ${took(notebook)}` : `${place}${reply.ename}`;
    this.say(notebook, what);
  }

  lostText(why) {
    if (why === "restarted") return "restarted: Run starts from the top";
    if (why === "the kernel died") return "the kernel died: Run starts a new one from the top";
    return `${why}; the slides still work`;
  }

  edit(block = this.blocks.findLast(({ code }) => code?.checkVisibility())) {
    block?.open()?.focus();
    if (block) this.catchUp();
  }

  reset() {
    for (const block of this.blocks) block.reset();
    restoreWords(this.deck.getCurrentSlide());
    this.say(this.notebook, "");
  }

  async stop() {
    const { notebook } = this;
    if (!notebook?.busy && !notebook?.warming) return;
    this.say(notebook, "stopping");
    await notebook.interrupt().catch(() => {});
  }

  async restart() {
    const { notebook } = this;
    if (!notebook || !this.hasCode()) return;
    this.say(notebook, "restarting");
    await notebook.restart().then(
      () => this.say(notebook, this.lostText("restarted")),
      (error) => this.say(notebook, this.lostText(error.message)),
    );
  }
}

function first(number) {
  return `first cell ${number}, which comes before`;
}

function took({ since }) {
  const seconds = (performance.now() - since) / 1000;
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
}

async function begin() {
  const deck = window.Reveal;
  if (window.parent !== window || deck.isPrintView()) return; // the speaker view's slides only show
  const response = await fetch("/kernel/cells");
  if (!response.ok) return;
  window.talkLive = new Live(deck, await response.json());
  fresh();
}

if (window.Reveal.isReady()) begin();
else window.Reveal.on("ready", begin);
