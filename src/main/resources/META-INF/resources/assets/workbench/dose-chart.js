import { markAt } from "./marks.js";
import { multiple, percent, plain } from "./numbers.js";
import { svg } from "./svg.js";

const WIDTH = 340;
const HEIGHT = 190;
const LEFT = 38;
const RIGHT = 12;
const TOP = 20;
const BOTTOM = 30;

/** Probability over dose, as SVG. The present dose is a vertical line; null when it is given in absolute numbers. */
export function doseChart({ latent, curves, present }) {
  const { doses, lines, control } = curves;
  const [first, last] = [doses[0], doses.at(-1)];
  const x = (dose) => LEFT + ((dose - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
  const y = (share) => HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  const path = (shares) =>
    shares.map((share, i) => `${i === 0 ? "M" : "L"}${x(doses[i]).toFixed(1)} ${y(share).toFixed(1)}`).join("");
  const text = (words, attributes) => svg("text", { class: "chart__text", ...attributes }, words);

  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    svg("line", { class: "chart__grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(share), y2: y(share) }),
    share % 0.5 === 0 ? text(`${100 * share}`, { x: LEFT - 6, y: y(share) + 4, "text-anchor": "end" }) : [],
  ]);
  const ticks = doses
    .filter((dose) => Number.isInteger(dose))
    .flatMap((dose) => [
      svg("line", {
        class: dose === 0 || dose === 1 ? "chart__mark" : "chart__tick",
        x1: x(dose),
        x2: x(dose),
        y1: dose === 0 || dose === 1 ? y(1) : y(0),
        y2: y(0) + 4,
      }),
      text(plain(dose), { x: x(dose), y: HEIGHT - BOTTOM + 15, "text-anchor": "middle" }),
    ]);
  const inReach = present !== null && present >= first && present <= last;
  return svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": describe(latent, curves) },
    grid.flat(),
    ticks,
    text("%", { x: LEFT - 6, y: TOP - 8, "text-anchor": "end" }),
    text("× activation", { x: WIDTH - RIGHT, y: HEIGHT - 2, "text-anchor": "end" }),
    (control?.lines ?? []).map(({ role, shares }) =>
      svg("path", { class: `chart__line chart__line--control chart__line--${role}`, d: path(shares) }),
    ),
    inReach
      ? [
          svg("line", { class: "chart__present", x1: x(present), x2: x(present), y1: TOP - 4, y2: y(0) }),
          text(`now ${multiple(present)}`, {
            class: "chart__text chart__text--present",
            x: clamp(x(present), LEFT + 18, WIDTH - RIGHT - 22),
            y: TOP - 9,
            "text-anchor": "middle",
          }),
        ]
      : [],
    [...lines].reverse().map(({ role, shares, name }) => [
      svg("path", { class: `chart__line chart__line--${role}`, d: path(shares) }),
      shares.map((share, i) => {
        const point = markAt(role, x(doses[i]), y(share));
        point.append(svg("title", {}, `${name}, ${multiple(doses[i])}: ${percent(share)}`));
        return point;
      }),
    ]),
  );
}

function describe(latent, { doses, lines }) {
  const ends = lines.map(({ name, shares }) => `${name} from ${percent(shares[0])} to ${percent(shares.at(-1))}`);
  return `Probability over ${plain(doses[0])} to ${plain(doses.at(-1))} times the activation of latent ${latent}: ${ends.join(", ")}.`;
}

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
