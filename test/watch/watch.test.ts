import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bundlesFolder, readRegistry } from "../../src/description/index.ts";
import { listen } from "../../src/http/index.ts";
import { mockPath } from "../../src/mock/index.ts";
import { basePath, createSandbox } from "../../src/sandbox/index.ts";
import { createServer, type Server } from "../../src/server/index.ts";
import { watchBundles } from "../../src/watch/bundles.ts";
import type { OnContracts, Watcher } from "../../src/watch/contracts.ts";
import { watchContract } from "../../src/watch/index.ts";
import { plain } from "../instances.ts";

/*
 * A server over bundles that change below it. That a change of the source reaches the bundles is what test/recipes.test.ts tries.
 */
const said: string[] = [];
let folder: string;
let bundle: string;
let before: string;
let server: Server;
let watcher: Watcher;
let origin: string;
const sandbox = await createSandbox({ instances: [plain], apiKeys: ["a-key"] });
const headers = { authorization: "Bearer a-key" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "watched-"));
  await cp(join(bundlesFolder, plain), join(folder, plain), { recursive: true });
  bundle = join(folder, plain, "openapi.yaml");
  before = await readFile(bundle, "utf8");
  server = await createServer({ instances: [plain], sandbox });
  origin = await listen(server.app, "127.0.0.1", 0);
  // The mock is prepared now, and must be prepared anew. The first change comes right after the watcher has begun.
  await mocked();
  watcher = watchContract({
    names: [plain],
    // Other files of this worker see the register as it is: nothing is adopted from a folder of this test's own.
    replace: (description) => server.replace(description),
    say: (line) => said.push(line),
    source: (take) => watchBundles(folder, take),
  });
});
afterAll(async () => {
  watcher.close();
  await server.app.close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});

const get = async (path: string) => (await fetch(origin + path, { headers })).text();
const mocked = () => get(`${mockPath(plain)}/notification-handlers/1`);
const refused = async (path: string) => {
  const answer = await fetch(`${origin}${path}/notification-handlers`, {
    method: "POST",
    headers,
    body: new URLSearchParams({ type: "nothing" }),
  });
  return answer.text();
};

test("a changed bundle is served by mock and sandbox; what was created stays", async () => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ type: "email", name: "Kept", email: "kept@example.com" }))
    form.append(name, value);
  const sandboxUrl = `${origin}${basePath(plain)}/notification-handlers`;
  await fetch(sandboxUrl, { method: "POST", headers, body: form });
  expect(await mocked()).toContain('"name":"Work email"');

  await writeFile(bundle, before.replaceAll("Work email", "Changed name"));
  await vi.waitFor(async () => expect(await mocked()).toContain('"name":"Changed name"'), 20_000);
  expect(said.at(-1)).toMatch(new RegExp(`^Served anew: ${plain.replaceAll(".", "\\.")} \\(\\d+ ms\\)\\.$`));
  expect(await get(`${basePath(plain)}/notification-handlers/`)).toContain('"name":"Kept"');
});

test("a broken bundle is told with its line, and the last good one is served on", async () => {
  const count = said.length;
  const lines = before.split("\n");
  lines[9] = "  broken: [";
  await writeFile(bundle, lines.join("\n"));
  await vi.waitFor(() => expect(said.length).toBeGreaterThan(count), 20_000);
  expect(said.at(-1)).toMatch(
    /can't be used: .* at line 1\d, column \d+.*The last good contract is still served\.$/,
  );
  expect(await mocked()).toContain('"name":"Changed name"');
  expect(await refused(mockPath(plain))).toContain('"status":400');
  expect(await refused(basePath(plain))).toContain('"status":400');
});

test("of a mistake that was undone it is told that the contract is right again", async () => {
  const told: string[] = [];
  let take: OnContracts = () => undefined;
  watchContract({
    names: [plain],
    replace: async () => {
      throw new Error("Nothing has changed.");
    },
    say: (line) => told.push(line),
    source: (given) => {
      take = given;
      return { close: () => undefined };
    },
  });
  take("The contract has a problem.");
  take({ registry: readRegistry(), bundles: new Map(), seen: performance.now() });
  await vi.waitFor(() => expect(told).toHaveLength(2));
  expect(told).toEqual([
    "The contract has a problem. The last good contract is still served.",
    "The contract is right again, and is what is served.",
  ]);
});
