import { expect, test } from "vitest";
import { exitCode, type Report } from "../../src/contract/index.ts";

/** All that the exit code depends on. */
const report = (verdict: Report["verdict"], left = 0) =>
  ({
    verdict,
    leftovers: { handlers: Array(left).fill({ id: 1, name: "x", why: "y" }), unknown: [] },
  }) as unknown as Report;

const honoured = report("honoured");

test.each<[string, Report[], 0 | 1 | 2]>([
  ["honoured", [honoured, honoured], 0],
  ["honoured, with something left behind", [honoured, report("honoured", 1)], 1],
  ["one that deviates, whatever the others are", [report("unavailable"), report("deviates"), honoured], 1],
  ["unavailable", [honoured, report("unavailable")], 2],
  ["unavailable, with something left behind, which nobody can delete now", [report("unavailable", 1)], 2],
  ["not set up", [honoured, report("not set up")], 2],
  ["not set up, with something left behind", [report("not set up", 1)], 1],
  ["nothing checked", [], 2],
])("%s", (_, reports, code) => {
  expect(exitCode(reports)).toBe(code);
});
