import { describe, expect, test } from "vitest";
import { checkMember, exitCode, type HostPace, type Member, runFleet } from "../../../src/contract/index.ts";
import { serveSandboxes } from "../../../src/sandbox/index.ts";
import { instance, keyRefused, outOfService } from "../reports.ts";

const member = (name: string, more: Partial<Member> = {}): Member => ({
  name,
  instance,
  baseUrl: `http://${name}/api`,
  keys: { valid: "some-key" },
  write: false,
  interval: 0,
  timeout: 60_000,
  ...more,
});

const idle = () => new AbortController().signal;
const options = { parallel: 4, signal: idle() };

describe("a fleet", () => {
  test("has no more hosts at work than it may, and gives results in the order of its members", async () => {
    let [running, most] = [0, 0];
    const members = Array.from({ length: 12 }, (_, index) => member(`h${index}.test`));
    const results = await runFleet(members, {
      ...options,
      work: async ({ name }) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return name;
      },
    });
    expect(most).toBe(4);
    expect([...results.values()]).toEqual(members.map((it) => it.name));
  });

  test("asks one host for one member after the other, never faster than its pace", async () => {
    let time = 1_000_000;
    const clock = {
      now: () => time,
      sleep: async (milliseconds: number) => {
        time += milliseconds;
      },
    };
    const sent: number[] = [];
    const fetch = async () => {
      sent.push(time);
      return keyRefused();
    };
    const shared = ["a.test:1", "a.test:2", "a.test:3"].map((it, index) =>
      member(it, { interval: 100 * index }),
    );
    let running = 0;
    await runFleet(shared, {
      ...options,
      work: async (it, turn: HostPace) => {
        expect(++running).toBe(1);
        const checked = await checkMember(it, turn, { clock, fetch });
        running--;
        return checked;
      },
    });
    expect(sent.length).toBeGreaterThanOrEqual(shared.length);
    const gaps = sent.slice(1).map((it, index) => it - (sent[index] ?? 0));
    expect(Math.min(...gaps)).toBe(200);
  });

  test("begins nothing more once it is stopped", async () => {
    const controller = new AbortController();
    const begun: string[] = [];
    const results = await runFleet([member("a.test"), member("b.test")], {
      parallel: 1,
      signal: controller.signal,
      work: async ({ name }) => {
        begun.push(name);
        controller.abort();
        return name;
      },
    });
    expect(begun).toEqual(["a.test"]);
    expect(results.size).toBe(1);
  });
});

describe("one member's run", () => {
  const turn: HostPace = { interval: 0, schedule: { next: 0 } };
  const clock = { now: () => Date.now(), sleep: async () => {} };

  test.each([
    [
      "that is out of service",
      member("a.test"),
      { fetch: async () => outOfService() },
      "unavailable",
      /out of service/i,
    ],
    [
      "whose key is refused",
      member("a.test"),
      { fetch: async () => keyRefused() },
      "not set up",
      /401|refuse/,
    ],
    [
      "without a key",
      member("a.test", { keys: { missing: "There is no API key: set X." } }),
      {},
      "not set up",
      /set X/,
    ],
    [
      "of an instance that nobody knows",
      member("a.test", { instance: "nope" }),
      {},
      "not set up",
      /broke off.*nope/,
    ],
  ] as const)("%s: a report, and the others go on", async (_, it, more, verdict, reason) => {
    const { report } = await checkMember(it, turn, { clock, ...more });
    expect(report).toMatchObject({ name: "a.test", verdict });
    expect(report.reason).toMatch(reason);
    expect(exitCode([report])).toBe(2);
  });

  test("on a sandbox is honoured, and keeps no traffic in its report", async () => {
    const sandbox = await serveSandboxes({ instances: [instance], apiKeys: ["some-key"], seed: 3 });
    const baseUrl = sandbox.baseUrls.get(instance) ?? "";
    const { report } = await checkMember(member("shop", { baseUrl }), turn, {});
    await sandbox.close();
    expect(report).toMatchObject({ name: "shop", instance, baseUrl, verdict: "honoured" });
    const answers = Object.values(report.answerTimes).flat();
    expect(answers).toHaveLength(report.requests);
    expect(report).not.toHaveProperty("exchanges");
    expect(report).not.toHaveProperty("certificateEnds");
  });
});
