// D switches between light and dark; the choice stays for the next time, and for the speaker view.
const KEY = "talk-dark";

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage may be off: then the talk just starts light
  }
}

export function dark(deck) {
  const root = document.documentElement;
  root.classList.toggle("dark", remembered() === "yes");
  deck.addKeyBinding({ keyCode: 68, key: "D", description: "Dark or light" }, () => {
    const on = root.classList.toggle("dark");
    try {
      localStorage.setItem(KEY, on ? "yes" : "no");
    } catch {
      // nothing to remember it in
    }
  });
}
