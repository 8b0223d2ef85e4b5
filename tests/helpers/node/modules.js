// What tests ask of the page's scripts by themselves, besides the widget as a whole.
export { default as widget } from "../../../scripts/page/live/widget.js";
export { open } from "../../../scripts/page/live/engine.js";
export { demo as bumpError } from "../../../demos/bump_error/live.js";
export { Draws } from "../../../scripts/page/live/draws.js";
export { demo as dropout } from "../../../demos/dropout/live.js";
export { History } from "../../../scripts/page/live/history.js";
export { demo as leastSquares } from "../../../demos/least_squares/live.js";
export { demo as networkFit } from "../../../demos/network_fit/live.js";
export * as numbers from "../../../scripts/page/live/numbers.js";
export { demo as l2Penalty } from "../../../demos/l2_penalty/live.js";
