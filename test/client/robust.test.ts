import { describe, expect, test } from "vitest";
import { createClient, NotificationHandlersError } from "../../src/client/index.ts";

const page = (data: unknown[], next: string | null, number = 1) =>
  Response.json({
    data,
    meta: { page: number, results_per_page: 1000, total: 3, total_pages: 1 },
    links: { first: "", last: "", self: "", prev: null, next },
  });

/** A client whose requests get these answers, one after the other; the last one again and again. */
function clientOf(answers: (() => Response | Promise<Response>)[], options: object = {}) {
  let asked = 0;
  const fetch = async () => (answers[Math.min(asked++, answers.length - 1)] as () => Response)();
  const client = createClient({ instance: "k.aws.bj", apiKey: "key", fetch, ...options } as {
    instance: "k.aws.bj";
    apiKey: string;
  });
  return { client, asked: () => asked };
}

describe("what plain JavaScript may hand in ends in the client's own error", () => {
  test.each([
    ["a timeout that is no number", { timeout: Number.NaN }],
    ["a timeout of nothing", { timeout: 0 }],
    ["a negative deadline", { deadline: -1 }],
  ])("%s, when the client is created", (_, options) => {
    expect(() => clientOf([], options)).toThrow(
      expect.objectContaining({ code: "invalid_argument", message: "timeout must be above 0." }),
    );
  });

  test("a signal that is none", async () => {
    const { client } = clientOf([() => page([], null)]);
    const options = { signal: 5 } as unknown as { signal: AbortSignal };
    await expect(client.get(1, options)).rejects.toBeInstanceOf(NotificationHandlersError);
  });

  test("retry rules that are undefined are the usual ones", async () => {
    const unavailable = () => new Response("", { status: 503, headers: { "Retry-After": "0" } });
    const rules = { limit: undefined, statuses: undefined, baseDelay: undefined };
    const { client, asked } = clientOf([unavailable], { retry: rules });
    await expect(client.list()).rejects.toMatchObject({ code: "http", status: 503 });
    expect(asked()).toBe(4);
  });
});

test("one odd entry of a list does not hide the others, nor the pages after it", async () => {
  const next = "https://k.aws.bj/api/notification-handlers?page=2";
  const { client } = clientOf([() => page([null, { id: 5 }], next), () => page([{ id: 6 }], null, 2)]);
  const found: unknown[] = [];
  for await (const handler of client.listAll()) found.push(handler);
  expect(found).toEqual([null, { id: 5 }, { id: 6 }]);
});

test("an error's list carries the key in none of its parts", async () => {
  const answer = () => Response.json({ errors: [{ title: "no key here", status: "key" }] }, { status: 400 });
  const { client } = clientOf([answer]);
  const error = await client.get(1).catch((thrown: unknown) => thrown);
  expect(JSON.stringify(error)).not.toContain('"key"');
});
