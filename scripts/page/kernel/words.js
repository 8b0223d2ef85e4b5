// The words around an edited run: numbers that the kernel keeps are filled anew; the rest, badges
// too, is the talk's, and a note on the slide says so.
import { filled } from "./kernel.js";

const NOTE = "edited: words and badges are the talk's";

// Of a slide whose code, or code before it, runs as edited; `notebook`: with the records it kept.
export async function renewWords(slide, notebook) {
  const places = [...slide.querySelectorAll("data[value]")];
  const records = notebook.recordsSinceEdit();
  const wanted = places.filter(({ value }) => value.split(".", 1)[0] in records);
  mark(slide);
  if (!wanted.length) return;
  const texts = await filled(wanted.map(({ value }) => value), records).catch(() => []);
  for (const [i, text] of texts.entries()) if (text !== null) fill(wanted[i], text);
}

function fill(place, text) {
  place.dataset.talk ??= place.textContent;
  place.textContent = text;
  place.classList.add("kernel-filled");
}

function mark(slide) {
  if (slide.querySelector(":scope .kernel-note")) return;
  const note = document.createElement("p");
  note.className = "kernel-note";
  note.textContent = NOTE;
  slide.append(note);
}

// The author's words again.
export function restoreWords(slide) {
  slide.querySelector(":scope .kernel-note")?.remove();
  for (const place of slide.querySelectorAll("data.kernel-filled")) {
    place.textContent = place.dataset.talk;
    place.classList.remove("kernel-filled");
  }
}
