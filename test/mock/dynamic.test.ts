import { describe, expect, test } from "vitest";
import { descriptionNames } from "../../src/description/index.ts";
import { filtered, plain } from "../instances.ts";
import { timesOf } from "../scope.ts";
import { ask, expectHonoured, form, key, serveMocks } from "./harness.ts";

const mocks = serveMocks({ dynamic: true, seed: "a" });
const seeds = Array.from(
  { length: timesOf("MOCK_SEEDS", { usual: 6, all: 100 }) },
  (_, index) => `seed-${index}`,
);

describe.each(descriptionNames)("generated data of %s", (instance) => {
  const calls = [
    { id: "listNotificationHandlers", path: "/notification-handlers/", method: "GET" },
    { id: "getNotificationHandler", path: "/notification-handlers/1", method: "GET" },
    { id: "createNotificationHandler", path: "/notification-handlers", method: "POST" },
    { id: "deleteNotificationHandler", path: "/notification-handlers/1", method: "DELETE" },
  ];
  test.each(calls)("$id honours the contract, whatever the seed", async ({ id, path, method }) => {
    for (const seed of seeds) {
      const answer = await ask(mocks.baseUrl(instance) + path, {
        method,
        headers: { ...key, prefer: `seed=${seed}` },
        ...(method === "POST" ? { body: form({ name: "x", type: "email" }) } : {}),
      });
      expect(answer.status).toBe(200);
      expectHonoured(instance, id, answer);
    }
  });

  test("is something to work with: real datetimes, links that can be followed, short lists, no made-up properties", async () => {
    for (const seed of seeds) {
      const url = `${mocks.baseUrl(instance)}/notification-handlers/`;
      const answer = await ask(url, { headers: { ...key, prefer: `seed=${seed}` } });
      const { data, links } = answer.body as {
        data: Record<string, unknown>[];
        links: Record<string, string | null>;
      };
      expect(data.length).toBeGreaterThanOrEqual(1);
      expect(data.length).toBeLessThanOrEqual(5);
      for (const item of data) {
        expect(Object.keys(item).sort()).toEqual(
          ["datetime", "id", "is_enabled", "last_datetime", "name", "settings", "type"].sort(),
        );
        expect(new Date(`${item.datetime}Z`).toISOString()).toContain(String(item.datetime).slice(0, 10));
      }
      for (const link of Object.values(links)) {
        if (link !== null)
          expect(link.startsWith(`${mocks.baseUrl(instance)}/notification-handlers?`)).toBe(true);
      }
    }
  });
});

test("the same seed gives the same answers, another seed others", async () => {
  const url = `${mocks.baseUrl(filtered)}/notification-handlers/`;
  const bodies = async (seed: string) =>
    (await ask(url, { headers: { ...key, prefer: `seed=${seed}` } })).text;
  expect(await bodies("x")).toBe(await bodies("x"));
  expect(await bodies("x")).not.toBe(await bodies("y"));
  expect((await ask(url, { headers: key })).text).toBe(await bodies("a"));
});

test("a client may ask for examples all the same", async () => {
  const url = `${mocks.baseUrl(filtered)}/notification-handlers/1`;
  const fixed = await ask(url, { headers: { ...key, prefer: "dynamic=false" } });
  expect(fixed.body).toMatchObject({ data: { id: 1, name: "Work email" } });
  const example = await ask(url, { headers: { ...key, prefer: "dynamic=true, example=telegram" } });
  expect(example.body).toMatchObject({ data: { type: "telegram", name: "Operations chat" } });
});

describe("a seed where examples are the rule", () => {
  const byExample = serveMocks({ seed: "a" });
  const path = "/notification-handlers/1";
  const text = async (served: typeof mocks, prefer?: string) =>
    (
      await ask(served.baseUrl(plain) + path, {
        headers: { ...key, ...(prefer !== undefined && { prefer }) },
      })
    ).text;

  test("is the seed of what a client asks to be generated", async () => {
    expect(await text(byExample, "dynamic=true")).toBe(await text(mocks));
    expect(await text(byExample, "dynamic=true, seed=b")).toBe(await text(mocks, "seed=b"));
  });

  test("changes no example", async () => {
    expect(await text(byExample)).toContain("Work email");
  });
});
