import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { environmentOf, membersOf, sandboxesOf, variablesOf } from "../../src/cli/contract/members.ts";
import {
  type Options,
  parseParallel,
  parseRateOption,
  parseSeconds,
  parseShardOption,
  parseUrl,
  refuseContradictions,
  UsageError,
} from "../../src/cli/contract/options.ts";
import { Outputs } from "../../src/cli/contract/output.ts";
import { showTrials } from "../../src/cli/contract/try-faults.ts";
import { failingWithoutFault, instancesWith } from "../../src/contract-lab/try-faults.ts";
import { instanceNames, loadDescription } from "../../src/description/index.ts";
import { listFaults } from "../../src/sandbox/index.ts";

const given = (options: Partial<Options>): Options => ({ parallel: 1, ...options });
let folder: string;
let keysFile: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "contract-options-"));
  keysFile = join(folder, "keys.env");
  writeFileSync(
    keysFile,
    "NOTIFICATION_HANDLERS_API_KEY_BITPEAK_RU=one\nNOTIFICATION_HANDLERS_OTHER_API_KEY_BITPEAK_RU=two\n",
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("what can't be asked for at once", () => {
  test.each<[Partial<Options>, string[], RegExp]>([
    [{ sandbox: true, sweep: true }, [], /^--sandbox and --sweep exclude each other\.$/],
    [{ sandbox: true, baseUrl: "http://127.0.0.1:1" }, [], /^--sandbox and --base-url exclude/],
    [{ sandbox: true, all: true }, [], /^--sandbox and --all exclude/],
    [{ tryFaults: true, sweep: true }, [], /^--try-faults and --sweep exclude/],
    [{ tryFaults: true, compare: "report.json" }, [], /^--try-faults and --compare exclude/],
    [{ list: true, tryFaults: true }, [], /^--list and --try-faults exclude/],
    [{ listFaults: true, fault: "x" }, [], /^--list-faults and --fault exclude/],
    [{ sweep: true, only: ["page_size"] }, [], /^--sweep and --only exclude/],
    [{ sweep: true, json: "x" }, [], /^--sweep and --json exclude/],
    [{ sweep: true, writeBaseline: "x" }, [], /^--sweep and --write-baseline exclude/],
    [{ config: "x", all: true }, [], /^--config and --all exclude/],
    [{ config: "x", baseUrl: "http://127.0.0.1:1" }, [], /^--config and --base-url exclude/],
    [{ dryRun: true, sweep: true }, [], /^--dry-run and --sweep exclude/],
    [{ dryRun: true, html: "x" }, [], /^--dry-run and --html exclude/],
    [{ dryRun: true, statements: true }, [], /^--dry-run and --statements exclude/],
    [{ fault: "x" }, [], /^--fault needs --sandbox/],
    [{ young: true }, [], /^--young needs --sweep/],
    [{ all: true }, ["tistos.com"], /^--all checks every instance/],
  ])("%j", (options, names, message) => {
    expect(() => refuseContradictions(given(options), names)).toThrow(message);
    expect(() => refuseContradictions(given(options), names)).toThrow(UsageError);
  });
});

test.each([
  [parseUrl, ["ftp://x", "http://u@h", "http://:p@h", "http://h?x", "http://h?", "http://h#x", "h"]],
  [parseRateOption, ["fast", "0/s", "1/d", "-1/s"]],
  [parseSeconds, ["0", "-1", "601", "x"]],
  [parseShardOption, ["3/2", "1", "0/1"]],
  [parseParallel, ["0", "1.5", "x", "1001"]],
] as const)("%o refuses what it can't read", (parse, texts) => {
  for (const text of texts) expect(() => parse(text)).toThrow(InvalidArgumentError);
});

describe("who is checked", () => {
  test("--all: who has a key; the others are named", () => {
    const { members, passedOver } = membersOf(given({ all: true, keysFile }), []);
    expect(members.map((it) => [it.name, it.keys, it.interval, it.write])).toEqual([
      ["bitpeak.ru", { valid: "one", other: "two" }, 2_000, false],
    ]);
    expect(passedOver).toEqual(instanceNames.filter((it) => it !== "bitpeak.ru"));
  });

  test("several by name: each with its own key or with the reason why there is none", () => {
    const { members } = membersOf(given({ keysFile, write: true, rate: 5 }), ["bitpeak.ru", "k.aws.bj"]);
    expect(members.map((it) => [it.keys, it.interval, it.write])).toEqual([
      [{ valid: "one", other: "two" }, 5, true],
      [{ missing: "There is no API key: set NOTIFICATION_HANDLERS_API_KEY_K_AWS_BJ." }, 5, true],
    ]);
  });

  test("a shard of them, and all shards together are all", () => {
    const shards = [1, 2, 3].map((index) => sandboxesOf(given({ shard: { index, count: 3 } }), []).members);
    expect(
      shards
        .flat()
        .map((it) => it.name)
        .sort(),
    ).toEqual([...instanceNames].sort());
  });

  test("--keys names the variables of a shard, too", () => {
    const all = variablesOf(given({}), []) as { variable: string; otherVariable: string }[];
    expect(all).toHaveLength(instanceNames.length);
    const shard = variablesOf(given({ shard: { index: 1, count: 2 } }), []);
    expect(shard.length).toBeLessThan(all.length);
    for (const it of all)
      expect(it.otherVariable).toMatch(/^NOTIFICATION_HANDLERS_OTHER_API_KEY_[A-Z0-9_]+$/);
  });

  test("of a list only those that are named", () => {
    const config = join(folder, "fleet.json");
    const instances = ["a", "b"].map((name) => ({ name, instance: "tistos.com" }));
    writeFileSync(config, JSON.stringify({ version: 1, instances }));
    expect(membersOf(given({ config }), ["b"]).members.map((it) => it.name)).toEqual(["b"]);
    expect(() => membersOf(given({ config }), ["c"])).toThrow(/has no instance "c"/);
  });

  test.each<[Partial<Options>, string[], RegExp]>([
    [{}, [], /^Name an instance: /],
    [{}, ["nope"], /^Unknown instance "nope"/],
    [{}, ["tistos.com"], /^There is no API key for tistos\.com/],
    [
      { all: true },
      [],
      /^--all checks every instance whose key is set, but no key is set\. .*set NOTIFICATION_/,
    ],
    [{ all: true, keysFile: "/nonexistent" }, [], /^\/nonexistent can't be read/],
    [{ baseUrl: "http://127.0.0.1:1" }, ["tistos.com", "k.aws.bj"], /^--base-url needs exactly one instance/],
    [{ baseline: "/nonexistent" }, ["tistos.com"], /^\/nonexistent can't be read/],
    [{ config: "/nonexistent" }, [], /^\/nonexistent can't be read/],
  ])("%j %j is refused", (options, names, message) => {
    expect(() => membersOf(given(options), names)).toThrow(message);
  });

  test("a key that no header can carry is refused and not shown", () => {
    const file = join(folder, "broken.env");
    writeFileSync(file, 'NOTIFICATION_HANDLERS_API_KEY_TISTOS_COM="secret\n"');
    expect(() => membersOf(given({ keysFile: file }), ["tistos.com"])).toThrow(/a line end/);
    expect(() => membersOf(given({ keysFile: file }), ["tistos.com"])).not.toThrow("secret");
  });

  test("variables of the environment win over those of the file", () => {
    expect(environmentOf(given({ keysFile })).NOTIFICATION_HANDLERS_API_KEY_BITPEAK_RU).toBe("one");
    expect(environmentOf(given({ keysFile })).PATH).toBe(process.env.PATH);
  });
});

test.each([
  [{ json: "/nonexistent/x" }, /can't be written/],
  [{ html: "/tmp" }, /can't be written/],
  [{ har: "" }, /^The name of a file to write is empty/],
  [{ metrics: "/nonexistent/x" }, /can't be written/],
  [{ writeBaseline: "package.json" }, /^package\.json has no list "accepted"/],
  [{ compare: "package.json" }, /^package\.json has no version, so it is not from --json/],
])("%j is refused before a run whose results would be lost", (options, message) => {
  expect(() => new Outputs(given(options))).toThrow(message);
});

test("the weekly workflow asks for nothing unknown", () => {
  const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const asked = read(".github/workflows/contract.yml").split("npm run -s contract -- ").slice(1);
  const flags = new Set(asked.flatMap((it) => it.split("env:", 1)[0]?.match(/--[a-z-]+\b/g) ?? []));
  expect([...flags]).toEqual(
    expect.arrayContaining(["--sweep", "--shard", "--all", "--config", "--compare", "--issues"]),
  );
  const program = read("src/cli/contract.ts");
  for (const flag of flags) expect(program).toContain(`"${flag}`);
});

test("files of an empty shard are written, too", async () => {
  const json = join(folder, "empty.json");
  const html = join(folder, "empty.html");
  await new Outputs(given({ json, html })).save([], 0);
  expect(JSON.parse(readFileSync(json, "utf8"))).toEqual({ version: 1, runs: [] });
  expect(readFileSync(html, "utf8")).toContain("0 instances");
});

test.each([
  ["nope", [], /^Unknown fault "nope": the nearest/],
  ["read-other-idd", [], /read-other-id/],
  ["other-filters-ignored", ["tistos.com"], /that tistos\.com lacks/],
])("--try-faults --fault %s %j is refused before anything is tried", async (fault, instances, message) => {
  await expect(showTrials(instances, fault)).rejects.toThrow(message);
});

/** Faults of what an entry can express and no registered instance has. */
const idle = listFaults().filter((fault) => instancesWith(fault).length === 0);

test.skipIf(idle.length === 0)(
  "a fault of what every instance lacks is refused, and it is said",
  async () => {
    await expect(showTrials([], idle[0]?.name)).rejects.toThrow(
      /is about something that every instance lacks/,
    );
  },
);

test("a check that fails without a fault is told of, before any fault is held to be caught by it", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const before = process.exitCode;
  try {
    await showTrials(["tistos.com"], "read-other-id", async () => ["page_size of listNotificationHandlers"]);
    expect(log.mock.calls).toEqual([
      [
        "tistos.com: page_size of listNotificationHandlers fails without a fault, too. Mend that first: npm run contract -- --sandbox tistos.com",
      ],
    ]);
    expect(process.exitCode).toBe(1);
  } finally {
    log.mockRestore();
    process.exitCode = before;
  }
});

test("the checks of a sandbox without a fault all hold", async () => {
  expect(await failingWithoutFault(loadDescription("tistos.com"))).toEqual([]);
});
