import type pc from "picocolors";
import { byNeed, countsOf, remarksOf } from "./attention.ts";
import type { Report } from "./report.ts";

type Colors = ReturnType<typeof pc.createColors>;

const colorOf: Record<Report["verdict"], "green" | "red" | "yellow"> = {
  honoured: "green",
  deviates: "red",
  unavailable: "yellow",
  "not set up": "yellow",
};

/** The outcomes of a fleet as a table; what needs a person comes first. `width`: columns of the terminal; without it no line is cut. */
export function tableOf(
  reports: readonly Report[],
  colors: Colors,
  width = Number.POSITIVE_INFINITY,
): string {
  const rows = byNeed(reports);
  const longest = Math.max(8, ...rows.map((it) => it.name.length));
  const first = Math.min(longest, Number.isFinite(width) ? Math.max(16, Math.floor(width / 3)) : longest);
  const outcome = Math.max(7, ...rows.map((it) => it.verdict.length));
  const lines = rows.map((report) => {
    const name = cut(report.name, first).padEnd(first);
    const remarks = remarksOf(report).join(", ");
    const verdict = colors[colorOf[report.verdict]](report.verdict.padEnd(outcome));
    return `${name}  ${verdict}  ${cut(remarks, width - first - outcome - 4)}`.trimEnd();
  });
  return [
    colors.bold(`${"instance".padEnd(first)}  ${"outcome".padEnd(outcome)}  what to know`),
    ...lines,
    "",
    `${reports.length} ${reports.length === 1 ? "instance" : "instances"}: ${countsOf(reports)}.`,
    "",
  ].join("\n");
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
