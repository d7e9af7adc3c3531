import { describe, expect, test } from "vitest";
import { checks, findingsOf } from "../../src/contract/index.ts";
import { whyReadsOnly } from "../../src/contract/instance/limits.ts";
import { canHave } from "../../src/contract-lab/fault-needs.ts";
import { checkSandbox } from "../../src/contract-lab/sandboxes.ts";
import { instancesWith, tryFault } from "../../src/contract-lab/try-faults.ts";
import type { Description } from "../../src/description/index.ts";
import { modelOf } from "../../src/description/index.ts";
import { listFaults } from "../../src/sandbox/index.ts";
import { triesAll } from "../scope.ts";
import { checkAccounts, unprovenIn } from "./check-accounts.ts";
import { deriveShapes, shapes } from "./shapes.ts";

const triesShapes = triesAll("CONTRACT_SHAPES");

/** Which shapes are checked with and without writes, and with accounts of several sizes. */
const most = ["one form of the list"];
/** Which ones are checked once. Those of one filter alone are tried below, by an instance that ignores it. */
const once = [
  "20 types and all filters",
  "one type without fields",
  "types unknown",
  "dates alone in filters",
  "small pages and many types",
  "another default page",
  "no read",
  "no create",
  "no update",
  "nothing but the list",
];
const isWhole = (name: string) => triesShapes || most.includes(name);

/** Each filter alone, the check that tells when the instance passes over it, and the parameter. */
const passedOver = [
  ["search alone", "search_conformance", "search"],
  ["is_enabled alone", "filter_conformance", "is_enabled"],
  ["type alone", "filter_conformance", "type"],
  ["datetime_start alone", "date_range_conformance", "datetime_start"],
  ["datetime_end alone", "date_range_conformance", "datetime_end"],
  ["order_by alone", "order_conformance", "order_by"],
  ["a filter of a property", "filter_conformance", "title"],
  ["a filter of a field", "filter_conformance", "address"],
  ["a filter by id", "filter_conformance", "id"],
] as const;

const checked = shapes.filter(({ name }) => triesShapes || most.includes(name) || once.includes(name));
const others = ["no delete", ...passedOver.map(([name]) => name)];
const derived = await deriveShapes(shapes.filter((it) => checked.includes(it) || others.includes(it.name)));
const shape = (name: string) => derived.get(name) as Description;

test("what is chosen by its name is there", () => {
  expect([...most, ...once, ...others].filter((name) => !derived.has(name))).toEqual([]);
});

/** Whatever an entry of the register can say, the checks are made and honoured, within the bound that follows from the contract. */
describe.each(checked)("an instance with $name", ({ name }) => {
  test("is checked in full with --write, or says why nothing is created", async () => {
    const model = modelOf(shape(name));
    const checked = await checkAccounts(shape(name), true, isWhole(name) ? [15, 0] : [15]);
    const { report } = checked;
    expect(report.write).toBe(whyReadsOnly(model) === undefined);
    expect(report.hollow).toEqual(whyReadsOnly(model) === undefined ? [] : [whyReadsOnly(model)]);
    for (const check of checks) {
      for (const { operation, subject } of check.targets(model)) {
        const result = report.results.find(
          (it) => it.check === check.name && it.operation === operation.id && it.subject === subject,
        );
        const place = `${check.name} of ${operation.id} ${subject ?? ""}`;
        if (report.write) expect([place, result?.status]).toEqual([place, expected(check.name)]);
        else expect([place, "passed", "skipped"]).toContain(result?.status);
      }
    }
    if (report.write) expect(unprovenIn(checked)).toEqual([]);
  });

  test.runIf(isWhole(name))("is read without --write, within its bound", async () => {
    await checkAccounts(shape(name), false, [45]);
  });
});

test.each(passedOver)("%s that is passed over is found by %s", async (name, check, parameter) => {
  const { report } = await checkSandbox({
    description: shape(name),
    fetch: (url, init) => {
      const sent = new URL(String(url));
      sent.searchParams.delete(parameter);
      return fetch(sent, init);
    },
  });
  expect(findingsOf(report).map((it) => it.check)).toContain(check);
});

const unknown = listFaults().filter((fault) => instancesWith(fault).length === 0);
test.each(unknown.map((fault) => [fault.name, fault] as const))(
  "%s, which no instance of the register can have, is caught",
  async (name, fault) => {
    const description = [...derived.values()].find((it) => canHave(fault, it)) as Description;
    const result = await tryFault(fault, description);
    expect(result).toMatchObject({ fault: name, instance: description.name, caught: true, others: [] });
  },
);

/** A limit is nothing that a check provokes; and what holds at once is not asked for again. */
function expected(check: string): string {
  return ["rate_limit", "unstable"].includes(check) ? "skipped" : "passed";
}

test("an instance without a delete reads only, and says so for every check that would write", async () => {
  const description = shape("no delete");
  const { report } = await checkAccounts(description, true, [15]);
  const readsOnly = whyReadsOnly(modelOf(description));
  expect(readsOnly).toMatch(/no operation to delete/);
  const writing = new Set(checks.filter((it) => it.write).map((it) => it.name));
  for (const { check, status, reason } of report.results)
    if (writing.has(check)) expect([check, status, reason]).toEqual([check, "skipped", readsOnly]);
});

test.each(listFaults().filter(({ name }) => name.startsWith("range-")))(
  "$name is caught where filters take dates alone, or can't be had there",
  async (fault) => {
    const description = shape("dates alone in filters");
    if (canHave(fault, description))
      expect(await tryFault(fault, description)).toMatchObject({ caught: true, others: [] });
    else expect(fault.name).toMatch(/exclusive$/);
  },
);
