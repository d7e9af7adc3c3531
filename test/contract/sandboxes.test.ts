import { beforeAll, describe, expect, test } from "vitest";
import { type Checked, checks, exitCode, findingsOf } from "../../src/contract/index.ts";
import { modelOf } from "../../src/contract/model.ts";
import { checkSandbox } from "../../src/contract/sandboxes.ts";
import { instanceNames, loadDescription } from "../../src/description/index.ts";

describe.each(instanceNames)("the sandbox of %s honours the contract", (instance) => {
  let checked: Checked;
  beforeAll(async () => {
    checked = await checkSandbox({ instance });
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
    // A limit is the one thing that no check provokes.
    expect(result?.status).toBe(check === "rate_limit" ? "skipped" : "passed");
    expect(result?.findings).toEqual([]);
  });

  test("nothing is found, nothing is left, and no more is sent than promised", () => {
    const { report } = checked;
    expect(findingsOf(report)).toEqual([]);
    expect(report.leftovers).toEqual({ handlers: [], unknown: [] });
    expect(report.requests).toBeLessThanOrEqual(90);
    expect(exitCode([report])).toBe(0);
  });

  test("what the checks can prove is proven, but for types on no page that was reached by link", () => {
    const { power } = checked.report;
    expect(power.proven + power.unproven.length).toBe(power.provable);
    expect(power.provable + power.beyond.length).toBe(power.statements);
    expect(
      power.unproven.filter((it) => !/^listNotificationHandlersByLink 200 has data\[\]\(/.test(it)),
    ).toEqual([]);
  });
});

test("a read-only run sends 15 requests at most, and changes nothing", async () => {
  for (const instance of instanceNames) {
    const { report, exchanges } = await checkSandbox({ instance, write: false });
    expect(findingsOf(report)).toEqual([]);
    expect(report.requests).toBeLessThanOrEqual(15);
    expect(new Set(exchanges.map((it) => it.method))).toEqual(new Set(["GET"]));
  }
});
