import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Workbench, type WorkbenchBehaviour, workbench } from "../../src/devkit/index.ts";
import { type StartedMock, startMock } from "../../src/mock/index.ts";
import { type RunningSandboxes, serveSandboxes } from "../../src/sandbox/index.ts";

const instance = "bitpeak.ru";
const keys = ["a-key-of-a-test", "a-key-of-another"] as const;
const list = "/notification-handlers/";

let sandboxes: RunningSandboxes;
let mock: StartedMock;
/** Where each server has the instance. */
let baseUrls: Record<"sandbox" | "mock", string>;

beforeAll(async () => {
  sandboxes = await serveSandboxes({
    instances: [instance],
    apiKeys: keys,
    seed: 3,
    rateLimit: 10_000,
    allowFaults: true,
    latency: 1,
  });
  mock = await startMock({ instance });
  baseUrls = { sandbox: sandboxes.baseUrls.get(instance) ?? "", mock: mock.baseUrl };
});
afterAll(() => Promise.all([sandboxes.close(), mock.close()]));

describe.each(["sandbox", "mock"] as const)("of a %s", (server) => {
  let bench: Workbench;
  let other: Workbench;
  beforeAll(() => {
    const [one, another] = keys.map((apiKey) => workbench({ baseUrl: baseUrls[server], apiKey }));
    [bench, other] = [one as Workbench, another as Workbench];
  });
  afterEach(() => bench.behaviour.clear());

  const call = (path: string, headers: Record<string, string> = {}, key: string = keys[0]) =>
    fetch(baseUrls[server] + path, { headers: { authorization: `Bearer ${key}`, ...headers } });
  const statuses = async (...calls: (() => Promise<Response>)[]) => {
    const found: number[] = [];
    for (const each of calls) found.push((await each()).status);
    return found;
  };

  test("a status holds for the operation and the key, in both forms of the list, until it is cleared", async () => {
    await bench.behaviour.set({ list: { status: 500 } });
    const both = [() => call(list), () => call(list.slice(0, -1))];
    expect(await statuses(...both, () => call("/notification-handlers/1"))).toEqual([500, 500, 200]);
    expect(await statuses(() => call(list, {}, keys[1]))).toEqual([200]);
    expect((await other.behaviour.get()).behaviour).toEqual({});
    expect((await bench.behaviour.get()).behaviour).toEqual({ list: { status: 500 } });
    await bench.behaviour.clear();
    expect(await statuses(...both)).toEqual([200, 200]);
  });

  test("one for so many requests is used up by them, and the others stay", async () => {
    await bench.behaviour.set({ list: { status: 429, times: 2 }, read: { status: 404 } });
    const first = await call(list);
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "1"]);
    expect((await bench.behaviour.get()).behaviour).toEqual({
      list: { status: 429, times: 1 },
      read: { status: 404 },
    });
    expect(
      await statuses(
        () => call(list),
        () => call(list),
        () => call("/notification-handlers/1"),
      ),
    ).toEqual([429, 200, 404]);
    expect((await bench.behaviour.get()).behaviour).toEqual({ read: { status: 404 } });
  });

  test("a latency holds an answer back", async () => {
    await bench.behaviour.set({ list: { latency: 50 } });
    const since = await bench.mark();
    await call(list);
    const [request] = await bench.requests({ since });
    expect(request).toMatchObject({ status: 200, behaviour: { latency: 50 } });
    expect(request?.milliseconds).toBeGreaterThanOrEqual(49);
  });

  test("what a request asks for goes before, and one without a trace is not touched", async () => {
    await bench.behaviour.set({ list: { status: 500 } });
    expect(
      await statuses(
        () => call(list, { prefer: "code=429" }),
        () => call(list, { workbench: "quiet" }),
        () => call(list),
      ),
    ).toEqual([429, 200, 500]);
  });

  test("reset clears it", async () => {
    await bench.behaviour.set({ list: { status: 500 } });
    await bench.reset();
    expect((await bench.behaviour.get()).behaviour).toEqual({});
  });

  test("it says what there is to switch to", async () => {
    const { choices } = await bench.behaviour.get();
    expect(Object.keys(choices).sort()).toEqual(["create", "delete", "list", "read", "update"]);
    for (const { statuses, faults } of Object.values(choices)) {
      expect(statuses).toContain(500);
      expect(faults.length > 0).toBe(server === "sandbox");
    }
  });

  test.each<[string, unknown, RegExp]>([
    [
      "an unknown operation",
      { lst: { status: 500 } },
      /^lst is not known to the contract here: there are list, read, /,
    ],
    [
      "an unknown switch",
      { list: { state: 500 } },
      /^list\.state is not known to the contract here: there are status, /,
    ],
    ["nothing switched", { list: {} }, /^list must have at least 1 of status, /],
    ["a success", { list: { status: 200 } }, /^list\.status must be >= 400/],
    ["a status that the operation lacks", { list: { status: 599.5 } }, /^list\.status must be an integer/],
    [
      "an unknown fault",
      { list: { fault: "list-fals" } },
      /^list\.fault "list-fals" can.t be switched on here: /,
    ],
    ["a latency above a minute", { read: { latency: 60_001 } }, /^read\.latency must be <= 60000/],
    ["no times", { read: { status: 500, times: 0 } }, /^read\.times must be >= 1/],
    ["a list", [], /^The body must be an object/],
    ["no JSON", undefined, /^The body is not JSON/],
  ])("%s is refused, and leaves what is on", async (_, body, title) => {
    await bench.behaviour.set({ read: { status: 500 } });
    const answer = await fetch(baseUrls[server].replace(/api$/, "_behaviour"), {
      method: "PUT",
      headers: { authorization: `Bearer ${keys[0]}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { errors } = (await answer.json()) as { errors: { title: string }[] };
    expect([answer.status, errors[0]?.title]).toEqual([400, expect.stringMatching(title)]);
    expect((await bench.behaviour.get()).behaviour).toEqual({ read: { status: 500 } });
  });
});

describe("of a sandbox", () => {
  const bench = () => workbench({ baseUrl: baseUrls.sandbox, apiKey: keys[0] });

  test("a fault is as its header would have it", async () => {
    await bench().reset();
    expect(await bench().seed({ count: 3 })).toBe(3);
    await bench().behaviour.set({ list: { fault: "list-id-as-text", times: 1 } });
    const ids = async () => {
      const answer = await fetch(baseUrls.sandbox + list, {
        headers: { authorization: `Bearer ${keys[0]}` },
      });
      return ((await answer.json()) as { data: { id: unknown }[] }).data.map(({ id }) => typeof id);
    };
    expect(await ids()).toEqual(["string", "string", "string"]);
    expect(await ids()).toEqual(["number", "number", "number"]);
  });

  test("the fault that a request asks for goes before one that is switched on", async () => {
    await bench().behaviour.set({ list: { fault: "list-status-206" } });
    const status = async (headers: Record<string, string>) =>
      (
        await fetch(baseUrls.sandbox + list, {
          headers: { authorization: `Bearer ${keys[0]}`, ...headers },
        })
      ).status;
    expect(await status({ "sandbox-fault": "list-id-as-text" })).toBe(200);
    expect(await status({})).toBe(206);
    await bench().behaviour.clear();
  });

  test("no fault opens what belongs to other keys, or to none", async () => {
    const { choices } = await bench().behaviour.get();
    const names = Object.values(choices).flatMap(({ faults }) => faults.map(({ name }) => name));
    expect(names.filter((name) => /^foreign-|without-key$|(key|scheme)-accepted$/.test(name))).toEqual([]);
    for (const [kind, fault] of [
      ["read", "foreign-handler-readable"],
      ["list", "list-without-key"],
      ["delete", "wrong-key-accepted"],
    ]) {
      const behaviour = { [String(kind)]: { fault } } as WorkbenchBehaviour;
      await expect(bench().behaviour.set(behaviour)).rejects.toMatchObject({ status: 400 });
    }
  });

  test("it does not count requests to the workbench", async () => {
    const running = await serveSandboxes({ instances: [instance], apiKeys: [keys[0]], rateLimit: 1 });
    const baseUrl = running.baseUrls.get(instance) ?? "";
    const own = workbench({ baseUrl, apiKey: keys[0] });
    for (let times = 0; times < 5; times += 1) await own.reset();
    expect((await fetch(baseUrl + list, { headers: { authorization: `Bearer ${keys[0]}` } })).status).toBe(
      200,
    );
    await running.close();
  });
});

test("a mock has no data", async () => {
  const bench = workbench({ baseUrl: baseUrls.mock, apiKey: "any" });
  for (const asked of [bench.snapshot.list(), bench.snapshot.save("x"), bench.seed({ count: 1 })])
    await expect(asked).rejects.toThrow(/^A mock remembers nothing/);
  const answer = await fetch(baseUrls.mock.replace(/api$/, "_snapshot"), {
    headers: { authorization: "Bearer any" },
  });
  expect([answer.status, await answer.json()]).toEqual([
    404,
    {
      errors: [
        {
          title: `There is nothing at /mock/${instance}/_snapshot: a mock remembers nothing, the instance's sandbox does.`,
          status: 404,
        },
      ],
    },
  ]);
});

test.each(["", "nix", "http://127.0.0.1:4010", "http://127.0.0.1:4010/sandbox/bitpeak.ru"])(
  "the helper refuses %s as a base URL",
  (baseUrl) => {
    expect(() => workbench({ baseUrl, apiKey: "any" })).toThrow(/^baseUrl must be/);
  },
);

test("the helper says that nobody answers, and repeats no key", async () => {
  const bench = workbench({ baseUrl: "http://127.0.0.1:9/mock/x/api", apiKey: "s3cr3t" });
  const error = await bench.requests().catch((caught: Error) => caught);
  expect(error).toMatchObject({ status: 0, message: "The workbench at http://127.0.0.1:9 does not answer." });
  expect(String(error)).not.toContain("s3cr3t");
});
