import { beforeAll, describe, expect, test } from "vitest";
import { type Checked, checks, exitCode, findingsOf } from "../../src/contract/index.ts";
import { descriptionNames, familyName, loadDescription, modelOf } from "../../src/description/index.ts";
import { triesAll } from "../scope.ts";
import { checkAccounts, unprovenIn } from "./check-accounts.ts";

const names = descriptionNames;

/** The sandboxes whose accounts are of several sizes, so that the bound is met: the family's, which has everything, or all. */
const accountsOf = (name: string) => (name === familyName || triesAll("CONTRACT_SHAPES") ? undefined : [15]);

describe.each(names)("the sandbox of %s honours the contract", (instance) => {
  let checked: Checked;
  beforeAll(async () => {
    checked = await checkAccounts(loadDescription(instance), true, accountsOf(instance));
  });

  const places = checks.flatMap((check) =>
    check.targets(modelOf(loadDescription(instance))).map(({ operation, subject }) => ({
      check: check.name,
      operation: operation.id,
      subject,
      name: `${operation.id} ${check.name}${subject === undefined ? "" : ` [${subject}]`}`,
    })),
  );

  test.each(places)("$name", ({ check, operation, subject }) => {
    const result = checked.report.results.find(
      (it) => it.check === check && it.operation === operation && it.subject === subject,
    );
    // No check provokes a limit, and what is right is not asked for again.
    expect(result?.status).toBe(["rate_limit", "unstable"].includes(check) ? "skipped" : "passed");
    expect(result?.findings).toEqual([]);
  });

  test("nothing is found, and nothing is left", () => {
    const { report } = checked;
    expect(findingsOf(report)).toEqual([]);
    expect(report.leftovers).toEqual({ handlers: [], unknown: [] });
    expect(exitCode([report])).toBe(0);
  });

  test("what the checks can prove is proven, but for types on no page that was reached by link", () => {
    const { coverage } = checked.report;
    expect(coverage.proven + coverage.unproven.length).toBe(coverage.provable);
    expect(coverage.provable + coverage.beyond.length).toBe(coverage.statements);
    expect(unprovenIn(checked)).toEqual([]);
  });
});

test.each(names)("a read-only run on %s keeps its bound, and changes nothing", async (instance) => {
  const { exchanges } = await checkAccounts(loadDescription(instance), false, accountsOf(instance));
  expect(new Set(exchanges.map((it) => it.method))).toEqual(new Set(["GET"]));
});
