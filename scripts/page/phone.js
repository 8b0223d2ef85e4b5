// On a phone held upright a slide would be as wide as a thumb: there the deck is a page to read instead, all slides
// one below the other (phone.css). Only what the deck's other modules ask of reveal.js is here too.
const UPRIGHT = matchMedia("(max-width: 600px)");

// The speaker view's small windows and paper are narrow too, and show slides.
export const upright = () => UPRIGHT.matches && !/print-pdf|receiver/.test(location.search);

// Held otherwise, it is the other deck: at the same slide, by the address.
export function turns() {
  UPRIGHT.addEventListener("change", () => matchMedia("print").matches || location.reload());
}

export class Reader {
  #heard = {};

  constructor(hljs) {
    document.documentElement.classList.add("phone", "print-pdf"); // the second: without reveal.js's rules for paper
    this.slides = [...document.querySelectorAll(".slides section:not(:has(> section)):not([data-skipped])")];
    this.columns = [...document.querySelectorAll(".slides > section")];
    for (const code of document.querySelectorAll("pre > code")) hljs.highlightElement(code);
    this.follow();
    this.land();
    addEventListener("hashchange", () => this.land());
    document.querySelector(".reveal").prepend(this.#lamp());
  }

  // The slide in the middle of the screen is the current one, and stands in the address.
  follow() {
    const seen = (entries) => {
      const slide = entries.find((entry) => entry.isIntersecting)?.target;
      if (!slide || slide === this.current) return;
      this.current?.classList.remove("present");
      this.current = slide;
      slide.classList.add("present");
      history.replaceState(history.state, "", `${location.pathname}${location.search}#/${slide.id}`);
      for (const hear of this.#heard.slidechanged ?? []) hear();
    };
    const observer = new IntersectionObserver(seen, { rootMargin: "-50% 0px" });
    for (const slide of this.slides) observer.observe(slide);
  }

  // An address names a slide, or counts columns and what lies below: #/my-slide, #/7/2
  land() {
    const [name, down = 0] = decodeURIComponent(location.hash.slice(2)).split("/");
    const column = this.columns[name];
    const slide = column ? (column.children[down]?.closest("section") ?? column) : document.getElementById(name);
    if (slide && name) slide.scrollIntoView();
  }

  #lamp() {
    const lamp = document.createElement("button");
    lamp.type = "button";
    lamp.className = "lamp";
    lamp.textContent = "Dark or light";
    lamp.addEventListener("click", () => this.lamp());
    return lamp;
  }

  addKeyBinding(_, light) {
    this.lamp = light;
  }

  on(event, hear) {
    (this.#heard[event] ??= []).push(hear);
  }

  getCurrentSlide = () => this.current;
  isOverview = () => false;
  isPaused = () => false;
  isPrintView = () => false;
  isReady = () => false; // no slides to present, no kernel behind them
  isSpeakerNotes = () => false;
}
