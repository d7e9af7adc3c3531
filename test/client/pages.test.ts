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
