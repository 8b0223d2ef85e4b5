// The speaker view's slides show the run of the talk's own page, by messages between the windows: those
// work for a file opened from the disk too.
import { view } from "./mirror.js";

const NAME = "talk-live";
const PAUSE = 100; // ms between two messages of one demo
const target = location.protocol === "file:" ? "*" : location.origin; // a file has no origin to name

// In the talk's page. Returns told(demo, run): there is something new to see.
export function telling() {
  const runs = new Map(); // demo: its run
  const waiting = new Set();
  const views = new Set(); // windows that asked
  addEventListener("message", ({ data, source, origin }) => {
    if (data?.name !== NAME || !data.ask || origin !== window.origin) return;
    views.add(source);
    if (runs.has(data.ask)) source.postMessage(message(data.ask), target);
  });
  const message = (demo) => ({ name: NAME, demo, view: view(runs.get(demo)) });

  return (demo, run) => {
    runs.set(demo, run);
    if (!views.size || waiting.has(demo)) return;
    waiting.add(demo);
    setTimeout(() => {
      waiting.delete(demo);
      for (const one of views) {
        if (one.closed) views.delete(one);
        else one.postMessage(message(demo), target);
      }
    }, PAUSE);
  };
}

// In a slide of the speaker view: hear what is to be seen of a demo, from the window that opened the view.
export function follow(demo, heard) {
  const talk = window.parent.opener;
  addEventListener("message", ({ data, source }) => {
    if (source === talk && data?.name === NAME && data.demo === demo) heard(data.view);
  });
  talk?.postMessage({ name: NAME, ask: demo }, target);
}
