import { expect, test } from "vitest";
import type { ListParameters } from "../../src/client/index.ts";
import { type Answer, base, json, key, page, rejection, scripted } from "./script.ts";

const next = (n: number) => `${base}/notification-handlers?page=${n}`;

async function all(answers: Answer[], parameters?: ListParameters) {
  const { client, asked } = scripted(answers);
  const ids: number[] = [];
  for await (const handler of client.listAll(parameters)) ids.push(handler.id);
  return { ids, queries: asked.map(({ url }) => url.slice(url.indexOf("?"))) };
}

test.each([
  ["one page", [page([1, 2])], undefined, [1, 2], ["?results_per_page=1000&page=1"]],
  ["no handlers", [page([])], undefined, [], ["?results_per_page=1000&page=1"]],
  [
    "three pages",
    [page([1, 2], { next: next(2) }), page([3, 4], { page: 2, next: next(3) }), page([5], { page: 3 })],
    { results_per_page: 10, is_enabled: true },
    [1, 2, 3, 4, 5],
    [
      "?results_per_page=10&is_enabled=1&page=1",
      "?results_per_page=10&is_enabled=1&page=2",
      "?results_per_page=10&is_enabled=1&page=3",
    ],
  ],
  [
    "from a page on",
    [page([3], { page: 2, next: next(3) }), page([5], { page: 3 })],
    { page: 2 },
    [3, 5],
    ["?page=2&results_per_page=1000", "?page=3&results_per_page=1000"],
  ],
  [
    "pages whose size is given as undefined",
    [page([1])],
    { results_per_page: undefined },
    [1],
    ["?results_per_page=1000&page=1"],
  ],
  [
    "a page that says the same again, whatever is asked for",
    [page([1, 2], { next: next(2) }), page([1, 2], { next: next(2) })],
    undefined,
    [1, 2],
    ["?results_per_page=1000&page=1", "?results_per_page=1000&page=2"],
  ],
  [
    "a last page that comes again, with a next that never ends",
    [
      page([1], { next: next(2) }),
      page([2], { page: 2, next: next(3) }),
      page([2], { page: 2, next: next(3) }),
    ],
    undefined,
    [1, 2],
    ["?results_per_page=1000&page=1", "?results_per_page=1000&page=2", "?results_per_page=1000&page=3"],
  ],
  [
    "an empty page with a next",
    [page([1], { next: next(2) }), page([], { page: 2, next: next(3) })],
    undefined,
    [1],
    ["?results_per_page=1000&page=1", "?results_per_page=1000&page=2"],
  ],
  [
    "a page that comes again under the number that was asked for",
    [page([1, 2], { next: next(2) }), page([1, 2], { page: 2, next: next(3) })],
    undefined,
    [1, 2],
    ["?results_per_page=1000&page=1", "?results_per_page=1000&page=2"],
  ],
  [
    "a page of handlers without an id that comes again, with nothing to tell that it did",
    [0, 1].map(() => json({ data: [{}], meta: {}, links: { next: next(2) } })),
    undefined,
    [undefined],
    ["?results_per_page=1000&page=1", "?results_per_page=1000&page=2"],
  ],
  [
    "a next of a host's other protocol, as behind a proxy that ends TLS",
    [page([1], { next: next(2).replace("https", "http") }), page([2], { page: 2 })],
    undefined,
    [1, 2],
    ["?results_per_page=1000&page=1", "?results_per_page=1000&page=2"],
  ],
] as [string, Answer[], ListParameters | undefined, unknown[], string[]][])(
  "%s",
  async (_, answers, parameters, ids, queries) => {
    const got = await all(answers, parameters);
    expect(got.ids).toEqual(ids);
    const sorted = (query: string) => [...new URLSearchParams(query)].sort().join("&");
    expect(got.queries.map(sorted)).toEqual(queries.map(sorted));
  },
);

test("nothing is fetched before it is needed, nor after the loop is left", async () => {
  const { client, asked } = scripted([
    page([1, 2], { next: next(2) }),
    page([3, 4], { page: 2, next: next(3) }),
  ]);
  const handlers = client.listAll();
  expect(asked).toHaveLength(0);
  for await (const { id } of handlers) {
    expect(asked).toHaveLength(id < 3 ? 1 : 2);
    if (id === 3) break;
  }
  expect(asked).toHaveLength(2);
});

test.each([
  ["a next on another host", `https://evil.example/api/notification-handlers?page=2&key=${key}`],
  ["a next that is no text", { toString: 1 }],
])("%s is refused, after the handlers that came with it, and not repeated", async (_, link) => {
  const { client, asked } = scripted([page([1], { next: link as string })]);
  const handlers = client.listAll();
  expect(await handlers.next()).toMatchObject({ value: { id: 1 } });
  const error = await rejection(handlers.next());
  expect(error).toMatchObject({ code: "redirect", message: "refused to follow links.next" });
  expect(asked).toHaveLength(1);
});

test("a failing page fails the loop", async () => {
  const { client } = scripted([page([1], { next: next(2) }), new Response("<html>")]);
  const handlers = client.listAll();
  await handlers.next();
  expect(await rejection(handlers.next())).toMatchObject({ code: "html" });
});

test.each([
  ["the last page that meta counts", 2, [1, 2]],
  ["a page that is after the last from the beginning", 1, [1]],
])("a next after %s ends the loop, and says why", async (_, total_pages, ids) => {
  const endless = Array.from({ length: 9 }, (_, n) =>
    page([n + 1], { page: n + 1, next: next(n + 2), total_pages }),
  );
  const { client, asked } = scripted(endless);
  const got: number[] = [];
  const run = (async () => {
    for await (const { id } of client.listAll()) got.push(id);
  })();
  expect(await rejection(run)).toMatchObject({
    code: "unexpected_shape",
    message: `listAll ends after page ${total_pages}: links.next names another, but meta.total_pages is ${total_pages}`,
  });
  expect(got).toEqual(ids);
  expect(asked).toHaveLength(total_pages);
});

test("a list that grows while it is read is read to its new end", async () => {
  const { client } = scripted([
    page([1], { next: next(2), total_pages: 2 }),
    page([2], { page: 2, next: next(3), total_pages: 3 }),
    page([3], { page: 3 }),
  ]);
  const got: number[] = [];
  for await (const { id } of client.listAll()) got.push(id);
  expect(got).toEqual([1, 2, 3]);
});

test("a handler that is nested without end has no shape of the contract", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const answer = new Response(`{"data":[${deep}],"meta":{"page":1,"total_pages":1},"links":{}}`);
  expect(await rejection(scripted([answer]).client.listAll().next())).toMatchObject({
    name: "NotificationHandlersError",
    code: "unexpected_shape",
  });
});

test.each([0, -1, 1.5, Number.NaN, "2", null])(
  "the page %j is refused before anything is sent",
  async (page) => {
    const { client, asked } = scripted([]);
    const refused = {
      code: "invalid_argument",
      message: `page must be an integer from 1, not ${typeof page} ${page}`,
    };
    expect(await rejection(client.list({ page: page as number }))).toMatchObject(refused);
    expect(await rejection(client.listAll({ page: page as number }).next())).toMatchObject(refused);
    expect(asked).toEqual([]);
  },
);
