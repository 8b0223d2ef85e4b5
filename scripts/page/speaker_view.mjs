// Writes what reveal.js's notes plugin puts into the window of its speaker view: it is asked to open one.
import Notes from "reveal.js/plugin/notes";

const view = { document: { write: (html) => process.stdout.write(html) } };
globalThis.window = { open: () => view, addEventListener() {}, location: { search: "" } };
globalThis.setInterval = () => 0; // it calls the window, which is none, again and again
const deck = { getConfig: () => ({ url: "" }), addKeyBinding() {} };
const plugin = Notes();
plugin.init(deck);
plugin.open();
