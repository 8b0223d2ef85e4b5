// What reveal.js shows for "?" is complete; here are the keys of ours that it should list.
export function help(deck) {
  deck.registerKeyboardShortcut("S", "Speaker view: notes, clock, pace");
  deck.registerKeyboardShortcut("Ctrl + Shift + F", "Search the slides");
}
