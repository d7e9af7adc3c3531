import { expect, test } from "vitest";
import { findingsOf } from "../../src/contract/report/report.ts";
import { checkSandbox } from "../../src/contract-lab/sandboxes.ts";

/** What a fault breaks is told by its weight: what a page says fails, be it a page of the family, what was inferred warns and names the assumption. */
test.each([
  ["search-ignored", "search_conformance", "failure", undefined],
  ["search-case-sensitive", "search_conformance", "warning", "ignores case"],
  ["type-filter-ignored", "filter_conformance", "warning", "type narrows"],
  ["enabled-filter-ignored", "filter_conformance", "warning", "is_enabled narrows"],
  ["range-ignored", "date_range_conformance", "failure", undefined],
  ["range-end-ignored", "date_range_conformance", "failure", undefined],
  ["range-start-exclusive", "date_range_conformance", "warning", "start belongs"],
  ["filters-not-combined", "filters_together", "warning", "all of them apply"],
  ["links-lose-the-query", "page_links", "warning", "keep the query"],
  ["links-to-another-host", "page_links", "failure", undefined],
  ["create-an-hour-off", "creation_time", "warning", "UTC"],
] as const)("%s: %s is a %s", async (fault, check, level, assumption) => {
  const clock = { now: () => Date.now(), sleep: async () => {} };
  const { report } = await checkSandbox({ instance: "k.aws.bj", fault, clock });
  const found = findingsOf(report).filter((it) => it.check === check);
  expect(found.length).toBeGreaterThan(0);
  // The gravest come first. The list as links name it is inferred as a whole, so that nothing fails there.
  expect(found[0]?.level).toBe(level);
  for (const { expected } of found.filter((it) => it.level === level)) {
    if (assumption === undefined) expect(expected.assumption).toBeUndefined();
    else expect(expected.assumption).toContain(assumption);
  }
});
