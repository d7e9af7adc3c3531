import { cpus, totalmem } from "node:os";
import { aligned } from "../../src/cli/table.ts";
import { type Figure, type Found, outcomeOf, outcomes } from "./figure.ts";

/** The results of a bench, when, and on which machine: figures of two machines can't be compared, ratios to a peer can. */
export interface Measured {
  /** ISO 8601. */
  readonly date: string;
  readonly machine: string;
  readonly found: Found;
}

/** What `npm run bench -- --json <file>` writes, and what docs/figures.md is made of. */
export interface BenchReport {
  readonly version: 2;
  readonly benches: Readonly<Record<string, Measured>>;
}

export function measuredHere(found: Found, now: Date): Measured {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} × ${processor?.model.trim()}, ${memory} GiB, ${process.platform}, Node ${process.version}`;
  return { date: now.toISOString(), machine, found };
}

/** The figures of JSON text. JSON has no NaN: what is null there was not measured. Undefined where it is no report of this version. */
export function parseReport(text: string): BenchReport | undefined {
  const report = JSON.parse(text, (_key, value) => (value === null ? Number.NaN : value));
  return report.version === 2 ? report : undefined;
}

/** The figures of both, in the order of these names; those of `fresh` where both have some. What is not named is dropped. */
export function mergeReports(
  names: readonly string[],
  kept: BenchReport | undefined,
  fresh: BenchReport,
): BenchReport {
  const all = { ...kept?.benches, ...fresh.benches };
  return { version: 2, benches: Object.fromEntries(names.flatMap((it) => (all[it] ? [[it, all[it]]] : []))) };
}

/** One table of all figures, with where and when they were measured above, and what is broken without a figure below. */
export function tableOf({ benches }: BenchReport): string {
  const all = Object.entries(benches);
  const rows = all.flatMap(([bench, { found }]) =>
    found.filter((it) => typeof it !== "string").map((it) => [bench, ...cellsOf(it)]),
  );
  const table = [["bench", "figure", "value", "bar", "middle half of the rounds", "outcome"], ...rows];
  const broken = all.flatMap(([bench, { found }]) =>
    found.filter((it) => typeof it === "string").map((it) => `${bench}: ${it}`),
  );
  return [...placesOf(all), "", aligned(table), ...broken].join("\n");
}

/** A line for each machine and day. It names its benches where there is more than one. */
function placesOf(all: readonly (readonly [bench: string, Measured])[]): string[] {
  const places = new Map<string, string[]>();
  for (const [bench, { machine, date }] of all) {
    const place = `${machine}, ${date.slice(0, 10)}`;
    places.set(place, [...(places.get(place) ?? []), bench]);
  }
  return [...places].map(([place, names]) => (places.size === 1 ? place : `${names.join(", ")}: ${place}`));
}

/** The bars that are missed, each as a line. */
export function missedIn({ benches }: BenchReport): string[] {
  return Object.entries(benches).flatMap(([bench, { found }]) =>
    found
      .filter((it) => typeof it !== "string")
      .filter((it) => outcomeOf(it) === outcomes[1])
      .map((it) => {
        const [what, value, bar] = cellsOf(it);
        return `${bench}: ${what}: ${value}, bar ${bar}`;
      }),
  );
}

/** Whether a promise is broken that has no figure. */
export function isBroken({ benches }: BenchReport): boolean {
  return Object.values(benches).some(({ found }) => found.some((it) => typeof it === "string"));
}

/** What a figure is, its value, its bar, the middle half of its rounds, and whether the bar is held. */
export function cellsOf(figure: Figure): string[] {
  const { what, value, unit, most, least, spread } = figure;
  const bar = most !== undefined ? `≤ ${most}` : least !== undefined ? `≥ ${least}` : "";
  const rounds = spread === undefined ? "" : `${shown(spread[0])} to ${shown(spread[1])}`;
  return [what, `${shown(value)} ${unit}`, bar, rounds, bar === "" ? "" : outcomeOf(figure)];
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
