import { describe, expect, test } from "vitest";
import { type Figure, outcomeOf, quantile, ratioOf } from "../../bench/figures/figure.ts";
import { isMissed, reportOf, tableOf } from "../../bench/figures/report.ts";

const figure = (value: number, more: Partial<Figure> = {}): Figure => ({
  what: "it",
  value,
  unit: "×",
  ...more,
});

describe("a bar", () => {
  test.each<[Figure, string]>([
    [figure(1, { most: 1 }), "held"],
    [figure(1.1, { most: 1 }), "missed"],
    [figure(5, { least: 5 }), "held"],
    [figure(4.9, { least: 5 }), "missed"],
    [figure(1.1, { most: 1, spread: [1.05, 1.2] }), "missed"],
    [figure(1.1, { most: 1, spread: [0.9, 1.2] }), "too wide to judge"],
    [figure(0.9, { most: 1, spread: [0.8, 1.2] }), "too wide to judge"],
    [figure(0.9, { most: 1, spread: [0.8, 0.95] }), "held"],
    [figure(-0.1, { most: 1 }), "held"],
    [figure(Number.NaN, { most: 1 }), "missed"],
  ])("%j: %s", (it, outcome) => {
    expect(outcomeOf(it)).toBe(outcome);
  });
});

test("a machine that gets slower half-way changes both, and no ratio", () => {
  const others = [10, 11, 10, 50, 52, 51];
  const own = others.map((it) => 2 * it);
  expect(ratioOf("it", "peer", { own, others }, { most: 3 })).toEqual({
    ...{ what: "it", unit: "× peer", most: 3 },
    ...{ value: 2, spread: [2, 2] },
  });
});

test.each([
  [[3, 1, 2], 0.5, 2],
  [[1, 2], 0.5, 1.5],
  [[4, 1, 3, 2, 5], 0.25, 2],
  [[], 0.5, Number.NaN],
])("of %j the quantile %d is %d", (values, share, wanted) => {
  expect(quantile(values, share)).toBe(wanted);
});

describe("the report", () => {
  const now = new Date("2026-05-13T12:00:00Z");
  const benches = {
    client: [
      figure(1.2, { what: "a GET", unit: "× openapi-fetch", most: 1.25, spread: [1.1, 1.22] as const }),
    ],
    docs: [figure(61_000, { what: "page", unit: "bytes", most: 60_000 }), "a promise is broken"],
  };

  test("is one table, with what is broken below, and the machine above", () => {
    const lines = tableOf(reportOf(benches, now)).split("\n");
    expect(lines[0]).toMatch(/^\d+ × .*, \d+ GiB, \w+, Node v.*, 2026-05-13$/);
    expect(lines.slice(2)).toEqual([
      "bench   figure  value                 bar      middle half of the rounds  outcome",
      "client  a GET   1.20 × openapi-fetch  ≤ 1.25   1.10 to 1.22               held",
      "docs    page    61000 bytes           ≤ 60000                             missed",
      "docs: a promise is broken",
    ]);
  });

  test("misses where a bar is missed or a promise broken, not where rounds can't say", () => {
    expect(isMissed(reportOf(benches, now))).toBe(true);
    expect(isMissed(reportOf({ client: benches.client }, now))).toBe(false);
    expect(isMissed(reportOf({ client: ["broken"] }, now))).toBe(true);
    expect(isMissed(reportOf({ it: [figure(2, { most: 1, spread: [0.5, 3] })] }, now))).toBe(false);
  });
});
