import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  bundlesFolder,
  contractOf,
  type Description,
  describeBundles,
  instanceEntry,
  type Registry,
  readRegistry,
} from "../../src/description/index.ts";
import { listen } from "../../src/http/index.ts";
import { mockPath } from "../../src/mock/index.ts";
import { basePath, createSandbox } from "../../src/sandbox/index.ts";
import { createServer, type Server } from "../../src/server/index.ts";
import { watchBundles } from "../../src/watch/bundles.ts";
import type { Contracts, OnContracts, Watcher } from "../../src/watch/contracts.ts";
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
    serve: (description) => server.serve(description),
    remove: (name) => server.remove(name),
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
  await expect.poll(mocked).toContain('"name":"Changed name"');
  expect(said.at(-1)).toMatch(new RegExp(`^Served anew: ${plain.replaceAll(".", "\\.")} \\(\\d+ ms\\)\\.$`));
  expect(await get(`${basePath(plain)}/notification-handlers/`)).toContain('"name":"Kept"');
});

test("a broken bundle is told with its line, and the last good one is served on", async () => {
  const count = said.length;
  const lines = before.split("\n");
  lines[9] = "  broken: [";
  await writeFile(bundle, lines.join("\n"));
  await expect.poll(() => said.length).toBeGreaterThan(count);
  expect(said.at(-1)).toMatch(
    /can't be used: .* at line 1\d, column \d+.*Each instance is still served from its last good contract\.$/,
  );
  expect(await mocked()).toContain('"name":"Changed name"');
  expect(await refused(mockPath(plain))).toContain('"status":400');
  expect(await refused(basePath(plain))).toContain('"status":400');
});

describe("a contract that only one of mock and sandbox can serve is served by neither", () => {
  test.each([
    ["mock", { document: {} }, "Unsupported document format"],
    ["sandbox", { operations: [] }, "The description has no operation to list."],
  ])("a %s can't be made of it", async (_what, part, because) => {
    const [good] = describeBundles(readRegistry(), new Map([[plain, before]]));
    await expect(server.serve({ ...(good as Description), ...part })).rejects.toThrow(because);
    expect(await mocked()).toContain('"name":"Changed name"');
    expect(await get(`${basePath(plain)}/notification-handlers/`)).toContain('"name":"Kept"');
  });
});

test("of a mistake that was undone it is told that the contract is right again", async () => {
  const told: string[] = [];
  let take: OnContracts = () => undefined;
  watchContract({
    names: [plain],
    serve: async () => {
      throw new Error("Nothing has changed.");
    },
    remove: () => undefined,
    say: (line) => told.push(line),
    source: (given) => {
      take = given;
      return { close: () => undefined };
    },
  });
  const nothing: Contracts = { registry: readRegistry(), bundles: new Map(), seen: performance.now() };
  // So it is when an instance leaves that was not served.
  take(nothing);
  take("The contract has a problem.");
  take(nothing);
  await expect.poll(() => told).toHaveLength(2);
  expect(told).toEqual([
    "The contract has a problem. Each instance is still served from its last good contract.",
    "The contract is right again, and is what is served.",
  ]);
});

describe("an instance that joins or leaves the register", () => {
  const registry = readRegistry();
  const { [plain]: _, ...others } = registry.instances;
  const without: Registry = { ...registry, instances: others };
  const joining = "joining.example";
  const joined: Registry = {
    ...registry,
    instances: { ...registry.instances, [joining]: instanceEntry(plain) },
  };
  const { document } = contractOf(plain);
  const change = (changed: Registry, ...names: string[]): Contracts => ({
    registry: changed,
    bundles: new Map(names.map((name) => [name, document])),
    seen: performance.now(),
  });

  /** A server, and what its watcher is told. */
  async function watched(isOpen: boolean) {
    const told: string[] = [];
    let take: OnContracts = () => undefined;
    const own = await createSandbox({ instances: [plain], apiKeys: ["a-key"], seed: 3 });
    const { app, serve, remove } = await createServer({ instances: [plain], sandbox: own });
    app.addHook("onClose", () => own.close());
    onTestFinished(() => app.close());
    watchContract({
      names: [plain],
      isOpen,
      serve,
      remove,
      say: (line) => told.push(line.replace(/\d+ ms/, "1 ms")),
      source(given) {
        take = given;
        return { close: () => undefined };
      },
    });
    const answer = async (path: string) => {
      const { statusCode, body } = await app.inject({ url: path, headers });
      return `${statusCode} ${body}`;
    };
    return {
      told,
      answer,
      list: (base: string) => answer(`${base}/notification-handlers/`),
      async change(contracts: Contracts) {
        const before = told.length;
        take(contracts);
        await expect.poll(() => told.length).toBeGreaterThan(before);
      },
    };
  }

  test("one that leaves gets 404, and its handlers come back with it", async () => {
    const { told, answer, list, ...server } = await watched(false);
    await server.change(change(without));
    expect(told).toEqual([`No longer registered: ${plain}. Requests get 404.`]);
    for (const base of [mockPath(plain), basePath(plain)])
      expect(await list(base)).toMatch(/^404 .*There is no/);
    expect(await answer("/")).not.toContain(mockPath(plain));
    expect(await answer(`/_page/instances/${plain}`)).toMatch(/^404 /);

    await server.change(change(registry, plain));
    expect(told.at(-1)).toBe(`Newly served: ${plain} (1 ms). The docs follow at the next start.`);
    expect(await list(basePath(plain))).toMatch(/^200 .*"total":3/);
    expect(await answer("/")).toContain(mockPath(plain));
  });

  test("one that joins is served where all are, and nowhere else", async () => {
    const { told, answer, list, ...server } = await watched(true);
    await server.change(change(joined, joining));
    expect(told).toEqual([`Newly served: ${joining} (1 ms). The docs follow at the next start.`]);
    for (const base of [mockPath(joining), basePath(joining)]) expect(await list(base)).toMatch(/^200 /);
    expect(await answer("/")).toContain(mockPath(joining));

    const named = await watched(false);
    await named.change(change(joined, joining, plain));
    expect(named.told).toEqual([`Served anew: ${plain} (1 ms).`]);
    expect(await named.list(mockPath(joining))).toMatch(/^404 /);
  });
});
