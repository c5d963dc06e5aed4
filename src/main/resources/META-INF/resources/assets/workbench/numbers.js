const MINUS = "\u2212";
const THIN = "\u202f";

/** 0.578 -> "57.8 %"; never rounds a small share to nothing. */
export function percent(share) {
  if (share > 0 && share < 0.0005) return `<0.1${THIN}%`;
  return `${(100 * share).toFixed(1)}${THIN}%`;
}

/** A share of a small count: "17 %". */
export function wholePercent(share) {
  const value = 100 * share;
  return `${value > 0 && value < 10 ? value.toFixed(1) : value.toFixed(0)}${THIN}%`;
}

/** A number with its sign, "+4.69" or "−0.13"; what rounds to nothing has none. */
export function signed(value, digits = 2) {
  const size = Math.abs(value).toFixed(digits);
  if (Number(size) === 0) return size;
  return (value < 0 ? MINUS : "+") + size;
}

/** A change of a probability in percentage points. */
export function points(change) {
  return signed(100 * change, 1);
}

/** As many digits as are needed, with a true minus: 1.5, −1, 0. */
export function plain(value, digits = 2) {
  return String(Number(value.toFixed(digits))).replace("-", MINUS);
}

/** A multiple of the present activation: "×0", "×1.5", "×−1". */
export function multiple(value) {
  return `\u00d7${plain(value)}`;
}
