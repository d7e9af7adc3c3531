import { beforeAll, describe, expect, test } from "vitest";
import { changesSince, issuesOf, type Report } from "../../src/contract/index.ts";
import { reportsOfAllOutcomes } from "./reports.ts";

let honoured: Report;
let deviates: Report;
beforeAll(async () => {
  const [first, second] = await reportsOfAllOutcomes();
  if (first === undefined || second === undefined) throw new Error("There are no reports.");
  [honoured, deviates] = [first, second];
});

const since = (earlier: Report, report: Report): Report => ({
  ...report,
  changes: changesSince(earlier, report),
});

describe("issues are for instances whose outcome has changed", () => {
  test("none where it is as it was, and none for the first time that all is well", () => {
    expect(issuesOf([honoured, since(honoured, honoured), since(deviates, deviates)])).toEqual([]);
  });

  test("one that is open where it got worse, or is not well the first time", () => {
    const [first, worse] = issuesOf([deviates, since(honoured, { ...deviates, name: "shop" })]);
    expect(first).toMatchObject({ title: `Contract: ${deviates.name}`, open: true });
    expect(first?.body).toMatch(/^Outcome: \*\*deviates\*\*\. It was not checked before\./);
    expect(worse).toMatchObject({ title: "Contract: shop", open: true });
    expect(worse?.body).toContain("It was: honoured.");
    expect(worse?.body).toContain("response_schema_conformance");
  });

  test("one that is closed where all is well again", () => {
    expect(issuesOf([since(deviates, honoured)])).toMatchObject([{ open: false }]);
  });

  test("calls nobody, and stays within what an issue holds", () => {
    const results = deviates.results.map((it) => ({
      ...it,
      findings: it.findings.map((finding) => ({ ...finding, message: `@everyone #1 ${"x".repeat(70_000)}` })),
    }));
    const [issue] = issuesOf([{ ...deviates, results }]);
    expect(issue?.body).not.toMatch(/@everyone|#1 /);
    expect(issue?.body.length).toBeLessThan(65_536);
  });
});
