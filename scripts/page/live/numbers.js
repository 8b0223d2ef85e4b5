// Numbers as the slides write them: three digits, a count whole, powers of ten raised, a minus sign that is one.
const RAISED = { "-": "⁻", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].entries()) };

export function written(value, digits = 3) {
  if (!Number.isFinite(value)) return "beyond all bounds";
  const size = Math.abs(value);
  const small = size < 0.001 && size > 0;
  if (small || size >= 999_999.5) {
    const [front, power] = value.toExponential(1).split("e");
    return minus(`${front}×10${raised(Number(power))}`);
  }
  if (Number.isInteger(value) && size < 999.5) return minus(String(value));
  return minus(size < 999.5 ? value.toPrecision(size < 99.5 ? digits : 3) : Math.round(value).toLocaleString("en"));
}

// An exponent: ⁻⁹.
export function raised(power) {
  return [...String(power)].map((sign) => RAISED[sign]).join("");
}

// A setting with all the digits it was given: a word, 0.0001, 10⁻⁹.
export function setting(choice) {
  if (typeof choice !== "number") return choice;
  if (choice === 0 || Math.abs(choice) >= 0.0001) return plain(choice);
  const [digits, power] = choice.toExponential().split("e");
  return minus(`${digits === "1" ? "" : `${digits}×`}10${raised(Number(power))}`);
}

// A tick.
export function plain(value) {
  return minus(value.toLocaleString("en", { maximumFractionDigits: 20 }));
}

function minus(text) {
  return text.replace("-", "−");
}
