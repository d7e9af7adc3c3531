import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pc from "picocolors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Checked,
  type CheckOptions,
  checkContract,
  exitCode,
  junitOf,
  summaryOf,
  sweepInstance,
  textOf,
} from "../../src/contract/index.ts";
import { type Front, type Habits, type PhpInstance, startPhpInstance } from "./php-instance/server.ts";

/** What comes of instances that are healthy, or not there, or not to be used: written by others than the checks. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "contract-outcomes-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const clock = { now: () => Date.now(), sleep: async () => {} };

async function check(
  habits: Habits,
  use: (checked: Checked, server: PhpInstance, options: CheckOptions) => Promise<void> | void,
  more: Partial<CheckOptions> = {},
): Promise<void> {
  const server = await startPhpInstance(habits);
  const { baseUrl, key } = server;
  const options = { instance: "bitpeak.ru", baseUrl, keys: { valid: key }, write: true, clock, ...more };
  try {
    await use(await checkContract(options), server, options);
  } finally {
    await server.close();
  }
}

const colors = pc.createColors(false);
const fronts: readonly Front[] = ["503", "502", "challenge", "maintenance", "429", "reset"];

describe.each(fronts)("%s in front of the API", (kind) => {
  test.each([true, false])("from the first request on, writes %s: unavailable after a few", async (write) => {
    await check(
      { front: { kind } },
      ({ report }, server) => {
        expect(report).toMatchObject({ verdict: "unavailable", leftovers: { handlers: [], unknown: [] } });
        expect(server.count()).toBeLessThanOrEqual(4);
        expect(exitCode([report])).toBe(2);
        expect(textOf(report, colors).split("\n")[1]).toMatch(/^Unavailable: /);
        expect(summaryOf([report])).toContain("**unavailable**");
        expect(junitOf([report])).toContain('errors="1"');
        expect(junitOf([report])).toContain('<error type="unavailable" message="unavailable: ');
      },
      { write },
    );
  });

  test("in the midst of a run: unavailable, and what was created is said, and swept when the instance is back", async () => {
    await check(
      { front: { kind, from: 40 } },
      async ({ report }, server, options) => {
        expect(report.verdict).toBe("unavailable");
        expect(exitCode([report])).toBe(2);
        expect(server.count()).toBeLessThanOrEqual(48);
        expect(report.leftovers.handlers.length).toBeGreaterThan(0);
        expect(textOf(report, colors)).toContain("--sweep when the instance is back");
        server.change({ front: { kind, from: 1, to: 1 } });
        const { left } = await sweepInstance({ ...options, young: true });
        expect(left).toEqual({ handlers: [], unknown: [] });
        expect(server.names()).toEqual(["Ops 1", "Ops 2", "Ops 3"]);
        expect(await readdir(folder)).toEqual([]);
      },
      { journalFolder: folder },
    );
  });
});

test("a port where nothing listens: unavailable, and the code is explained", async () => {
  await check({}, async (_, server, options) => {
    await server.close();
    const { report } = await checkContract(options);
    expect(report.verdict).toBe("unavailable");
    expect(report.reason).toMatch(/can't be reached \(ECONNREFUSED: nothing listens there\)\.$/);
  });
});

test.each([401, 403] as const)("a key that the API refuses with %i: not set up", async (refusesKey) => {
  await check({ refusesKey }, ({ report }) => {
    expect(report).toMatchObject({ verdict: "not set up", requests: 1 });
    expect(exitCode([report])).toBe(2);
    expect(textOf(report, colors).split("\n").slice(1, 3).join(" ")).toMatch(
      /^Not set up: .*refuses the API key/,
    );
    expect(junitOf([report])).toContain('<error type="not set up"');
  });
});

test.each([true, false])(
  "404 for every request, writes %s: not set up, and the base URL is named",
  async (write) => {
    const { report } = await checkContract({
      instance: "bitpeak.ru",
      baseUrl: "http://127.0.0.1:9/panel",
      keys: { valid: "key-1" },
      write,
      clock,
      fetch: async () => Response.json({ errors: [{ title: "Not found." }] }, { status: 404 }),
    });
    expect(report.verdict).toBe("not set up");
    expect(report.reason).toBe(
      "Every request was answered with 404: check the base URL, http://127.0.0.1:9/panel (the contract's is https://bitpeak.ru/api).",
    );
    expect(exitCode([report])).toBe(2);
    expect(textOf(report, colors).split("\n")[1]).toMatch(/^Not set up: /);
  },
);

test("404 for the list alone: a deviation", async () => {
  const { report } = await checkContract({
    instance: "bitpeak.ru",
    keys: { valid: "key-1" },
    clock,
    fetch: async (_url, init) => {
      const status = new Headers(init?.headers).has("authorization") ? 404 : 401;
      return Response.json({ errors: [{ title: "No." }] }, { status });
    },
  });
  expect(report.verdict).toBe("deviates");
});

test("a journal that can no longer be written: not set up, and nothing is left behind", async () => {
  const gone = await mkdtemp(join(tmpdir(), "contract-journal-"));
  let count = 0;
  await check(
    {},
    ({ report }, server) => {
      expect(report).toMatchObject({ verdict: "not set up", leftovers: { handlers: [], unknown: [] } });
      expect(report.reason).toMatch(/^The journal .* can't be written: /);
      expect(server.names()).toEqual(["Ops 1", "Ops 2", "Ops 3"]);
    },
    {
      journalFolder: gone,
      fetch: async (...request) => {
        if (++count === 12) await rm(gone, { recursive: true });
        return fetch(...request);
      },
    },
  );
});

test("an outage that comes after a deviation hides nothing", async () => {
  await check({ createStatus: 201, front: { kind: "503", from: 40 } }, ({ report }) => {
    expect(report.verdict).toBe("deviates");
    expect(report.reason).toMatch(/out of service \(503\)/);
    expect(exitCode([report])).toBe(1);
  });
});
