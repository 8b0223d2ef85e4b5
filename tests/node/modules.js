// What tests ask of the page's scripts by themselves, besides the widget as a whole.
export { default as widget } from "../../scripts/deck/live/widget.js";
export { open } from "../../scripts/deck/live/engine.js";
export { bump } from "../../scripts/deck/live/bump.js";
export { Draws } from "../../scripts/deck/live/draws.js";
export { dropout } from "../../scripts/deck/live/dropout.js";
export { History } from "../../scripts/deck/live/history.js";
export { leastSquares } from "../../scripts/deck/live/least_squares.js";
export { networkFit } from "../../scripts/deck/live/network_fit.js";
export * as numbers from "../../scripts/deck/live/numbers.js";
export { weightDecay } from "../../scripts/deck/live/weight_decay.js";
