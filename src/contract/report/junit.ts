import type { Finding } from "../findings/index.ts";
import { type CheckResult, isConclusive, type Report } from "./report.ts";

/** Reports as JUnit XML for CI systems: a suite per instance, a case per check and place. */
export function junitOf(reports: readonly Report[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    ...reports.flatMap((report) => {
      const count = (status: string) => report.results.filter((it) => it.status === status).length;
      const attributes = [
        `name="${escaped(report.name)}"`,
        `tests="${report.results.length + 1}"`,
        `failures="${count("failed")}"`,
        `errors="${isConclusive(report) ? 0 : 1}"`,
        `skipped="${count("skipped") + count("unprovable")}"`,
        `time="${(report.milliseconds / 1_000).toFixed(3)}"`,
        `timestamp="${report.startedAt}"`,
      ];
      return [
        `  <testsuite ${attributes.join(" ")}>`,
        ...outcomeOf(report),
        ...report.results.flatMap(caseOf),
        "  </testsuite>",
      ];
    }),
    "</testsuites>",
    "",
  ].join("\n");
}

/** An error if the instance could not be checked, so that its skipped cases don't look like success. */
function outcomeOf(report: Report): string[] {
  const open = `    <testcase classname="${escaped(report.name)}" name="outcome"`;
  if (isConclusive(report)) return [`${open}/>`];
  const { verdict, reason = "" } = report;
  return [
    `${open}>`,
    `      <error type="${escaped(verdict)}" message="${escaped(`${verdict}: ${reason}`)}"/>`,
    "    </testcase>",
  ];
}

function caseOf(result: CheckResult): string[] {
  const name = `${result.check}${result.subject === undefined ? "" : `[${result.subject}]`}`;
  const open = `    <testcase classname="${escaped(result.operation)}" name="${escaped(name)}"`;
  const inside = [
    ...result.findings.filter((it) => it.level === "failure").map((it) => element("failure", it)),
    ...(result.status === "skipped" || result.status === "unprovable"
      ? [`      <skipped message="${escaped(result.reason ?? "")}"/>`]
      : []),
    ...told(result.findings.filter((it) => it.level !== "failure")),
  ];
  return inside.length === 0 ? [`${open}/>`] : [`${open}>`, ...inside, "    </testcase>"];
}

function element(name: string, finding: Finding): string {
  return `      <${name} message="${escaped(finding.message)}">${escaped(textOf(finding))}</${name}>`;
}

function told(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const text = findings.map((it) => `${it.level}: ${it.message} ${textOf(it)}`).join("\n");
  return [`      <system-out>${escaped(text)}</system-out>`];
}

function textOf({ expected, got, curl }: Finding): string {
  return [`${expected.file} ${expected.pointer} (${expected.evidence})`, `received: ${got}`, curl ?? ""].join(
    "\n",
  );
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML 1.0 does not allow most control characters, not even escaped. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"]/g, (it) => entities[it] ?? it)
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
}
