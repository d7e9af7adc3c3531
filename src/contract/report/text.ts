import type pc from "picocolors";
import type { Acceptance, Finding, Level } from "../findings/index.ts";
import { failuresAcross } from "./across.ts";
import { type CheckResult, findingsOf, hasLeftovers, type Report, type Status } from "./report.ts";
import { baselineLines, changeLines } from "./since.ts";

type Colors = ReturnType<typeof pc.createColors>;

const marks: Record<Status, readonly [mark: string, color: "green" | "red" | "yellow" | "cyan" | "dim"]> = {
  passed: ["✓", "green"],
  noted: ["✓", "cyan"],
  warned: ["!", "yellow"],
  failed: ["✗", "red"],
  accepted: ["~", "yellow"],
  unprovable: ["?", "yellow"],
  skipped: ["-", "dim"],
};

const titles: Record<Level, readonly [title: string, color: "red" | "yellow" | "cyan"]> = {
  failure: ["Failure", "red"],
  warning: ["Warning", "yellow"],
  unprovable: ["Inconclusive", "yellow"],
  note: ["Note", "cyan"],
  accepted: ["Accepted", "yellow"],
};

/** A report as text: the checks by operation, the findings, what was proven. `all` also lists what was not proven. */
export function textOf(report: Report, colors: Colors, all = false): string {
  return [
    heading(report, colors),
    ...verdictLines(report, colors),
    // If no check had a result, a list of skipped checks would only hide the reason.
    ...(report.results.some((it) => it.status !== "skipped" && it.status !== "unprovable")
      ? [...operationsOf(report, colors), "", ...legendOf(report, colors)]
      : []),
    ...findingsOf(report).flatMap((it) => ["", ...findingLines(it, colors)]),
    "",
    ...summary(report, colors, all),
    "",
  ].join("\n");
}

/** How many instances are named with a failure that they share. */
const mostNamed = 10;

/** What a person must see of many reports: failures (each once), changes, and leftovers. */
export function failuresOf(reports: readonly Report[], colors: Colors): string {
  const shared = failuresAcross(reports).flatMap(({ finding, reports: having }) => [
    ...findingLines(finding, colors),
    ...(reports.length > 1 ? [`  on       ${someOf(having.map(({ name }) => name))}`] : []),
    "",
  ]);
  const own = reports.flatMap((report) => {
    const { changes, baseline } = report;
    const hasChanged = changes !== undefined && changes.new.length + changes.gone.length > 0;
    const hasEnded = baseline !== undefined && baseline.expired.length + baseline.gone.length > 0;
    if (!hasChanged && !hasEnded && !hasLeftovers(report)) return [];
    const lines = [
      ...changeLines(report, colors),
      ...baselineLines(report, colors),
      ...leftoverLines(report, colors),
    ];
    return [heading(report, colors), ...lines, ""];
  });
  return [...shared, ...own].join("\n");
}

function someOf(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function heading({ name, instance, baseUrl, write }: Report, colors: Colors): string {
  const contract = name === instance ? "" : `, the contract of ${instance}`;
  return colors.bold(`${name} at ${baseUrl}`) + colors.dim(`${contract}${write ? "" : " (read-only)"}`);
}

function operationsOf({ results }: Report, colors: Colors): string[] {
  return [...groups(results, (it) => it.operation)].flatMap(([operation, all]) => {
    const skipped = all.filter((it) => it.status === "skipped");
    const told = all.filter((it) => it.status !== "skipped");
    return [
      "",
      colors.bold(operation),
      ...told.map((it) => resultLine(it, colors)),
      ...(skipped.length === 0 ? [] : [...wrapped(`- skipped: ${skippedOf(skipped)}`, 4).map(colors.dim)]),
    ];
  });
}

/** Map.groupBy, which Node 20 lacks. */
function groups<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item]);
  return found;
}

function resultLine(result: CheckResult, colors: Colors): string {
  const [mark, color] = marks[result.status];
  const times = result.held > 1 ? colors.dim(` ×${result.held}`) : "";
  const reason = result.reason === undefined ? "" : colors.dim(` ${result.reason}`);
  return `  ${colors[color](mark)} ${nameOf(result)}${times}${reason}`;
}

function nameOf({ check, subject }: Pick<CheckResult, "check" | "subject">): string {
  return subject === undefined ? check : `${check} [${subject}]`;
}

function skippedOf(results: readonly CheckResult[]): string {
  return [...groups(results, (it) => it.reason ?? "")]
    .map(([reason, all]) => `${all.map(nameOf).join(", ")} (${reason})`)
    .join("; ");
}

function findingLines(finding: Finding, colors: Colors): string[] {
  const [title, color] = titles[finding.level];
  const { check, operation, subject, expected, message, got, curl, times, places, before } = finding;
  const name = nameOf({ check, ...(subject !== undefined && { subject }) });
  return [
    `${colors[color](title)} ${colors.bold(name)} of ${operation}${times > 1 ? `, ${times} times` : ""}`,
    ...wrapped(message),
    // Not wrapped, like the curl command, so that it can be copied.
    `  expected ${expected.file} ${expected.pointer} (${expected.evidence})`,
    ...(expected.assumption === undefined ? [] : labelled("assumes", expected.assumption)),
    ...labelled("received", got),
    ...(before === undefined ? [] : labelled("first", before)),
    ...(finding.acceptance === undefined ? [] : [acceptanceLine(finding.level, finding.acceptance)]),
    ...(places === undefined ? [] : labelled("also", places.join(", "))),
    ...(curl === undefined ? [] : [`  repeat   ${curl}`]),
  ];
}

