import { describe, expect, test } from "vitest";
import { createClient, NotificationHandlersError } from "../../src/client/index.ts";

const page = (data: unknown[], next: string | null, number = 1) =>
  Response.json({
    data,
    meta: { page: number, results_per_page: 1000, total: 3, total_pages: 2 },
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
    ["a timeout that is no number", { timeout: Number.NaN }, "timeout must be a number above 0"],
    ["a timeout of nothing", { timeout: 0 }, "timeout must be a number above 0"],
    ["a negative deadline", { deadline: -1 }, "deadline must be a number above 0"],
    ["a bound of nothing", { maxResponseSize: 0 }, "maxResponseSize must be a number above 0"],
    [
      "a misspelt option",
      { tiemout: 5 },
      "unknown option tiemout; there are instance, baseUrl, apiKey, fetch, headers, maxResponseSize, timeout, deadline, retry",
    ],
    [
      "a misspelt rule of retries",
      { retry: { limt: 5 } },
      "unknown option limt; there are limit, statuses, baseDelay, maxDelay, maxRetryAfter",
    ],
  ])("%s, when the client is created", (_, options, message) => {
    expect(() => clientOf([], options)).toThrow(
      expect.objectContaining({ code: "invalid_argument", message }),
    );
  });

  test.each([
    ["a signal that is none", { signal: 5 }, "signal must be an AbortSignal"],
    [
      "a misspelt option of a call",
      { singal: AbortSignal.abort() },
      "unknown option singal; there are signal, timeout, deadline, retry",
    ],
  ])("%s", async (_, options, message) => {
    const { client, asked } = clientOf([() => page([], null)]);
    const error = await client.get(1, options as never).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotificationHandlersError);
    expect(error).toMatchObject({ code: "invalid_argument", message });
    expect(asked()).toBe(0);
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
