import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Figure, type Found, outcomeOf, quantile, ratioOf } from "../../bench/figures/figure.ts";
import { names } from "../../bench/figures/names.ts";
import { keptIn, pageOf, writePage } from "../../bench/figures/page.ts";
import {
  type BenchReport,
  isBroken,
  measuredHere,
  missedIn,
  parseReport,
  tableOf,
} from "../../bench/figures/report.ts";

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
  ])("%j is judged %s", (it, outcome) => {
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

const measured = (found: Found, date = "2026-05-13T12:00:00Z", machine = "2 × Fast") => ({
  date,
  machine,
  found,
});
const reportOf = (benches: BenchReport["benches"]): BenchReport => ({ version: 2, benches });

describe("the report", () => {
  const client = measured([
    figure(1.2, { what: "a GET", unit: "× openapi-fetch", most: 1.25, spread: [1.1, 1.22] as const }),
  ]);
  const docs = measured([
    figure(61_000, { what: "page", unit: "bytes", most: 60_000 }),
    "a promise is broken",
  ]);

  test("is one table, with what is broken below, and the machine above", () => {
    expect(tableOf(reportOf({ client, docs })).split("\n")).toEqual([
      "2 × Fast, 2026-05-13",
      "",
      "bench   figure  value                 bar      middle half of the rounds  outcome",
      "client  a GET   1.20 × openapi-fetch  ≤ 1.25   1.10 to 1.22               held",
      "docs    page    61000 bytes           ≤ 60000                             missed",
      "docs: a promise is broken",
    ]);
  });

  test("names the benches of each machine and day where there are several", () => {
    const start = measured([], "2026-05-14T12:00:00Z");
    const import_ = measured([], "2026-05-14T12:00:00Z", "1 × Slow");
    expect(
      tableOf(reportOf({ client, docs, start, import: import_ }))
        .split("\n")
        .slice(0, 4),
    ).toEqual([
      "client, docs: 2 × Fast, 2026-05-13",
      "start: 2 × Fast, 2026-05-14",
      "import: 1 × Slow, 2026-05-14",
      "",
    ]);
  });

  test("names the bars that are missed, not those of which the rounds can't say", () => {
    expect(missedIn(reportOf({ client, docs }))).toEqual(["docs: page: 61000 bytes, bar ≤ 60000"]);
    const wide = measured([figure(2, { most: 1, spread: [0.5, 3] })]);
    expect(missedIn(reportOf({ it: wide }))).toEqual([]);
  });

  test("tells a broken promise from a missed bar", () => {
    expect(isBroken(reportOf({ client, docs }))).toBe(true);
    expect(isBroken(reportOf({ it: measured([figure(2, { most: 1 })]) }))).toBe(false);
  });

  test("says where and when it was measured", () => {
    const { date, machine } = measuredHere([], new Date("2026-05-13T12:00:00Z"));
    expect(date).toBe("2026-05-13T12:00:00.000Z");
    expect(machine).toMatch(/^\d+ × .*, \d+ GiB, \w+, Node v/);
  });

  test("is read again as it was written, what is no number included", () => {
    const odd = reportOf({ it: measured([figure(Number.NaN, { most: 1 }), "a promise"]) });
    expect(parseReport(JSON.stringify(odd))).toEqual(odd);
    expect(parseReport('{ "version": 1, "benches": {} }')).toBeUndefined();
  });
});

describe("the page", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "figures-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = (file: string) => readFileSync(join(folder, file), "utf8");

  test("has a table and a chart of each bench, with the date and the machine", async () => {
    mkdirSync(join(folder, "figures"));
    writeFileSync(join(folder, "figures", "gone.svg"), "");
    const benches = {
      bare: measured([figure(1)]),
      fast: measured([
        figure(0.8, { what: "a", most: 1 }),
        figure(1.1, { what: "b|c", most: 1, spread: [0.9, 1.2] }),
      ]),
      slow: measured([figure(3, { what: "d", least: 6 }), figure(7, { what: "without a bar" }), "broken"]),
    };
    await writePage(reportOf(benches), [...Object.keys(benches), "later"], folder);
    const page = read("figures.md");
    expect(page).toContain("## fast\n\nMeasured on 2026-05-13, on 2 × Fast.");
    expect(page).toContain("| b\\|c | 1.10 × | ≤ 1 | 0.900 to 1.20 | too wide to judge |");
    expect(page).toContain("\n\n- broken");
    expect(page).toMatch(/\nNot measured yet: later\.\n$/);
    expect(readdirSync(join(folder, "figures"))).toEqual(["fast.svg", "figures.json", "slow.svg"]);
    const chart = read("figures/slow.svg");
    expect(chart).toMatch(/^<svg/);
    // Half of what it has to be takes twice its bar.
    expect(chart).toContain("share of the bar; up to 1 is held: 2; what: d (×)");
    expect(chart).not.toContain("without a bar");
  });

  test("keeps the figures of benches that were not measured again, with their date and machine", async () => {
    const names = ["one", "two"];
    const old = {
      one: measured([figure(1)]),
      gone: measured([figure(2)]),
      two: measured([figure(3, { most: 4 })]),
    };
    await writePage(reportOf(old), [...names, "gone"], folder);
    await writePage(
      reportOf({ one: measured([figure(5)], "2026-06-01T00:00:00Z", "1 × Slow") }),
      names,
      folder,
    );
    const page = read("figures.md");
    expect(page).toMatch(/## one\n\nMeasured on 2026-06-01, on 1 × Slow\.[^#]* 5\.00 ×/);
    expect(page).toMatch(/## two\n\nMeasured on 2026-05-13, on 2 × Fast\.[^#]* 3\.00 ×/);
    expect(page).not.toContain("gone");
    expect(existsSync(join(folder, "figures/two.svg"))).toBe(true);
  });
});

test("docs/figures.md is what its figures say", () => {
  const docs = fileURLToPath(new URL("../../docs", import.meta.url));
  const kept = keptIn(docs);
  expect(kept).toBeDefined();
  expect(readFileSync(join(docs, "figures.md"), "utf8")).toBe(pageOf(kept as BenchReport, names));
});
