import { findingsOf, hasLeftovers, type Report } from "./report.ts";

const verdicts: Record<Report["verdict"], string> = {
  honoured: "honoured",
  deviates: "**deviates**",
  unavailable: "**unavailable**",
  "not set up": "**not set up**",
};

/** Reports as Markdown, for the summary of a CI job. */
export function summaryOf(reports: readonly Report[]): string {
  return [
    "## Contract",
    "",
    "| instance | verdict | failures | warnings | notes | proven | requests |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...reports.map((report) => {
      const count = (level: string) => findingsOf(report).filter((it) => it.level === level).length;
      const { coverage } = report;
      const verdict = `${verdicts[report.verdict]}${hasLeftovers(report) ? ", **something is left behind**" : ""}`;
      const proven = `${coverage.proven} of ${coverage.statements}`;
      return `| ${plain(report.name)} | ${verdict} | ${count("failure")} | ${count("warning")} | ${count("note")} | ${proven} | ${report.requests} |`;
    }),
    ...reports.flatMap((report) =>
      findingsOf(report).map(
        (it) =>
          `\n- **${it.level}** on ${plain(report.name)}: ${code(it.check)} of ${code(it.operation)}: ${plain(it.message)} Received ${code(it.got)}; see ${code(it.expected.pointer)} (${it.expected.evidence}).`,
      ),
    ),
    "",
  ].join("\n");
}

/** As inline code: no backtick and no line break of the instance can end it. */
function code(text: string): string {
  return `\`${text.replaceAll("`", "'").replaceAll(/\s+/g, " ")}\``;
}

/** As plain Markdown text: nothing that an instance sends can mention a person or an issue. */
function plain(text: string): string {
  return text
    .replaceAll(/[\\<>[\]|*_`]/g, (it) => `\\${it}`)
    .replaceAll(/[@#]/g, (it) => `&#${it.charCodeAt(0)};`)
    .replaceAll(/\s+/g, " ");
}
