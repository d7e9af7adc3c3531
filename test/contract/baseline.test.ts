import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pc from "picocolors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  Baseline,
  type BaselineFile,
  exitCode,
  findingsOf,
  junitOf,
  proposeBaseline,
  type Report,
  readBaseline,
  summaryOf,
  textOf,
} from "../../src/contract/index.ts";
import { SettingsError } from "../../src/settings/index.ts";
import { checkedWith, instance, outOfService, reportOf } from "./reports.ts";

const fault = "list-id-as-text";
const now = Date.UTC(2026, 5, 15, 12);
const colors = pc.createColors(false);
let folder: string;
let failing: Report;
let entry: BaselineFile["accepted"][number];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "baseline-"));
  failing = await reportOf(fault);
  const [finding] = findingsOf(failing).filter((it) => it.level === "failure");
  if (finding === undefined) throw new Error("The fault was not caught.");
  const { check, operation, expected } = finding;
  entry = {
    instance,
    check,
    operation,
    statement: expected.pointer,
    reason: "Mended in June",
    decided_by: "Ada",
    expires: "2026-06-15",
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const accepting = (...accepted: BaselineFile["accepted"]) =>
  new Baseline({ version: 1, accepted }, instance, now);
const write = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

test("findings with one cause are one finding, which names the other places", () => {
  const [finding] = findingsOf(failing);
  const [result] = failing.results;
  if (finding === undefined || result === undefined) throw new Error("There is no finding.");
  const at = (operation: string, cause: string) => ({
    ...result,
    findings: [{ ...finding, operation, subject: "email", cause, times: 2 }],
  });
  const results = [at("one", "slash"), at("other", "slash"), at("third", "another cause")];
  expect(findingsOf({ ...failing, results })).toMatchObject([
    { operation: "one", times: 4, places: ["other [email]"] },
    { operation: "third", times: 2 },
  ]);
});

describe("a run with a baseline", () => {
  test("what is accepted does not fail, and is shown and counted to its last day", async () => {
    const report = await reportOf(fault, { baseline: accepting(entry) });
    expect(report.verdict).toBe("honoured");
    expect(exitCode([report])).toBe(0);
    expect(report.baseline).toEqual({ accepted: 1, expired: [], gone: [], unchecked: [] });
    expect(findingsOf(report).map((it) => it.level)).toContain("accepted");
    const text = textOf(report, colors);
    expect(text).toContain("accepted until 2026-06-15 by Ada: Mended in June");
    expect(text).toMatch(/ 0 failed, 1 accepted, /);
    expect(junitOf([report])).not.toContain("<failure");
    expect(junitOf([report])).toContain("accepted: ");
    expect(summaryOf([report])).toContain("**accepted**");
  });

  test("what has expired fails again, and says so", async () => {
    const old = { ...entry, expires: "2026-06-14" };
    const report = await reportOf(fault, { baseline: accepting(old) });
    expect(report.verdict).toBe("deviates");
    expect(report.baseline).toEqual({ accepted: 0, expired: [old], gone: [], unchecked: [] });
    expect(textOf(report, colors)).toContain("expired on 2026-06-14: ");
  });

  test("what no longer occurs is named", async () => {
    const report = await reportOf(undefined, { baseline: accepting(entry) });
    expect(report.baseline).toEqual({ accepted: 0, expired: [], gone: [entry], unchecked: [] });
    expect(textOf(report, colors)).toContain("no longer there, so the entry can go: ");
  });

  test.each([
    ["another instance", { instance: "k.aws.bj" }],
    ["another check", { check: "page_size" as const }],
    ["another operation", { operation: "readNotificationHandler" }],
    ["a part of the operation", { subject: "email" }],
    ["another statement", { statement: "#/nowhere" }],
    ["a cause", { cause: "slash" }],
  ])("an entry for %s accepts nothing", async (_, other) => {
    const baseline = accepting({ ...entry, ...other });
    for (const finding of findingsOf(failing)) expect(baseline.judge(finding)).toEqual(finding);
  });

  test("an entry for a cause accepts it wherever it shows", () => {
    const [finding] = findingsOf(failing);
    if (finding === undefined) throw new Error("There is no finding.");
    const { statement: _, ...rest } = entry;
    const baseline = accepting({
      ...rest,
      check: "status_code_conformance",
      operation: "anything",
      cause: "status 201",
    });
    const shown = { ...finding, check: "status_code_conformance" as const, cause: "status 201" };
    expect(baseline.judge(shown).level).toBe("accepted");
  });

  test("what the run did not get to is neither gone nor met", async () => {
    const unwritten = { ...entry, check: "use_after_free" as const, operation: "deleteNotificationHandler" };
    const report = await reportOf(undefined, { baseline: accepting(unwritten) });
    expect(report.baseline).toMatchObject({ gone: [], unchecked: [unwritten] });
    const { report: down } = await checkedWith(outOfService, { baseline: accepting(entry) });
    expect(down).toMatchObject({ verdict: "unavailable", baseline: { gone: [], unchecked: [entry] } });
  });
});

describe("a proposed baseline", () => {
  test("is refused until a person has given reasons, and is then accepted", async () => {
    const text = proposeBaseline(join(folder, "new.yaml"), [failing], now);
    const file = write("proposed.yaml", text);
    expect(() => readBaseline(file)).toThrow(/proposed\.yaml:\d+:\d+: reason is empty: fill it in/);
    writeFileSync(file, text.replace("reason:", "reason: known").replace("decided_by:", "decided_by: Ada"));
    const { accepted } = readBaseline(file);
    expect(accepted).toEqual([{ ...entry, reason: "known", decided_by: "Ada", expires: "2026-09-13" }]);
    const report = await reportOf(fault, { baseline: new Baseline(readBaseline(file), instance, now) });
    expect(report.verdict).toBe("honoured");
  });

  test("keeps entries and comments of the file that is there, and adds nothing twice", () => {
    const before = `# ours\nversion: 1\naccepted:\n  - ${JSON.stringify(entry)} # as agreed\n`;
    const file = write("kept.yaml", before);
    const text = proposeBaseline(file, [failing], now);
    expect(text).toContain("# ours");
    expect(text).toContain("# as agreed");
    writeFileSync(file, text);
    expect(readBaseline(file).accepted).toEqual([entry]);
  });

  test("is JSON where the file's name says so", () => {
    expect(JSON.parse(proposeBaseline(join(folder, "new.json"), [failing], now))).toMatchObject({
      version: 1,
      accepted: [{ instance, reason: null }],
    });
  });

  test("has nothing of what is accepted already, or no failure", async () => {
    const report = await reportOf(fault, { baseline: accepting(entry) });
    expect(proposeBaseline(join(folder, "none.yaml"), [report], now)).toContain("accepted: []");
  });

  test.each(["accepted: {}", "[]", "a: [", "x", "accepted:\n  -\n", "accepted: [x]"])(
    "never overwrites a file that is no baseline: %j",
    (text) => {
      const file = write("other.yaml", text);
      expect(() => proposeBaseline(file, [failing], now)).toThrow(SettingsError);
      expect(readFileSync(file, "utf8")).toBe(text);
    },
  );
});

describe("a baseline that is wrong", () => {
  const good = () => `version: 1\naccepted:\n  - ${JSON.stringify(entry)}\n`;

  test.each([
    [
      () => good().replace("response_schema_conformance", "nope"),
      /:3:\d+: there is no check "nope"\. .*--list/,
    ],
    [() => good().replace("2026-06-15", "2026-02-30"), /:3:\d+: there is no day 2026-02-30/],
    [() => good().replace("2026-06-15", "15.6.2026"), /:3:\d+: expires is not in its form/],
    [() => good().replace("Ada", " "), /:3:\d+: decided_by is empty/],
    [() => good().replace("reason", "why"), /:3:\d+: there is no "why" here; there are instance, check, /],
    [() => good().replace("version: 1", "version: 2"), /:1:10: version must be 1/],
    [() => "version: 1\naccepted: [", /:\d+:\d+: this is neither YAML nor JSON/],
  ])("%#: the file, the line and what to do", (text, message) => {
    const file = write("wrong.yaml", text());
    expect(() => readBaseline(file)).toThrow(message);
    expect(() => readBaseline(file)).toThrow(SettingsError);
  });
});
