import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkContract, RunStopped, sweepInstance } from "../../src/contract/index.ts";
import { accountOf } from "../../src/contract/journal/index.ts";
import { type RunningSandboxes, serveSandboxes } from "../../src/sandbox/index.ts";

const instance = "bitpeak.ru";
let sandbox: RunningSandboxes;
let baseUrl: string;
let root: string;

beforeAll(async () => {
  sandbox = await serveSandboxes({ instances: [instance] });
  baseUrl = sandbox.baseUrls.get(instance) ?? "";
  root = await mkdtemp(join(tmpdir(), "contract-journal-"));
});

afterAll(async () => {
  await sandbox.close();
  await rm(root, { recursive: true, force: true });
});

const run = "mabcdefg-0123abcd";
const keys = () => ({ valid: sandbox.apiKeys[0] ?? "" });

function header(fields: object = {}): string {
  const account = accountOf(baseUrl, keys().valid);
  return JSON.stringify({ run, instance, baseUrl, account, process: 2 ** 22 + 1, ...fields });
}

describe("what is damaged in a journal is named and passed over", () => {
  test.each([
    [
      "an event without its fields",
      () => [header(), '{"event":"own"}'],
      [/Line 2 of the journal .* is damaged/],
    ],
    ["an id that is none", () => [header(), '{"event":"own","id":"1","name":"x"}'], [/Line 2 /]],
    [
      "an event that there is not",
      () => [header(), '{"event":"x"}', "null", "[]"],
      [/Line 2 /, /Line 3 /, /Line 4 /],
    ],
    ["a line that was cut off", () => [header(), '{"event":"end"}', '{"event":"in'], [/Line 3 /]],
    ["a first line that is no header", () => ["{}"], [/Line 1 .*the file was passed over/]],
    ["a header without its process", () => [header({ process: undefined })], [/Line 1 /]],
    ["a header with another run's name", () => [header({ run: 1 })], [/Line 1 /]],
    ["nothing", () => [""], [/Line 1 /]],
    ["a good journal", () => [header(), '{"event":"end"}', ""], []],
  ] as const)("%s", async (_, lines, says) => {
    const folder = await mkdtemp(join(root, "j"));
    await writeFile(join(folder, `${run}.jsonl`), lines().join("\n"));
    const options = { instance, baseUrl, keys: keys(), journalFolder: folder };
    const { damage } = await sweepInstance(options);
    expect(damage.length).toBe(says.length);
    for (const [index, sentence] of damage.entries()) expect(sentence).toMatch(says[index] as RegExp);
  });

  test("a run tells of it, too, and goes on", async () => {
    const folder = await mkdtemp(join(root, "j"));
    await writeFile(join(folder, `${run}.jsonl`), `${header()}\n{"event":"own"}\n`);
    const only = ["created_as_sent"];
    const { report } = await checkContract({
      instance,
      baseUrl,
      keys: keys(),
      write: true,
      only,
      journalFolder: folder,
    });
    expect(report.hollow).toContainEqual(expect.stringMatching(/Line 2 of the journal/));
    expect(report.verdict).toBe("honoured");
    expect(await readdir(folder)).toEqual([]);
  });

  test("what can't be read at all is named", async () => {
    const folder = await mkdtemp(join(root, "j"));
    await mkdir(join(folder, `${run}.jsonl`));
    const { damage } = await sweepInstance({ instance, baseUrl, keys: keys(), journalFolder: folder });
    expect(damage).toEqual([expect.stringMatching(/can't be read, and was passed over/)]);
  });
});

test.each([
  ["a folder that can't be made", async () => "/proc/nope/deep"],
  [
    "a file in its place",
    async () => {
      const file = join(root, "a-file");
      await writeFile(file, "");
      return join(file, "folder");
    },
  ],
])("without a journal nothing is written: %s", async (_, folder) => {
  const journalFolder = await folder();
  const run = checkContract({ instance, baseUrl, keys: keys(), write: true, journalFolder });
  await expect(run).rejects.toThrow(RunStopped);
  await expect(run).rejects.toThrow(/journal .* can't be written/);
});
