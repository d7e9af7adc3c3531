import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checks } from "../../src/contract/index.ts";
import { consequencesOf, faultsWithConsequences } from "../../src/contract-lab/consequences.ts";
import { checkFor, faultsWithCheck } from "../../src/contract-lab/fault-checks.ts";
import { faultTable } from "../../src/contract-lab/fault-table.ts";
import { listFaults } from "../../src/sandbox/index.ts";

const names = listFaults().map((it) => it.name);

test("every fault has one check that is to catch it, and every such name is a fault", () => {
  expect(faultsWithCheck().toSorted()).toEqual(names.toSorted());
});

test("every check that is named is a check", () => {
  const known = new Set(checks.map((it) => it.name));
  for (const name of names) {
    expect(known).toContain(checkFor(name));
    for (const check of consequencesOf(name)) expect(known).toContain(check);
  }
});

test("consequences are those of faults", () => {
  expect(faultsWithConsequences().filter((it) => !names.includes(it))).toEqual([]);
});

test("docs/faults.md is fresh", () => {
  const text = readFileSync(new URL("../../docs/faults.md", import.meta.url), "utf8");
  expect(text, "Write it: npm run -s contract -- --list-faults > docs/faults.md").toBe(faultTable());
});