function acceptanceLine(level: Level, { reason, decidedBy, expires }: Acceptance): string {
  const until = level === "accepted" ? "accepted until" : "expired  accepted until";
  return `  ${until} ${expires} by ${decidedBy}: ${reason}`;
}

function summary(report: Report, colors: Colors, all: boolean): string[] {
  const { coverage, requests, milliseconds, hollow, swept } = report;
  const count = (status: Status) => report.results.filter((it) => it.status === status).length;
  return [
    `  ${count("failed")} failed, ${count("accepted") === 0 ? "" : `${count("accepted")} accepted, `}${count("warned")} warned, ${count("passed") + count("noted")} passed, ${count("unprovable")} inconclusive, ${count("skipped")} skipped; ${requests} ${requests === 1 ? "request" : "requests"}, ${(milliseconds / 1_000).toFixed(1)} s`,
    ...wrapped(
      `${coverage.statements} statements in the contract, ${coverage.provable} of them provable by these checks, ${coverage.proven} proven by this run`,
    ),
    ...(all
      ? [
          ...coverage.unproven.map((it) => `    not proven: ${it}`),
          ...coverage.beyond.map((it) => `    no check can prove: ${it}`),
        ]
      : []),
    ...changeLines(report, colors),
    ...baselineLines(report, colors),
    ...hollow.map((it) => colors.yellow(`  Gap: ${it}`)),
    ...(swept.length === 0 ? [] : [`  Deleted what earlier runs had left: ids ${swept.join(", ")}.`]),
    ...leftoverLines(report, colors),
    ...verdictLines(report, colors),
  ];
}

/** The meaning of the sign before a check. */
const meaningOfSigns: Readonly<Record<Status, string>> = {
  passed: "holds",
  noted: "holds, with a note",
  warned: "breaks what is only inferred",
  failed: "breaks what a page says",
  accepted: "accepted by the baseline",
  unprovable: "inconclusive",
  skipped: "skipped",
};

/** The signs that occur, with their meanings, within 80 columns. */
function legendOf({ results }: Report, colors: Colors): string[] {
  const occurring = (Object.keys(marks) as Status[]).filter((status) =>
    results.some((it) => it.status === status),
  );
  const entries = [...groups(occurring, (status) => marks[status][0])].map(
    ([mark, statuses]) => `${mark} ${statuses.map((it) => meaningOfSigns[it]).join(", or ")}`,
  );
  return wrapped(entries.map((it) => it.replaceAll(" ", "\u00a0")).join("   ")).map((line) =>
    colors.dim(line.replaceAll("\u00a0", " ")),
  );
}

/** The outcome, the reason, and what to do: one line each, within 80 columns. */
function verdictLines(report: Report, colors: Colors): string[] {
  const [text, color, todo] = verdicts[report.verdict];
  const cause = causeOf(report);
  return [
    colors.bold(colors[color](text)),
    ...(cause === undefined ? [] : wrapped(cause)),
    ...(todo === undefined ? [] : wrapped(todo)),
  ];
}

function causeOf(report: Report): string | undefined {
  const { verdict, reason } = report;
  const failures = findingsOf(report).filter((it) => it.level === "failure");
  const [first] = failures;
  const broken =
    first === undefined || verdict !== "deviates"
      ? []
      : [
          `${failures.length === 1 ? "One failure" : `${failures.length} failures, the first`}: ${first.message}`,
        ];
  const all = [...broken, ...(reason === undefined ? [] : [reason])];
  return all.length === 0 ? undefined : all.join(" ");
}

const width = 80;

/**
 * Wraps a text at 80 columns. The first line is indented by two, the others as given. It breaks only at spaces, which are kept within
 * lines. A longer word, such as a pointer, gets a line of its own.
 */
function wrapped(text: string, indent = 2): string[] {
  const lines: string[] = [];
  let line = "  ";
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = " ".repeat(indent);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

const indentOfLabelled = 11;

function labelled(label: string, text: string): string[] {
  return wrapped(`${label.padEnd(indentOfLabelled - 3)} ${text}`, indentOfLabelled);
}

const verdicts: Record<
  Report["verdict"],
  readonly [text: string, color: "green" | "red" | "yellow", todo?: string]
> = {
  honoured: ["Honoured.", "green"],
  deviates: [
    "Deviates from the contract.",
    "red",
    "Each failure has a line that repeats its request. Fix the instance, or the contract where the page has changed.",
  ],
  unavailable: [
    "Unavailable: the contract was not checked.",
    "yellow",
    "Try again later. If it stays so, check the base URL and the network.",
  ],
  "not set up": [
    "Not set up: the contract was not checked to the end.",
    "yellow",
    "Fix what is named here, and run it again.",
  ],
};

function leftoverLines(report: Report, colors: Colors): string[] {
  if (!hasLeftovers(report)) return [];
  const { handlers, unknown } = report.leftovers;
  return [
    ...handlers.map(({ id, name }) => colors.red(`  Left behind: handler ${id}, ${JSON.stringify(name)}.`)),
    ...unknown.map(({ name, why }) =>
      colors.red(`  Perhaps left behind: ${JSON.stringify(name)}; ${why.replace(/\.$/, "")}.`),
    ),
    report.verdict === "unavailable"
      ? "  Run it with --sweep when the instance is back: the journal knows what is there."
      : "  Run it again with --sweep, or delete them by hand.",
  ];
}
