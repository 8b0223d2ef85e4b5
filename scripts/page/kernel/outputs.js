// What a cell gave, as elements for the slide. It comes from code that somebody just typed, or from data
// it read: so it is cleaned, and cut where it is more than a slide can take.
import DOMPurify from "dompurify";
import { asHtml } from "./kernel.js";

const MOST = 20_000; // characters of text; a slide shows a few hundred
const MANY = 200; // pieces of output: texts, pictures, tables
const LARGEST = 4_000_000; // characters of one picture or table
const LIVE = "application/vnd.talk.live+json";
const TABLE = "application/vnd.talk.claims+json"; // which table of claims
const COLORS = /\x1b\[[0-9;]*[A-Za-z]/g;
const ALLOWED = {
  USE_PROFILES: { html: true, svg: true, svgFilters: true },
  ADD_TAGS: ["use"],
  FORBID_TAGS: ["style", "form", "input", "button", "textarea", "select", "dialog", "video", "audio"],
  ALLOW_DATA_ATTR: false, // reveal.js loads what some of them name
};

// Links lead out; what a picture refers to is in it, and nothing is fetched.
DOMPurify.addHook("uponSanitizeAttribute", (element, attribute) => {
  const { attrName: name, attrValue: value } = attribute;
  const link = element.tagName.toLowerCase() === "a";
  if (/^((xlink:)?href|src|srcset|background)$/.test(name) && !link) {
    attribute.keepAttr = /^(#|data:image\/(png|jpeg|gif|webp);)/.test(value);
  }
});

// Collects the messages of one run of a cell.
export class Outputs {
  constructor() {
    this.parts = []; // {text} or {data}
    this.left = MOST;
    this.cut = 0; // characters left out
    this.flooded = false; // the server left out more
    this.more = 0; // pieces left out
  }

  // Returns whether there is anything new to show.
  hear({ header, content }) {
    switch (header.msg_type) {
      case "stream":
        return this.addText(content.text);
      case "display_data":
      case "execute_result":
        return this.addData(content);
      case "update_display_data":
        return this.update(content);
      case "clear_output":
        this.parts = [];
        this.left = MOST;
        this.more = 0;
        return true;
    }
    return false;
  }

  addText(text) {
    if (/^IOPub (data|message) rate exceeded/.test(text)) {
      this.flooded = true;
      return true;
    }
    const kept = text.slice(0, this.left);
    this.left -= kept.length;
    this.cut += text.length - kept.length;
    const last = this.parts.at(-1);
    if (last?.text !== undefined) last.text += kept;
    else if (kept) this.push({ text: kept });
    return true;
  }

  addData({ data, transient }) {
    const size = sizeOf(data);
    if (size > LARGEST) this.cut += size;
    else this.push({ data, id: transient?.display_id });
    return true;
  }

  // What a cell shows again under a name that it gave, as JupyterLab does: in the old one's place.
  update({ data, transient }) {
    const named = this.parts.filter(({ id }) => id && id === transient?.display_id);
    if (sizeOf(data) <= LARGEST) for (const part of named) part.data = data;
    return named.length > 0;
  }

  push(part) {
    if (this.parts.length < MANY) this.parts.push(part);
    else this.more += 1;
  }

  // A live demo's settings, if the cell gave some.
  get live() {
    return this.parts.map(({ data }) => data?.[LIVE]).find(Boolean);
  }

  // The elements, `label` naming a picture.
  elements(label) {
    const found = this.parts.map(({ text, data }) => (data ? shown(data, label) : plain(text)));
    if (this.cut || this.flooded || this.more) found.push(plain(this.remark(), "kernel-remark"));
    return found.filter(Boolean);
  }

  remark() {
    const size = this.cut && `${Math.ceil(this.cut / 1000).toLocaleString("en")} kB`;
    const pieces = this.more && `${this.more.toLocaleString("en")} pieces`;
    const more = this.flooded ? "much more" : [size, pieces].filter(Boolean).join(" and ");
    return `(${more} output left out)`;
  }
}

function sizeOf(data) {
  return Object.values(data).reduce((sum, value) => sum + String(value).length, 0);
}

function shown(data, label) {
  const take = (type) => [data[type]].flat().join("");
  if (data[TABLE] && decks(take(TABLE))) return decks(take(TABLE));
  if (data["image/svg+xml"]) return picture(take("image/svg+xml"), label);
  if (data["text/latex"]) return written(take("text/latex").replace(/^\s*\$(?!\$)(.*)\$\s*$/s, "$$$$$1$$$$"));
  for (const type of ["image/png", "image/jpeg", "image/gif"]) {
    if (data[type]) return figure(image(`data:${type};base64,${take(type).trim()}`, label));
  }
  if (data["text/html"]) return clean(take("text/html"));
  if (data["text/markdown"]) return written(take("text/markdown"));
  return data["text/plain"] ? plain(take("text/plain")) : null;
}

// The kernel knows all claims, the deck its own, judged together: so its table stays what the deck says.
function decks(kind) {
  return document.querySelector(`table[data-table="${CSS.escape(kind)}"]`)?.cloneNode(true);
}

// Markdown as the build shows it: the server renders it. Until then, and where it is refused, as written.
const rendered = new Map();
function written(markdown) {
  const element = document.createElement("div");
  const show = (html) => (element.innerHTML = html); // cleaned by the server, formulas typeset since
  if (rendered.has(markdown)) show(rendered.get(markdown));
  else element.append(plain(markdown));
  const keep = (html) => show(rendered.set(markdown, html).get(markdown));
  if (!rendered.has(markdown)) asHtml(markdown).then(keep, () => {});
  return element;
}

function picture(svg, label) {
  const element = figure(...clean(svg).children);
  const drawing = element.querySelector("svg");
  drawing?.setAttribute("role", "img");
  drawing?.setAttribute("aria-label", label);
  return element;
}

function figure(...children) {
  const element = document.createElement("figure");
  element.className = "figure";
  element.append(...children);
  return element;
}

function image(address, label) {
  const element = document.createElement("img");
  element.src = address;
  element.alt = label;
  return element;
}

// Markup without anything that runs, fetches or covers the slide.
export function clean(markup) {
  const element = document.createElement("div");
  element.append(DOMPurify.sanitize(markup, { ...ALLOWED, RETURN_DOM_FRAGMENT: true }));
  return element;
}

export function plain(text, ...classes) {
  const element = document.createElement("pre");
  element.classList.add("output", ...classes);
  element.textContent = text.replace(COLORS, "").replace(/^.*\r(?=[^\r\n])/gm, "").trimEnd();
  return element;
}
