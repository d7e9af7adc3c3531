import { expect, test } from "vitest";
import { filtered } from "../instances.ts";
import { ask, key, serveMocks, titlesOf } from "./harness.ts";

const mocks = serveMocks();
const origin = "https://app.example";

test("a preflight is answered without a key", async () => {
  const answer = await ask(`${mocks.baseUrl(filtered)}/notification-handlers/1`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "DELETE",
      "access-control-request-headers": "authorization, prefer",
    },
  });
  expect(answer.status).toBe(204);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "DELETE",
    "access-control-allow-headers": "authorization, prefer",
    "access-control-allow-credentials": "true",
  });
});

test.each([
  ["an answer", "/notification-handlers/", { ...key }, 200],
  ["a refusal", "/notification-handlers/", {}, 401],
  ["an unknown path", "/nope", { ...key }, 404],
  ["a path that is no path", "/%ZZ", { ...key }, 404],
])("%s can be read from any origin", async (_, path, headers, status) => {
  const answer = await ask(mocks.baseUrl(filtered) + path, { headers: { ...headers, origin } });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
  expect(answer.headers.get("vary")).toBe("origin");
});

test.each([
  ["no /mock", "/notification-handlers", "nothing at /notification-handlers."],
  ["no /api", `/mock/${filtered}/notification-handlers`, `: the API is at /mock/${filtered}/api.`],
  ["a path of no operation", `/mock/${filtered}/api/handlers`, ": there are /notification-handlers/, /"],
  ["another instance", "/mock/nope.example/api/notification-handlers", ", each at /mock/<name>/api."],
  ["a path that is no path", "/%ZZ", "not percent-encoded"],
])("a wrong path can be told from the 404: %s", async (_, path, sentence) => {
  const preflight = await ask(mocks.origin + path, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization",
    },
  });
  expect(preflight.status).toBe(204);
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "POST",
    "access-control-allow-headers": "authorization",
  });
  const answer = await ask(mocks.origin + path, { method: "POST", headers: { ...key, origin } });
  expect(answer.status).toBe(404);
  expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
  expect(titlesOf(answer)).toEqual([expect.stringContaining(sentence)]);
});

test("headers can be read where credentials are sent, too: each is named", async () => {
  const answer = await ask(`${mocks.baseUrl(filtered)}/notification-handlers/1`, {
    headers: { ...key, origin },
  });
  const names = answer.headers.get("access-control-expose-headers");
  expect(names).not.toContain("*");
  for (const name of ["Allow", "Retry-After", "WWW-Authenticate", "Preference-Applied"])
    expect(names).toContain(name);
});

test("OPTIONS that is no preflight names the methods", async () => {
  const answer = await ask(`${mocks.baseUrl(filtered)}/notification-handlers`, { method: "OPTIONS" });
  expect(answer.status).toBe(204);
  expect(answer.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
});
