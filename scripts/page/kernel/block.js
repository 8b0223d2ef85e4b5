// A cell on a slide: its code, which can be edited, and its outputs, which a run replaces.
import { Editor } from "./editor.js";
import { plain } from "./outputs.js";

const HEIGHT = 720; // of a slide
const BOTTOM = 676; // where its content ends
const LEAST = 120; // a result with less room than this lies over the slide instead

export class Block {
  constructor(slide, notebook, at) {
    Object.assign(this, { slide, notebook, at });
    const address = CSS.escape(`${notebook.name}#${this.cell.id}`);
    this.code = slide.querySelector(`pre[data-code="${address}"]`);
    this.originals = [...slide.querySelectorAll(`[data-cell="${address}"]`)];
    this.label = this.alternative();
    if (this.code && this.cell.functions) notebook.written(this.cell, textOf(this.code));
    notebook.restore(at);
  }

  get cell() {
    return this.notebook.cells[this.at];
  }

  get edited() {
    return this.cell.text !== this.cell.code;
  }

  alternative() {
    const picture = this.originals.map((e) => e.querySelector("svg[role=img], img")).find(Boolean);
    const said = picture?.getAttribute("aria-label") ?? picture?.alt;
    return `${said ?? "What the code drew"} (run live)`;
  }

  // The editor takes the place of the code.
  open() {
    if (!this.editor && this.code) {
      this.limit ??= Math.max(BOTTOM, this.lowest());
      this.editor = new Editor(this.cell.text, `Code of cell ${this.cell.number}`, {
        changed: (text) => {
          this.notebook.edit(this.cell.id, text);
          this.fit();
        },
        leave: () => this.leave(),
      });
      this.editor.element.style.minHeight = `${this.code.offsetHeight}px`;
      this.code.after(this.editor.element);
      this.code.classList.add("kernel-aside");
      this.fit();
    }
    return this.editor;
  }

  // An edit from before, of code that is another now.
  keepRival() {
    this.notebook.edit(this.cell.id, this.cell.rival);
    delete this.cell.rival;
    this.close();
    this.open();
  }

  dropRival() {
    delete this.cell.rival;
    this.notebook.edit(this.cell.id, this.cell.text); // what was kept goes
  }

  leave() {
    this.editor.element.contains(document.activeElement) && document.activeElement.blur();
    if (!this.edited && !this.failed) this.close();
    return true;
  }

  close() {
    this.editor?.close();
    this.editor = null;
    this.code?.classList.remove("kernel-aside");
  }

  // New outputs instead of those on the slide.
  show(elements) {
    if (this.cell.functions && !this.failed) return; // it shows code, which stands there already
    this.limit ??= Math.max(BOTTOM, this.lowest());
    this.result ??= this.makePlace();
    this.result.replaceChildren(...elements);
    for (const element of this.originals) element.classList.add("kernel-aside");
    this.fit();
  }

  makePlace() {
    const place = document.createElement("div");
    place.className = "kernel-output";
    const before = this.originals[0] ?? this.editor?.element ?? this.code;
    before.before(place);
    if (!this.originals.length) before.after(place);
    return place;
  }

  // What has no room scrolls, the code too where that is not enough; what follows stays on the slide. Where
  // nothing helps the result lies over the slide, but over no badge.
  fit() {
    const { result } = this;
    const parts = [result, this.editor?.element ?? this.code].filter((part) => part?.checkVisibility());
    result?.classList.remove("kernel-over");
    for (const { style } of parts) style.maxHeight = "";
    for (const part of parts) {
      const too = this.lowest() - this.limit;
      if (too < 1) return;
      part.style.minHeight = 0;
      part.style.maxHeight = `${Math.max(part.offsetHeight - too, LEAST)}px`;
      if (part === result) result.tabIndex = 0; // so that keys scroll it
    }
    if (result && this.lowest() - this.limit >= 1) this.over(parts);
  }

  over(parts) {
    const { result } = this;
    for (const { style } of parts) style.maxHeight = "";
    const { top } = this.place(result);
    const badges = [...this.slide.querySelectorAll(".badge")].map((badge) => this.place(badge).top);
    const end = Math.min(BOTTOM, ...badges.filter((badge) => badge > top));
    result.classList.add("kernel-over");
    result.style.bottom = `${HEIGHT - end}px`;
    result.style.maxHeight = `${Math.max(end - top, LEAST)}px`;
  }

