// Of a browser's document what the live demos use, and no more: elements that keep what they are given.
export class Element {
  constructor(name) {
    Object.assign(this, { name, attributes: {}, children: [], listeners: {}, dataset: {} });
    this.classList = { add: (one) => (this.className = `${this.className ?? ""} ${one}`.trim()) };
    this.style = { setProperty: (property, value) => (this.attributes[property] = value) };
    this.isConnected = true; // on a slide in sight
  }

  append(...more) {
    this.children.push(...more);
  }

  replaceChildren(...more) {
    this.children = more;
  }

  get textContent() {
    return this.children.map((child) => child.textContent ?? String(child)).join("");
  }

  set textContent(words) {
    this.children = [String(words)];
  }

  // an input's value is text, as in a browser
  get value() {
    return this.text;
  }

  set value(given) {
    this.text = String(given);
  }

  setAttribute(name, value) {
    this.attributes[name] = String(value);
  }

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  addEventListener(kind, heard) {
    (this.listeners[kind] ??= []).push(heard);
  }

  closest() {
    return null; // nothing is inert
  }

  happens(kind, more = {}) {
    for (const heard of this.listeners[kind] ?? []) heard({ target: this, ...more });
  }

  // all below that `wanted` holds for, in the document's order
  find(wanted) {
    const below = this.children.filter((child) => child instanceof Element);
    return below.flatMap((child) => [...(wanted(child) ? [child] : []), ...child.find(wanted)]);
  }

  plain() {
    const { name, attributes } = this;
    const below = this.children.filter((child) => child instanceof Element);
    const text = below.length ? "" : this.textContent;
    return { name, attributes, text, children: below.map((child) => child.plain()) };
  }
}

export const document = {
  createElement: (name) => new Element(name),
  createElementNS: (_, name) => new Element(name),
};
