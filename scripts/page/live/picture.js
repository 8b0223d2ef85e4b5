// Panels of one SVG in the figures' style: same palette, same marks, text of 24 px on a slide.
import { plain, raised } from "./numbers.js";

const SVG = "http://www.w3.org/2000/svg";
const LEFT = 84; // room for the labels of the vertical axis
const RIGHT = 36; // for half of the last label below
const BELOW = 66; // and of the horizontal axis

export function picture(width, height, label) {
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  return { svg, panel: (place, axes) => panel(svg, place, axes) };
}

// place: {x, width, height, and room `above` the panel}; axes: {x: axis, y: axis}, an axis
// {low, high, ticks, log, label}.
// A tick is a number or [number, text]. Everything drawn later is cut off at the panel's edge.
function panel(svg, place, axes) {
  const box = {
    left: place.x + LEFT,
    right: place.x + place.width - RIGHT,
    top: 12 + (place.above ?? 0),
    bottom: place.height - BELOW,
  };
  const back = make("g", {}, svg);
  const frame = make("g", { class: "frame" }, svg);
  const front = window(box, svg);
  const scale = {};

  function rescale(name, axis) {
    axes[name] = { ...axes[name], ...axis };
    const { low, high, log } = axes[name];
    const [from, to] = name === "x" ? [box.left, box.right] : [box.bottom, box.top];
    const at = log ? (v) => Math.log(Math.max(v, 1e-30)) : (v) => v;
    const length = at(high) - at(low);
    scale[name] = (v) => from + ((to - from) * (at(v) - at(low))) / length;
    if (scale.x && scale.y) drawFrame(frame, box, axes, scale);
  }
  rescale("x", {});
  rescale("y", {});

  const drawable = (y) => Number.isFinite(y) && (y > 0 || !axes.y.log);
  const point = (x, y) => {
    const up = Math.min(Math.max(scale.y(y), -4000), 4000); // far outside is outside enough
    return `${scale.x(x).toFixed(1)},${up.toFixed(1)}`;
  };
  return {
    // an axis from 0 to `high`; drawn anew only where that is new
    reach(name, high) {
      if (axes[name].high !== high) rescale(name, { high, ticks: [0, high / 2, high] });
    },
    axes,
    shade(low, high) {
      const [left, right] = [scale.x(low), scale.x(high)];
      make("rect", { class: "outside", ...rectangle({ ...box, left, right }) }, back);
    },
    line(kind) {
      const path = make("polyline", { class: `line ${kind}` }, front);
      return (xs, ys) => {
        const all = [];
        for (let i = 0; i < ys.length; i++) if (drawable(ys[i])) all.push(point(xs[i], ys[i]));
        path.setAttribute("points", all.join(" "));
      };
    },
    // data; of another `kind` rings, or dots in its colour
    dots(kind) {
      const group = make("g", { class: kind ? `dots ${kind}` : "dots" }, front);
      return (xs, ys) => {
        group.replaceChildren();
        for (let i = 0; i < xs.length; i++) {
          make("circle", { cx: scale.x(xs[i]), cy: scale.y(ys[i]), r: 5.5 }, group);
        }
      };
    },
    // upright bars from the lower edge, one per number, `width` wide, the first at `from`
    bars(kind, from, width) {
      const group = make("g", { class: `bars ${kind}` }, front);
      return (values) => {
        group.replaceChildren();
        values.forEach((value, i) => {
          const [left, right] = [scale.x(i + from), scale.x(i + from + width)];
          const high = Number.isFinite(value) ? value : 0;
          const top = Math.min(Math.max(scale.y(high), box.top), box.bottom - 2); // none is a line
          make("rect", rectangle({ left, right, top, bottom: box.bottom }), group);
        });
      };
    },
    // a map: columns x rows cells in a colour, as strong as their shares say, row by row from below
    shades(kind, columns, rows) {
      const group = make("g", { class: `shades ${kind}` }, front);
      const [across, up] = ["x", "y"].map((name, i) => {
        const { low, high } = axes[name];
        return (k) => scale[name](low + ((high - low) * k) / [columns, rows][i]);
      });
      const cells = Array.from({ length: columns * rows }, (_, i) => {
        const [column, row] = [i % columns, Math.floor(i / columns)];
        const [left, right] = [across(column), across(column + 1)];
        return make("rect", rectangle({ left, right, top: up(row + 1), bottom: up(row) }), group);
      });
      const before = [];
      return (shares) => {
        cells.forEach((cell, i) => {
          const share = Math.min(Math.max(shares[i] || 0, 0), 1).toFixed(2);
          if (share !== before[i]) cell.setAttribute("fill-opacity", share);
          before[i] = share;
        });
      };
    },
    // a word in the colour of what it names; x and y as shares of the panel
    label(words, kind, x, y, anchor = "start") {
      const [across, down] = [box.right - box.left, box.bottom - box.top];
      const at = { class: `name ${kind}`, "text-anchor": anchor };
      return text(svg, box.left + x * across, box.top + y * down, words, at);
    },
  };
}

function drawFrame(frame, box, { x, y }, scale) {
  frame.replaceChildren();
  make("path", { d: `M${box.left},${box.top}V${box.bottom}H${box.right}` }, frame);
  for (const tick of x.ticks ?? []) {
    const [value, word] = named(tick);
    const at = scale.x(value);
    make("path", { d: `M${at},${box.bottom}v7` }, frame);
    text(frame, at, box.bottom + 30, word, { "text-anchor": "middle" });
  }
  for (const tick of y.ticks ?? []) {
    const [value, word] = named(tick);
    const at = scale.y(value);
    make("path", { d: `M${box.left},${at}h-7` }, frame);
    text(frame, box.left - 12, at + 8, word, { "text-anchor": "end" });
  }
  if (x.label) {
    text(frame, (box.left + box.right) / 2, box.bottom + 60, x.label, { "text-anchor": "middle" });
  }
  if (y.label) {
    const middle = (box.top + box.bottom) / 2;
    const turned = `rotate(-90 ${box.left - 70} ${middle})`;
    text(frame, box.left - 70, middle, y.label, { "text-anchor": "middle", transform: turned });
  }
}

function named(tick) {
  return Array.isArray(tick) ? tick : [tick, plain(tick)];
}

// Decades from low to high, every `each`-th, as the figures write them.
export function decades(low, high, each = 1) {
  const words = { "-2": "0.01", "-1": "0.1", 0: "1", 1: "10", 2: "100" };
  const all = [];
  for (let n = low; n <= high; n += each) all.push([10 ** n, words[n] ?? `10${raised(n)}`]);
  return all;
}

// An SVG in the SVG, same coordinates: it cuts off at its edge, and needs no id that another picture in
// the same page of JupyterLab could have too.
function window(box, parent) {
  const place = rectangle(box);
  const { x, y, width, height } = place;
  return make("svg", { ...place, viewBox: `${x} ${y} ${width} ${height}`, class: "window" }, parent);
}

function rectangle({ left, right, top, bottom }) {
  return { x: left, y: top, width: Math.max(right - left, 0), height: Math.max(bottom - top, 0) };
}

function text(parent, x, y, words, attributes) {
  const element = make("text", { x, y, ...attributes }, parent);
  element.textContent = words;
  return element;
}

function make(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
}