  // Where the slide's content ends.
  lowest() {
    const parts = this.slide.querySelectorAll(".canvas > *, .left > *, .right > *");
    return Math.max(...[...parts].map((part) => this.place(part).bottom));
  }

  // Where an element begins and ends, in the slide's own pixels.
  place(element) {
    const origin = Reveal.getSlidesElement().getBoundingClientRect().top;
    const { top, bottom } = element.getBoundingClientRect();
    return { top: (top - origin) / Reveal.getScale(), bottom: (bottom - origin) / Reveal.getScale() };
  }

  // What went wrong, in place, and the line it came from.
  showError(elements, { ename, evalue, traceback, execution_count: count }) {
    this.failed = ename !== "KeyboardInterrupt";
    const line = this.failed ? lineOf(traceback, count) : null;
    const where = line ? `line ${line}: ` : "";
    const what = this.failed ? `${where}${ename}: ${evalue.slice(0, 400)}` : "stopped";
    if (line) this.open()?.mark(Number(line));
    const told = plain(what, this.failed ? "kernel-error" : "kernel-remark");
    if (this.failed) told.setAttribute("role", "alert");
    this.show([...elements, told]);
    this.result.scrollTop = this.result.scrollHeight;
  }

  // A run begins: the last one's mark goes.
  fresh() {
    this.failed = false;
    this.editor?.mark(null);
  }

  reset() {
    this.notebook.edit(this.cell.id, this.cell.code);
    this.failed = false;
    this.close();
    this.result?.remove();
    this.result = null;
    for (const element of this.originals) element.classList.remove("kernel-aside");
  }
}

// A live demo: what its cell gives anew are the settings that it starts from.
class LiveBlock extends Block {
  constructor(...given) {
    super(...given);
    this.cell.live = true;
    this.given = this.figure.dataset.settings;
  }

  get figure() {
    return this.originals[0];
  }

  begin({ settings }) {
    super.reset();
    this.restart(JSON.stringify(settings));
  }

  restart(settings) {
    if (this.figure.dataset.settings === settings) return;
    this.figure.dataset.settings = settings;
    this.figure.dispatchEvent(new Event("settings"));
  }

  // From these values nothing can start: the cell's figure, and the line that says why.
  show(elements) {
    if (this.originals.length === 1) this.originals.push(this.figure.nextElementSibling);
    super.show(elements);
  }

  reset() {
    super.reset();
    this.restart(this.given);
  }
}

// The text of a code block, which may stand in a table of numbered lines.
function textOf(pre) {
  const code = pre.querySelector("code");
  const lines = [...code.querySelectorAll(".hljs-ln-code")];
  return lines.length ? lines.map((line) => line.textContent).join("\n") : code.textContent.trim();
}

// The line of the cell an error came from: the last one that the traceback names in it.
function lineOf(traceback, count) {
  const text = traceback.join("\n").replace(/\x1b\[[0-9;]*m/g, "");
  const slide = text.match(/File <slide[^>]*>:(\d+)/);
  const found = [...text.matchAll(/Cell In\[(\d+)\], line (\d+)/g)];
  return slide?.[1] ?? found.findLast(([, cell]) => Number(cell) === count)?.[2] ?? null;
}

// The cells on a slide that run: all whose code or output it shows.
export function blocksOf(slide, notebooks) {
  const blocks = new Map();
  for (const { dataset } of slide.querySelectorAll("[data-cell], [data-code]")) {
    const address = dataset.code ?? dataset.cell;
    const cut = address.indexOf("#");
    const notebook = notebooks.get(address.slice(0, cut));
    const at = notebook?.position(address.slice(cut + 1)) ?? -1;
    const Kind = dataset.demo ? LiveBlock : Block;
    if (at >= 0 && !blocks.has(address)) blocks.set(address, new Kind(slide, notebook, at));
  }
  return [...blocks.values()].sort((a, b) => a.at - b.at);
}
