import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { showDryRun } from "../../src/cli/contract/dry-run.ts";
import { membersOf } from "../../src/cli/contract/members.ts";
import type { Options } from "../../src/cli/contract/options.ts";
import type { Member } from "../../src/contract/index.ts";
import { dryRun } from "../../src/contract-lab/dry-run.ts";
import { checkSandbox, impatient } from "../../src/contract-lab/sandboxes.ts";
import { instanceNames } from "../../src/description/index.ts";
import { plain } from "../instances.ts";

/** Nothing in the test may reach for the network. */
const connect = vi.spyOn(Socket.prototype, "connect");
const fetched = vi.spyOn(globalThis, "fetch");
const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, "log").mockImplementation((line) => said.push(String(line)));
});
afterEach(() => vi.clearAllMocks());

const memberOf = (change: Partial<Member> = {}): Member => ({
  name: plain,
  instance: plain,
  baseUrl: `https://${plain}/api`,
  keys: { missing: "There is no key." },
  write: false,
  interval: 2_000,
  timeout: 10_000,
  ...change,
});
const given = (options: Partial<Options>): Options => ({ parallel: 1, dryRun: true, ...options });

test("a run that reads is planned without a key, and nothing is sent", async () => {
  const plan = await dryRun(memberOf());
  expect(plan).toMatchObject({ name: plain, baseUrl: `https://${plain}/api`, write: false });
  expect(new Set(plan.requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
  expect(plan.requests.length).toBeLessThanOrEqual(plan.most);
  // Nothing waits before the first.
  expect(plan.seconds).toBe(2 * (plan.requests.length - 1));
  const withoutKey = plan.requests.filter(({ key }) => key !== "valid");
  expect(new Set(withoutKey.map(({ key }) => key))).toEqual(new Set(["none", "wrong"]));
  for (const { effect } of withoutKey) expect(effect).toBe("must be refused");
  for (const way of [connect, fetched]) expect(way).not.toHaveBeenCalled();
});

test("a run that writes is planned to its end: each created handler is deleted, and no other is touched", async () => {
  const { requests, most } = await dryRun(memberOf({ write: true }));
  for (const way of [connect, fetched]) expect(way).not.toHaveBeenCalled();
  expect(requests.length).toBeLessThanOrEqual(most);
  const pathsOf = (effect: string) =>
    requests.filter((it) => it.effect === effect).map(({ path }) => path.split("/").at(-1));
  const created = requests.flatMap(({ effect }, index) =>
    effect === "creates" ? [`<id of ${index + 1}>`] : [],
  );
  expect(created.length).toBeGreaterThan(5);
  expect(pathsOf("deletes").sort()).toEqual([...created].sort());
  for (const path of pathsOf("changes")) expect(created).toContain(path);
  expect(requests.find(({ effect }) => effect === "creates")?.form).toContainEqual(["type", "email"]);
});

test("a run sends what was planned, in this order, also with a second account", async () => {
  const { requests } = await dryRun(memberOf({ write: true, keys: { valid: "one", other: "two" } }));
  const { exchanges } = await checkSandbox({ instance: plain, clock: impatient });
  expect(requests.map(({ method, purpose }) => [method, purpose])).toEqual(
    exchanges.map(({ method, call }) => [method, call.purpose]),
  );
});

test("--all plans every registered instance, in one line or two; --json has every request", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dry-run-"));
  const json = join(folder, "plan.json");
  try {
    const options = given({ all: true, only: ["ignored_auth"], json });
    await showDryRun(membersOf(options, []), options);
    for (const name of instanceNames)
      expect(said.join("\n")).toMatch(new RegExp(`^${name} at https.*: \\d+ requests, \\d+ at most`, "m"));
    expect(said.at(-1)).toMatch(/^Nothing was sent\./);
    const { version, plans } = JSON.parse(readFileSync(json, "utf8"));
    expect(version).toBe(1);
    expect(plans.map(({ name }: { name: string }) => name)).toEqual(instanceNames);
    expect(plans[0].requests[0]).toMatchObject({ method: "GET", effect: "reads", key: "valid" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("one instance is printed with its requests; an empty shard says so", async () => {
  const options = given({ only: ["ignored_auth"] });
  await showDryRun(membersOf(options, [plain]), options);
  expect(said[0]).toMatch(/\n {2}reads only\.\n\n {3}method {2}path +does +why\n1 {2}GET /);
  await showDryRun({ members: [], passedOver: [] }, options);
  expect(said.at(-1)).toBe("This shard has no instance.");
});
