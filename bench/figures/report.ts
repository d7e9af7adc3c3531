import { cpus, totalmem } from "node:os";
import { type Figure, type Found, outcomeOf, outcomes } from "./figure.ts";

/** What `npm run bench -- --json <file>` writes. */
export interface BenchReport {
  readonly version: 1;
  readonly date: string;
  /** Where it was measured: figures of two machines can't be compared, ratios to a peer can. */
  readonly machine: string;
  readonly benches: Readonly<Record<string, Found>>;
}

export function reportOf(benches: BenchReport["benches"], now: Date): BenchReport {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} × ${processor?.model.trim()}, ${memory} GiB, ${process.platform}, Node ${process.version}`;
  return { version: 1, date: now.toISOString(), machine, benches };
}

/** One table of all figures, and what is broken without one. */
export function tableOf({ benches, machine, date }: BenchReport): string {
  const all = Object.entries(benches);
  const rows = all.flatMap(([bench, found]) =>
    found.filter((it) => typeof it !== "string").map((it) => [bench, ...cellsOf(it)]),
  );
  const table = [["bench", "figure", "value", "bar", "middle half of the rounds", "outcome"], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const broken = all.flatMap(([bench, found]) =>
    found.filter((it) => typeof it === "string").map((it) => `${bench}: ${it}`),
  );
  return [`${machine}, ${date.slice(0, 10)}`, "", ...lines, ...broken].join("\n");
}

/** Whether a bar is missed, or a promise broken. */
export function isMissed({ benches }: BenchReport): boolean {
  return Object.values(benches)
    .flat()
    .some((it) => typeof it === "string" || outcomeOf(it) === outcomes[1]);
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
