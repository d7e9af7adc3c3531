import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chartOf } from "./chart.ts";
import type { Figure } from "./figure.ts";
import { type BenchReport, cellsOf, type Measured, mergeReports, parseReport } from "./report.ts";

/** Where the figures of the page are kept, below its folder, with the charts. */
const charts = "figures";
const file = join(charts, "figures.json");

/**
 * Puts figures into figures.md of a folder, and the chart of each bench beside it, in figures/. Benches that were not measured keep the
 * figures that they have there.
 *
 * @param names of all benches there are, in the order of the page
 */
export async function writePage(fresh: BenchReport, names: readonly string[], folder: string): Promise<void> {
  const report = mergeReports(names, keptIn(folder), fresh);
  mkdirSync(join(folder, charts), { recursive: true });
  for (const each of readdirSync(join(folder, charts)))
    if (each.endsWith(".svg")) rmSync(join(folder, charts, each));
  for (const [bench, measured] of Object.entries(report.benches)) {
    const figures = figuresOf(measured);
    if (figures.some(hasBar)) writeFileSync(join(folder, chartFile(bench)), await chartOf(figures));
  }
  writeFileSync(join(folder, file), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, "figures.md"), pageOf(report, names));
}

/** The figures from which a folder's page is made. */
export function keptIn(folder: string): BenchReport | undefined {
  const path = join(folder, file);
  return existsSync(path) ? parseReport(readFileSync(path, "utf8")) : undefined;
}

/** The page, in Markdown. */
export function pageOf({ benches }: BenchReport, names: readonly string[]): string {
  const sections = Object.entries(benches).map(([bench, measured]) => sectionOf(bench, measured));
  const missing = names.filter((name) => benches[name] === undefined);
  if (missing.length > 0) sections.push(`Not measured yet: ${missing.join(", ")}.`);
  return `${[head, ...sections].join("\n\n")}\n`;
}

const head = `<!-- Written by \`npm run bench -- --write\`. Do not edit. -->

# Figures

Figures of two machines can't be compared; ratios to a peer (×) of the same run can. [What the outcomes mean](testing.md#benches).`;

function sectionOf(bench: string, measured: Measured): string {
  const figures = figuresOf(measured);
  const broken = measured.found.filter((it) => typeof it === "string");
  return [
    `## ${bench}`,
    `Measured on ${measured.date.slice(0, 10)}, on ${measured.machine}.`,
    ...(figures.some(hasBar)
      ? [`![How much of its bar each figure of ${bench} takes](${chartFile(bench)})`]
      : []),
    ...(figures.length > 0 ? [tableOf(figures)] : []),
    ...broken.map((it) => `- ${it}`),
  ].join("\n\n");
}

const chartFile = (bench: string) => `${charts}/${bench}.svg`;
const figuresOf = ({ found }: Measured) => found.filter((it): it is Figure => typeof it !== "string");
const hasBar = ({ most, least }: Figure) => (most ?? least) !== undefined;

function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ["figure", "value", "bar", "middle half of the rounds", "outcome"],
    Array<string>(5).fill("---"),
    ...figures.map(cellsOf),
  ];
  return rows.map((row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}
