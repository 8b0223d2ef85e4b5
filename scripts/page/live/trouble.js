// What went wrong, in words, found from the state: an empty picture says nothing by itself.

// low, high: where the picture ends; what: the thing that may leave it. Empty words where all is well.
export function trouble({ loss, values, off }, [low, high], what = "the curve has") {
  const seen = [...values];
  if (![loss, ...seen].every(Number.isFinite)) return `The step is too long: ${what} left the picture.`;
  if (off) return "All units are off: the network says the same everywhere.";
  if (seen.every((value) => value < low || value > high)) return `For now ${what} left the picture.`;
  return "";
}
