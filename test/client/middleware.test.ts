import type { Middleware } from "openapi-fetch";
import createFetchClient from "openapi-fetch";
import { describe, expect, test } from "vitest";
import type { paths } from "../../generated/family/schema.js";
import { base, page, script, scripted } from "./script.ts";

/** Middleware that writes down what runs. */
const noted = (seen: string[], name: string, does: Partial<Middleware> = {}): Middleware => ({
  onRequest: (given) => {
    seen.push(`${name} request ${given.request.headers.get("x-by") ?? "-"}`);
    return does.onRequest?.(given);
  },
  onResponse: (given) => {
    seen.push(`${name} response ${given.response.status}`);
    return does.onResponse?.(given);
  },
  onError: (given) => {
    seen.push(`${name} error ${(given.error as Error).message}`);
    return does.onError?.(given);
  },
});

const cases: Record<string, [Middleware["onRequest"], Middleware["onResponse"], Middleware["onError"]]> = {
  "that only looks": [undefined, undefined, undefined],
  "that changes the request": [
    ({ request }) => new Request(request, { headers: { "x-by": "b" } }),
    undefined,
    undefined,
  ],
  "that answers itself": [() => page([9]), undefined, undefined],
  "that changes the answer": [undefined, () => page([8]), undefined],
  "that answers for an error": [undefined, undefined, () => page([7])],
  "that changes the error": [undefined, undefined, () => new Error("another")],
};

describe.each(Object.entries(cases))("middleware %s", (_, [onRequest, onResponse, onError]) => {
  const does = Object.fromEntries(
    Object.entries({ onRequest, onResponse, onError }).filter(([, value]) => value),
  );

  test.each([
    ["a success", () => page([1])],
    ["an error status", () => new Response("{}", { status: 500 })],
    ["a failure", () => new Error("down")],
  ])("runs as openapi-fetch runs it, after %s", async (_, answer) => {
    const outcomes = [];
    const own = scripted([answer()]).client.http;
    const { fetch } = script(answer());
    for (const http of [own, createFetchClient<paths>({ baseUrl: base, fetch })]) {
      const seen: string[] = [];
      const gone = noted(seen, "gone");
      http.use(noted(seen, "a"), noted(seen, "b", does), gone);
      http.eject(gone);
      const middleware = [noted(seen, "c")];
      const end = await http.GET("/notification-handlers/", { middleware }).then(
        ({ data, error, response }) => ({ data, error, status: response.status }),
        () => "failed",
      );
      outcomes.push({ seen, end });
    }
    expect(outcomes[0]).toEqual(outcomes[1]);
  });
});

test.each([
  ["a header of a call", { headers: { "x-a": "2", "x-b": "3" } }],
  ["a header that is taken away", { headers: { "x-a": null } }],
  ["a header of the parameters", { params: { header: { "x-a": "4" } } }],
  ["a query", { params: { query: { page: 2, results_per_page: 10 } } }],
  ["a serializer of queries", { params: { query: { page: 2 } }, querySerializer: () => "?all" }],
  ["a serializer of paths that is not needed", { pathSerializer: (path: string) => `${path}x` }],
  ["a serializer of paths", { params: { path: { x: 1 } }, pathSerializer: (path: string) => `${path}x` }],
  ["a text", { parseAs: "text" }],
  ["bytes", { parseAs: "arrayBuffer" }],
])("http asks with %s as openapi-fetch does", async (_, init) => {
  const asked = [];
  for (const name of ["own", "bare"]) {
    const scripts = script(page([1]));
    const headers = { "x-a": "1" };
    const http =
      name === "own"
        ? scripted([], { fetch: scripts.fetch, headers }).client.http
        : createFetchClient<paths>({ baseUrl: base, fetch: scripts.fetch, headers });
    const { data } = await http.GET("/notification-handlers/", init as never);
    const [{ url, method, headers: sent } = { url: "", method: "", headers: new Headers() }] = scripts.asked;
    const names = ["x-a", "x-b"].map((name) => sent.get(name));
    asked.push({ url, method, names, data });
  }
  expect(asked[0]).toEqual(asked[1]);
});
