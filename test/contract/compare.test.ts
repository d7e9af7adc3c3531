import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pc from "picocolors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changesSince, type Report, readReports, reportFileOf, textOf } from "../../src/contract/index.ts";
import { checkedWith, outOfService, reportOf } from "./reports.ts";

let folder: string;
let honoured: Report;
let failing: Report;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "compare-"));
  [honoured, failing] = await Promise.all([reportOf(), reportOf("list-id-as-text")]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const checksOf = (changes: readonly { check: string; level: string }[]) =>
  changes.filter((it) => it.level === "failure").map((it) => it.check);

describe("what changed since an earlier report", () => {
  test("a failure that came is new, one that went is gone, one that stayed is neither", () => {
    const came = changesSince(honoured, failing);
    expect(came).toMatchObject({ since: honoured.startedAt, verdict: "honoured", gone: [], unchecked: [] });
    expect(checksOf(came.new)).toEqual(["response_schema_conformance"]);
    const went = changesSince(failing, honoured);
    expect(checksOf(went.gone)).toEqual(["response_schema_conformance"]);
    expect(went.new).toEqual([]);
    expect(changesSince(failing, failing)).toMatchObject({ new: [], gone: [], unchecked: [] });
    expect(changesSince(failing, failing).unchanged).toBeGreaterThan(0);
  });

  test("what an instance that is down can't show is not gone", async () => {
    const { report } = await checkedWith(outOfService);
    const changes = changesSince(failing, report);
    expect(changes.gone).toEqual([]);
    expect(checksOf(changes.unchecked)).toEqual(["response_schema_conformance"]);
  });

  test("an accepted failure is the same failure", () => {
    const accepted = {
      ...failing,
      results: failing.results.map((it) => ({
        ...it,
        findings: it.findings.map((finding) =>
          finding.level === "failure" ? { ...finding, level: "accepted" as const } : finding,
        ),
      })),
    };
    expect(changesSince(failing, accepted)).toMatchObject({ new: [], gone: [] });
  });

  test("a person reads it with the summary", () => {
    const text = textOf({ ...failing, changes: changesSince(honoured, failing) }, pc.createColors(false));
    expect(text).toMatch(/Since \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC, when it was honoured: \d+ new, 0 gone/);
    expect(text).toMatch(/new: failure, response_schema_conformance of listNotificationHandlers: data/);
  });
});

describe("an earlier report", () => {
  const read = (content: unknown) => {
    const file = join(folder, "earlier.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return readReports(file);
  };

  test("is read as this version writes it", () => {
    expect(read(reportFileOf([honoured, failing])).map((it) => it.verdict)).toEqual(["honoured", "deviates"]);
  });

  test("is read as it was written before there were versions", () => {
    const { name: _, answerTimes: __, ...old } = honoured;
    expect(read([old])[0]?.name).toBe(honoured.instance);
  });

  test.each([
    [{ version: 99, runs: [] }, "earlier.json is of version 99: --compare reads version 1, "],
    [{ runs: [] }, "has no version, so it is not from --json"],
    [{ version: 1 }, "has no list of runs"],
    [{ version: 1, runs: [{}] }, "run 1 is no report"],
    [[null], "run 1 is no report"],
    ["null", "has no version"],
    ["{", "can't be read"],
  ])("%j is refused with what it is", (content, message) => {
    expect(() => read(content)).toThrow(message);
  });
});
