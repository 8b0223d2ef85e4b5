// reveal.js writes the speaker view into a window that it opens. There its labels would lie on the coming slide: they
// get a strip of their own above it.
const STRIP = "#upcoming-slide { padding-top: 50px !important; }";

export function speakerWindow() {
  const open = window.open.bind(window);
  window.open = (...given) => {
    const opened = open(...given);
    if (opened && given[0] === "about:blank") queueMicrotask(() => dress(opened.document)); // when it is written
    return opened;
  };
}

function dress(page) {
  const style = page.createElement("style");
  style.textContent = STRIP;
  page.head?.append(style);
}
