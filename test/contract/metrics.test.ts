import { beforeAll, describe, expect, test } from "vitest";
import { metricsOf, type Report } from "../../src/contract/index.ts";
import { reportsOfAllOutcomes } from "./reports.ts";

let reports: Report[];
let lines: string[];
beforeAll(async () => {
  const [first, ...others] = await reportsOfAllOutcomes();
  if (first === undefined) throw new Error("There are no reports.");
  const days = new Date(Date.parse(first.startedAt) + 30 * 86_400_000).toISOString();
  const answerTimes = { listNotificationHandlers: [5, 40, 20_000], getNotificationHandler: [40] };
  reports = [{ ...first, name: 'a "b" \\ c\nd', certificateEnds: days, answerTimes }, ...others];
  lines = (await metricsOf(reports)).split("\n");
});

// https://prometheus.io/docs/specs/om/open_metrics_spec/#abnf, without what is not used here: exemplars, timestamps, units.
const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const label = `[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[n"\\\\])*"`;
const sample = new RegExp(
  `^(${name})(?:\\{(${label}(?:,${label})*)\\})? (?:[+-]?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|\\+Inf|NaN)$`,
);
const descriptor = new RegExp(`^# (?:HELP (${name}) \\S.*|TYPE (${name}) (?:gauge|histogram))$`);

const figureOf = (start: string) =>
  Number(
    lines
      .find((it) => it.startsWith(start))
      ?.split(" ")
      .at(-1),
  );
const prefix = "notification_handlers_contract_";

describe("metrics", () => {
  test("are OpenMetrics text, line for line, and end as it has to", () => {
    expect(lines.slice(-2)).toEqual(["# EOF", ""]);
    for (const line of lines.slice(0, -2)) expect(line).toMatch(line.startsWith("#") ? descriptor : sample);
  });

  test("name each family once, with its samples behind it", () => {
    let family = "";
    const families: string[] = [];
    for (const line of lines.slice(0, -2)) {
      const [, help, type] = descriptor.exec(line) ?? [];
      if (help !== undefined) {
        family = help;
        families.push(family);
      } else if (type !== undefined) expect(type).toBe(family);
      else expect(line.startsWith(family)).toBe(true);
    }
    expect(new Set(families).size).toBe(families.length);
    const series = lines
      .filter((it) => it !== "" && !it.startsWith("#"))
      .map((it) => it.slice(0, it.lastIndexOf(" ")));
    expect(new Set(series).size).toBe(series.length);
  });

  test("have exactly one outcome for each instance", () => {
    const outcomes = lines.filter((it) => it.startsWith(`${prefix}outcome{`));
    expect(outcomes).toHaveLength(4 * reports.length);
    expect(outcomes.filter((it) => it.endsWith(" 1"))).toHaveLength(reports.length);
    expect(figureOf(`${prefix}outcome{instance="deviates.example",outcome="deviates"}`)).toBe(1);
  });

  test("have findings by level, what was proven, and the days of the certificate", () => {
    expect(figureOf(`${prefix}findings{instance="deviates.example",level="failure"}`)).toBe(1);
    // A run without --write proves less than it could, and no run can prove all.
    const { statements, provable, proven } = reports[1]?.coverage ?? {};
    const stated = ["contract", "provable", "proven"].map((state) =>
      figureOf(`${prefix}statements{instance="deviates.example",state="${state}"}`),
    );
    expect(stated).toEqual([statements, provable, proven]);
    expect(new Set(stated).size).toBe(3);
    expect(lines.filter((it) => it.startsWith(`${prefix}certificate_days{`))).toEqual([
      `${prefix}certificate_days{instance="a \\"b\\" \\\\ c\\nd"} 30`,
    ]);
  });

  test("count answers in buckets that hold all that took no longer", () => {
    const instance = 'instance="a \\"b\\" \\\\ c\\nd"';
    const bucket = (le: string) => figureOf(`${prefix}answer_seconds_bucket{le="${le}",${instance}}`);
    expect(["0.01", "0.025", "0.05", "10", "+Inf"].map(bucket)).toEqual([1, 1, 3, 3, 4]);
    expect(figureOf(`${prefix}answer_seconds_count{${instance}}`)).toBe(4);
    expect(figureOf(`${prefix}answer_seconds_sum{${instance}}`)).toBeCloseTo(20.085);
  });
});
