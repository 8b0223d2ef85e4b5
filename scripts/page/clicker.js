// A presenter's clicker sends Page Up and Page Down. They always move the talk, whatever has focus:
// a slider or a text field would swallow them.
export function clicker(deck) {
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "PageDown" && event.key !== "PageUp") return;
      if (!deck.isReady() || document.querySelector(".r-overlay, dialog[open]")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      document.activeElement?.blur();
      if (event.key === "PageDown") deck.next();
      else deck.prev();
    },
    { capture: true },
  );
}
