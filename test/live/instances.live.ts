import { mkdir, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Checked,
  checkContract,
  checks,
  journalFolder,
  keysFor,
  parseRate,
  type Report,
  summaryOf,
  variableOf,
} from "../../src/contract/index.ts";
import { instanceNames, loadDescription, modelOf } from "../../src/description/index.ts";

/**
 * The checks of the real instances, for each whose key is set; they only read. CONTRACT_LIVE_WRITE=1 lets them create, change
 * and delete handlers of their own, too.
 */
const write = process.env.CONTRACT_LIVE_WRITE === "1";
const folder = new URL("../../live-report/", import.meta.url);

const reports: Report[] = [];
afterAll(async () => {
  if (reports.length > 0) await writeFile(new URL("summary.md", folder), summaryOf(reports));
});

for (const instance of instanceNames) {
  const keys = keysFor(instance, process.env);
  if (keys === undefined) {
    test.skip(`${instance}: no key (set ${variableOf(instance)})`, () => undefined);
    continue;
  }
  describe(`${instance} honours its contract`, () => {
    let checked: Checked;
    beforeAll(async () => {
      checked = await checkContract({
        instance,
        keys,
        write,
        interval: parseRate("30/m"),
        journalFolder: journalFolder(process.env),
      });
      reports.push(checked.report);
      await mkdir(folder, { recursive: true });
      await writeFile(new URL(`${instance}.json`, folder), `${JSON.stringify(checked.report, null, 2)}\n`);
    });

    test("it could be told, and nothing is left behind", () => {
      expect(checked.report.reason).toBeUndefined();
      expect(checked.report.leftovers).toEqual({ handlers: [], unknown: [] });
      expect(["honoured", "deviates"]).toContain(checked.report.verdict);
    });

    for (const check of checks.filter((it) => write || !it.write)) {
      for (const { operation, subject } of check.targets(modelOf(loadDescription(instance)))) {
        const name = `${operation.id} ${check.name}${subject === undefined ? "" : ` [${subject}]`}`;
        test(name, ({ skip, annotate }) => {
          const result = checked.report.results.find(
            (it) => it.check === check.name && it.operation === operation.id && it.subject === subject,
          );
          if (result?.status === "skipped" || result?.status === "unprovable") skip(result.reason);
          for (const it of result?.findings ?? []) {
            if (it.level !== "failure")
              void annotate(`${it.level}: ${it.message} Came: ${it.got}`, "warning");
          }
          expect(result?.findings.filter((it) => it.level === "failure")).toEqual([]);
        });
      }
    }
  });
}
