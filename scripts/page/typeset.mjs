// Reads formulas as JSON from standard input, writes KaTeX's markup as JSON.
// Speaker notes open in a window without our styles: they get MathML, which needs none.
import { readFileSync } from "node:fs";
import katex from "katex";

// what would need trust (links, pictures, classes) is an error, not red text on a slide
const trust = ({ command }) => {
  throw new Error(`${command} has no place in a slide`);
};
const formulas = JSON.parse(readFileSync(0, "utf8"));
const results = formulas.map(({ tex, display, notes }) => {
  try {
    const output = notes ? "mathml" : "htmlAndMathml";
    const html = katex.renderToString(tex, { displayMode: display, output, trust, strict: "error" });
    return { html };
  } catch (error) {
    return { error: error.message };
  }
});
process.stdout.write(JSON.stringify(results));
