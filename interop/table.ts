import { type Form, forms, type Step, steps, type Tool } from "./tool.ts";
import { decided, howToInstall } from "./tools/index.ts";
import type { Outcome } from "./trial.ts";

/** A tool tried with one form of one instance's bundle. */
export interface Trial {
  readonly tool: Tool;
  readonly version: string;
  readonly instance: string;
  readonly form: Form;
  readonly outcome: Outcome;
}

const titles: Record<Form, string> = {
  openapi: "3.1",
  "openapi-3.0": "3.0.3",
  "openapi-flat": "flat, 3.0.3",
};

/** docs/interop.md: a row for each tool and form, with the instances and the reason below the table where a step fails. */
export function renderPage(trials: readonly Trial[]): string {
  const reasons: string[] = [];
  const rows: string[] = [];
  for (const tool of new Set(trials.map((trial) => trial.tool))) {
    for (const form of tool.forms ?? forms) {
      const ours = trials.filter((trial) => trial.tool === tool && trial.form === form);
      const cells = steps.map((step) => cell(ours, step, reasons));
      rows.push(row([`${tool.name} ${ours[0]?.version ?? ""}`, tool.makes, titles[form], ...cells]));
    }
  }
  return [
    "<!-- Written by `npm run interop -- --write`. -->",
    "# The bundles in other tools",
    "",
    "This page shows what other people's tools make of the bundles of every instance, and of the family, in each of their three forms. A tool generates code.",
    "TypeScript 7, or Go, compiles it. The code then creates a handler of every type, renames and disables each, and deletes it, on the instance's strict sandbox, whose",
    "content is compared after each step. ✓: all instances and all types. –: the tool has no such step, or it was not reached.",
    "",
    row(["tool", "makes", "form", ...steps]),
    row(["---", "---", "---", ...steps.map(() => ":-:")]),
    ...rows,
    "",
    ...(reasons.length > 0 ? ["What fails:", "", ...reasons.map((text, n) => `${n + 1}. ${text}`), ""] : []),
    "Spectral finds no error, and only these warnings, which are on purpose:",
    "",
    ...decided.map(({ rule, at, because }) => `- \`${rule}\` at \`${at}\`: ${because}.`),
    "",
    "The tools come from npm and Debian. On npm, openapi-generator ends with 4.3.1, which sees no field of a `oneOf`: use the flat form for its languages.",
    "openapi-python-client, oapi-codegen and jane-php are on neither, so they are not tried.",
    "",
    `\`${howToInstall}\` installs the tools of npm. \`npm run interop\` tries them and those of Debian, and names the packages that are missing. \`--check\``,
    "compares the outcome with this page, as every night, and `--write` writes the page. `npm run interop -- --tool orval k.aws.bj` tries one.",
    "",
  ].join("\n");
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** A step of a tool with one form, over all instances. The same reason is not listed twice. */
function cell(trials: readonly Trial[], step: Step, reasons: string[]): string {
  const tried = trials.filter(({ outcome }) => step in outcome);
  if (tried.length === 0) return "–";
  const failed = tried.filter(({ outcome }) => outcome[step] !== undefined);
  const numbers = new Set<number>();
  for (const { outcome, tool } of failed) {
    const { name, because } = tool;
    const why = brief(outcome[step] ?? "");
    const on = failed.filter((other) => brief(other.outcome[step] ?? "") === why);
    const known = because?.[step] === undefined ? "" : ` - ${because[step]}`;
    const text = `${name}, ${step}${whereOf(on, tried)}: \`${why}\`${known}`;
    if (!reasons.includes(text)) reasons.push(text);
    numbers.add(reasons.indexOf(text) + 1);
  }
  if (numbers.size === 0) return "✓";
  return `✗ ${[...numbers].join(", ")}`;
}

/** The instances at which something fails, briefly however many they are; empty if it fails at all of them. */
function whereOf(failed: readonly Trial[], tried: readonly Trial[]): string {
  const few = 3;
  const names = (trials: readonly Trial[]) => trials.map(({ instance }) => instance).join(", ");
  const others = tried.filter((trial) => !failed.includes(trial));
  if (others.length === 0) return "";
  if (failed.length <= few) return ` (${names(failed)})`;
  return others.length <= few ? ` (but ${names(others)})` : ` (${failed.length} of ${tried.length})`;
}

/** The first line of a reason, without characters that would break the table and parts that differ between runs. */
function brief(reason: string): string {
  const [first = "", ...more] = reason.split("\n").filter((line) => !/^(# .*|\s*)$/.test(line));
  const text = first.trim().replaceAll("`", "'").slice(0, 200);
  return more.length > 0 ? `${text} (and more)` : text;
}

/** One line about a trial, as progress. */
export function renderLine({ tool, version, instance, form, outcome }: Trial): string {
  const marks = steps.map((step) => (step in outcome ? (outcome[step] === undefined ? "✓" : "✗") : "–"));
  const failed = steps.find((step) => outcome[step] !== undefined);
  const why = failed === undefined ? "" : `  ${failed}: ${brief(outcome[failed] ?? "")}`;
  return `${`${tool.name} ${version}`.padEnd(39)} ${instance.padEnd(16)} ${titles[form].padEnd(12)} ${marks.join(" ")}${why}`;
}
