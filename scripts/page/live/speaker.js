// The speaker view's slides show the run of the talk's own page, by messages between the windows: those
// work for a file opened from the disk too.
import { view } from "./mirror.js";

const NAME = "talk-live";
const PAUSE = 100; // ms between two messages of one figure
const target = location.protocol === "file:" ? "*" : location.origin; // a file has no origin to name

// In the talk's page. Returns told(figure, run): there is something new to see.
export function telling() {
  const runs = new Map(); // figure: its run
  const waiting = new Set();
  const views = new Set(); // windows that asked
  addEventListener("message", ({ data, source, origin }) => {
    if (data?.name !== NAME || !data.ask || origin !== window.origin) return;
    views.add(source);
    if (runs.has(data.ask)) source.postMessage(message(data.ask), target);
  });
  const message = (figure) => ({ name: NAME, figure, view: view(runs.get(figure)) });

  return (figure, run) => {
    runs.set(figure, run);
    if (!views.size || waiting.has(figure)) return;
    waiting.add(figure);
    setTimeout(() => {
      waiting.delete(figure);
      for (const one of views) {
        if (one.closed) views.delete(one);
        else one.postMessage(message(figure), target);
      }
    }, PAUSE);
  };
}

// In a slide of the speaker view: hear what is to be seen of a figure, from the window that opened the view.
export function follow(figure, heard) {
  const talk = window.parent.opener;
  addEventListener("message", ({ data, source }) => {
    if (source === talk && data?.name === NAME && data.figure === figure) heard(data.view);
  });
  talk?.postMessage({ name: NAME, ask: figure }, target);
}
