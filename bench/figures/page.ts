import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chartOf } from "./chart.ts";
import type { Figure } from "./figure.ts";
import { type BenchReport, cellsOf } from "./report.ts";

/** Writes figures.md into a folder, and the chart of each bench beside it, in figures/. */
export async function writePage(report: BenchReport, folder: string): Promise<void> {
  const charts = join(folder, "figures");
  mkdirSync(charts, { recursive: true });
  for (const file of readdirSync(charts)) if (file.endsWith(".svg")) rmSync(join(charts, file));
  const sections: string[] = [];
  for (const [bench, found] of Object.entries(report.benches)) {
    const figures = found.filter((it): it is Figure => typeof it !== "string");
    const broken = found.filter((it) => typeof it === "string");
    const hasChart = figures.some(({ most, least }) => (most ?? least) !== undefined);
    if (hasChart) writeFileSync(join(charts, `${bench}.svg`), await chartOf(figures));
    sections.push(
      [
        `## ${bench}`,
        ...(hasChart ? [`![How much of its bar each figure of ${bench} takes](figures/${bench}.svg)`] : []),
        ...(figures.length > 0 ? [tableOf(figures)] : []),
        ...broken.map((it) => `- ${it}`),
      ].join("\n\n"),
    );
  }
  writeFileSync(join(folder, "figures.md"), `${[headOf(report), ...sections].join("\n\n")}\n`);
}

function headOf({ date, machine }: BenchReport): string {
  return `<!-- Written by \`npm run bench -- --write\`. Do not edit. -->

# Figures

Measured on ${date.slice(0, 10)}, on ${machine}. Figures of two machines can't be compared; ratios to a peer (×) of the same run can.
[What the outcomes mean](testing.md#benches).`;
}

function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ["figure", "value", "bar", "middle half of the rounds", "outcome"],
    Array<string>(5).fill("---"),
    ...figures.map(cellsOf),
  ];
  return rows.map((row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}
