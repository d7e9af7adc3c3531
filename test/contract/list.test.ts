import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkContract, listChecks, listText } from "../../src/contract/index.ts";
import { type RunningSandboxes, serveSandboxes } from "../../src/sandbox/index.ts";

// The instance with the most types and with filters, so that every check applies.
const instance = "k.aws.bj";
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

test.each(listChecks(instance))(
  "$name makes a run send $requests requests at most, as listed",
  async ({ name, write, requests }) => {
    const { exchanges } = await checkContract({
      instance,
      baseUrl: sandboxes.baseUrls.get(instance),
      keys: { valid, other },
      only: [name],
      write,
      journalFolder,
    });
    expect(exchanges.length).toBeGreaterThan(0);
    expect(exchanges.length).toBeLessThanOrEqual(requests);
  },
);

test("the list says that the numbers are bounds, of requests that checks share", () => {
  const text = listText(instance);
  expect(text).toMatch(/\n\nChecks share their requests: a run sends 15 at most, with --write 90\.\n$/);
  for (const { name, requests } of listChecks(instance))
    expect(text).toMatch(new RegExp(`^${name}\\b[\\s\\S]*?; ${requests} requests? at most$`, "m"));
});
