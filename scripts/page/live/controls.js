// Buttons and sliders: plain HTML, so keyboard, screen reader and touch work by themselves.
import { setting } from "./numbers.js";

// After a click the deck has its keys again; who came by keyboard stays.
export function button(words, pressed) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = words;
  element.addEventListener("click", ({ detail }) => {
    if (detail) element.blur();
    pressed();
  });
  return element;
}

// A slider over a list of choices; it says the choice, not its place in the list.
export function slider({ label, choices, value }, moved) {
  const box = document.createElement("label");
  const name = document.createElement("span");
  const shown = document.createElement("output");
  const input = document.createElement("input");
  name.append(`${label} `, shown);
  Object.assign(input, { type: "range", min: 0, max: choices.length - 1, step: 1 });
  input.ariaLabel = label;
  box.dataset.preventSwipe = ""; // a finger that drags it does not turn the page
  box.append(name, input);

  function set(choice) {
    input.value = choices.indexOf(choice);
    say();
  }
  function say() {
    const choice = setting(choices[input.value]);
    shown.textContent = choice;
    input.setAttribute("aria-valuetext", choice);
    const share = choices.length > 1 ? (100 * input.value) / (choices.length - 1) : 0;
    input.style.setProperty("--share", `${share}%`);
  }
  input.addEventListener("input", () => {
    say();
    moved(choices[input.value]);
  });
  input.addEventListener("pointerup", () => input.blur());
  set(value);
  return { box, input, set };
}

// A key that means something to a control is not the deck's too. `escape`: what Escape does to these
// controls, if it means anything now.
export function keepKeys(element, escape) {
  element.addEventListener("keydown", (event) => {
    const onButton = event.target.closest("button") && [" ", "Enter"].includes(event.key);
    const onSlider = event.target.closest("input") && /^(Arrow|Home|End)/.test(event.key);
    if (onButton || onSlider || (event.key === "Escape" && escape())) event.stopPropagation();
  });
}
