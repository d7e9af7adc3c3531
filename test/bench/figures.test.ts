import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Figure, outcomeOf, quantile, ratioOf } from "../../bench/figures/figure.ts";
import { writePage } from "../../bench/figures/page.ts";
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

test("the page has a table and a chart of each bench, with the date and the machine", async () => {
  const folder = mkdtempSync(join(tmpdir(), "figures-"));
  try {
    mkdirSync(join(folder, "figures"));
    writeFileSync(join(folder, "figures", "gone.svg"), "");
    const benches = {
      fast: [figure(0.8, { what: "a", most: 1 }), figure(1.1, { what: "b|c", most: 1, spread: [0.9, 1.2] })],
      slow: [figure(3, { what: "d", least: 6 }), figure(7, { what: "without a bar" })],
      bare: [figure(1)],
      broken: ["it ended with 3"],
    };
    await writePage(reportOf(benches, new Date("2026-11-22T00:00:00Z")), folder);
    const page = readFileSync(join(folder, "figures.md"), "utf8");
    expect(page).toContain("Measured on 2026-11-22, on ");
    expect(page).toContain("| b\\|c | 1.10 × | ≤ 1 | 0.900 to 1.20 | too wide to judge |");
    expect(page).toContain("## broken\n\n- it ended with 3");
    expect(readdirSync(join(folder, "figures"))).toEqual(["fast.svg", "slow.svg"]);
    const chart = readFileSync(join(folder, "figures", "slow.svg"), "utf8");
    expect(chart).toMatch(/^<svg/);
    // Half of what it has to be takes twice its bar.
    expect(chart).toContain("share of the bar; up to 1 is held: 2; what: d (×)");
    expect(chart).not.toContain("without a bar");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
