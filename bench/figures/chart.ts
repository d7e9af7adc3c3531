import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { type Figure, outcomeOf, outcomes } from "./figure.ts";

const y = { field: "what", type: "nominal", sort: null, title: null } as const;
const colours = ["#2e7d32", "#c62828", "#f9a825"];

/**
 * The figures of a bench that have a bar, as an SVG: how much of its bar each takes. What is left of 1 is held; a line shows the middle half
 * of the rounds.
 */
export async function chartOf(figures: readonly Figure[]): Promise<string> {
  const values = figures.filter(({ most, least }) => (most ?? least) !== undefined).map(shareOf);
  const spec: TopLevelSpec = {
    data: { values },
    width: 420,
    height: { step: 22 },
    background: "white",
    config: { axisY: { labelLimit: 400 } },
    layer: [
      {
        mark: { type: "bar", height: 12 },
        encoding: {
          y,
          x: { field: "share", type: "quantitative", title: "share of the bar; up to 1 is held" },
          color: {
            field: "outcome",
            type: "nominal",
            title: null,
            scale: { domain: [...outcomes], range: colours },
            legend: { orient: "top" },
          },
        },
      },
      {
        transform: [{ filter: "isValid(datum.from)" }],
        mark: { type: "rule", strokeWidth: 2, color: "#333" },
        encoding: { y, x: { field: "from", type: "quantitative" }, x2: { field: "to" } },
      },
      { mark: { type: "rule", strokeDash: [4, 3], color: "#333" }, encoding: { x: { datum: 1 } } },
    ],
  };
  const view = new View(parse(compile(spec).spec), { renderer: "none" });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

function shareOf(figure: Figure) {
  const { what, value, unit, most, least, spread } = figure;
  const share = (it: number) => (most !== undefined ? it / most : (least ?? Number.NaN) / it);
  const [from, to] = (spread ?? []).map(share).sort((one, other) => one - other);
  return { what: `${what} (${unit})`, share: share(value), from, to, outcome: outcomeOf(figure) };
}
