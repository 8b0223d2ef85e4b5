// The deck in the browser: reveal.js, and one small module per concern; on an upright phone a page to read.
import Reveal from "reveal.js";
import Highlight from "reveal.js/plugin/highlight";
import Notes from "reveal.js/plugin/notes";
import Search from "reveal.js/plugin/search";
import { accessible } from "./accessible.js";
import { claims } from "./claims.js";
import { dark } from "./dark.js";
import { help } from "./help.js";
import { live } from "./live/host.js";
import { Path, counted, numbered, unprinted } from "./path.js";
import { Reader, turns, upright } from "./phone.js";
import { speakerWindow } from "./speaker_window.js";
import { votes } from "./votes.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

const ready = () => (document.documentElement.dataset.ready = "yes");

function page() {
  const deck = (window.Reveal = new Reader(Highlight().hljs));
  dark(deck);
  claims(deck);
  votes(deck);
  live(deck).then(ready);
}

function slides() {
  const deck = new Reveal({
    width: 1280,
    height: 720,
    margin: 0,
    minScale: 0.1,
    maxScale: 3,
    center: false,
    controls: false,
    progress: true,
    slideNumber: counted,
    hash: true,
    transition: calm ? "none" : "fade",
    transitionSpeed: "fast",
    backgroundTransition: "none",
    defaultTiming: 30, // seconds; every slide says its own, this switches the pacing timer on
    pdfSeparateFragments: false,
    pdfMaxPagesPerSlide: 1,
    plugins: [Highlight, Notes, Search, Path],
  });

  window.Reveal = deck;
  unprinted();
  speakerWindow();
  dark(deck);
  help(deck);
  deck.initialize().then(async () => {
    accessible(deck);
    claims(deck);
    votes(deck);
    numbered(deck);
    await live(deck);
    ready();
  });
}

turns();
if (upright()) page();
else slides();
