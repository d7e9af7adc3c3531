import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkContract, checks, listChecks, listText } from "../../src/contract/index.ts";
import { mostRequests } from "../../src/contract/plan/requests.ts";
import { repeatsAtMost } from "../../src/contract/wire/budget.ts";
import { instanceNames, loadDescription, modelOf } from "../../src/description/index.ts";
import { type RunningSandboxes, serveSandboxes } from "../../src/sandbox/index.ts";

/** The one that most checks apply to, so that all do that can. */
const description = instanceNames
  .map(loadDescription)
  .reduce((one, other) => (listChecks(other).length > listChecks(one).length ? other : one));
const instance = description.name;
const [valid, other] = ["the-account-that-is-checked", "the-other-account"];
const journalFolder = mkdtempSync(join(tmpdir(), "journal-"));
let sandboxes: RunningSandboxes;
beforeAll(async () => {
  sandboxes = await serveSandboxes({ instances: [instance], apiKeys: [valid, other], seed: 15 });
});
afterAll(async () => {
  await sandboxes.close();
  rmSync(journalFolder, { recursive: true, force: true });
});

test.each(listChecks(description))(
  "$name makes a run send $requests requests at most, as listed",
  async ({ name, write, requests }) => {
    const { exchanges, report } = await checkContract({
      instance,
      baseUrl: sandboxes.baseUrls.get(instance),
      keys: { valid, other },
      only: [name],
      write,
      journalFolder,
    });
    expect(exchanges.length).toBeGreaterThan(0);
    expect(exchanges.length).toBeLessThanOrEqual(requests);
    expect(report.reason).toBeUndefined();
  },
);

test.each(listChecks(description).filter((it) => !it.write && it.name.endsWith("_conformance")))(
  "$name alone, which only reads, is made to its end in a run that may write",
  async ({ name }) => {
    const baseUrl = sandboxes.baseUrls.get(instance);
    const options = { instance, baseUrl, keys: { valid, other }, only: [name], write: true, journalFolder };
    const { report } = await checkContract(options);
    expect(report.reason).toBeUndefined();
    expect(report.verdict).toBe("honoured");
  },
);

test("the list says that the numbers are bounds, of requests that checks share", () => {
  const text = listText(instance);
  const [readOnly, write] = [false, true].map((it) => mostRequests(modelOf(description), checks, it));
  expect(text).toMatch(
    new RegExp(
      `\\n\\nChecks share their requests: a run sends ${readOnly} at most, with --write ${write}, and up to ${repeatsAtMost} more where [^\\n]+\\.\\n$`,
    ),
  );
  for (const { name, requests } of listChecks(description))
    expect(text).toMatch(new RegExp(`^${name}\\b[\\s\\S]*?; ${requests} requests? at most$`, "m"));
});
