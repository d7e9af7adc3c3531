import { describe, expect, test } from "vitest";
import { instanceNames, loadDescription } from "../../src/description/index.ts";
import { plain } from "../instances.ts";
import { ask, expectHonoured, form, key, serveMocks, titlesOf } from "./harness.ts";

const mocks = serveMocks();

describe.each(instanceNames)("%s", (instance) => {
  test("every status of every operation can be asked for, errors without a key too", async () => {
    for (const { id, method, path, responses } of loadDescription(instance).operations) {
      for (const described of responses.keys()) {
        // What is said of all other statuses is said of an error.
        const status = described === "default" ? "503" : described;
        const url = mocks.baseUrl(instance) + path.replace(/\{[^}]*\}/, "1");
        const asked = { prefer: `code=${status}` };
        const body = id.startsWith("update") ? form({ name: "x" }) : form({ name: "x", type: "email" });
        const good = { method, headers: { ...key, ...asked }, ...(method === "POST" ? { body } : {}) };
        const requests = Number(status) < 400 ? [good] : [good, { method, headers: asked }];
        for (const request of requests) {
          const answer = await ask(url, request);
          expect(answer.status, `${id} ${status}`).toBe(Number(status));
          expectHonoured(instance, id, answer);
        }
      }
    }
  });

  test("every example of a handler can be asked for, in the header and in the query", async () => {
    for (const type of loadDescription(instance).handlerTypes) {
      const url = `${mocks.baseUrl(instance)}/notification-handlers/1`;
      const byHeader = await ask(url, { headers: { ...key, prefer: `example=${type}` } });
      const byQuery = await ask(`${url}?__example=${type}`, { headers: key });
      expect(byHeader.status).toBe(200);
      expect(byHeader.body).toMatchObject({ data: { type } });
      expect(byQuery.body).toEqual(byHeader.body);
    }
  });
});

const get = "/notification-handlers/1";

describe("forms of the header", () => {
  test.each([
    ["code=404", 404],
    ["CODE=404", 404],
    ['code="404"', 404],
    ["code = 404", 404],
    ["code=404;strict", 404],
    ["code=404, code=500", 404],
    ["return=representation, code=429", 429],
    ["respond-async, wait=10", 200],
    ["", 200],
    ["dynamic=false", 200],
    ["dynamic=true, code=404", 404],
    ["seed=1", 200],
    ["delay=1", 200],
    ["delay=0, code=404", 404],
    // What nobody knows is ignored (RFC 7240, section 2).
    ["exmaple=email", 200],
    ["foo; bar=1, code=404", 404],
    ["=", 200],
    ["=, code=404", 404],
    [`example="a`, 200],
    [`"x"y, code=404`, 404],
    ["code=404, ,=", 404],
  ])("%j is answered with %d", async (prefer, status) => {
    const answer = await ask(mocks.baseUrl(plain) + get, { headers: { ...key, prefer } });
    expect(answer.status).toBe(status);
    expectHonoured(plain, "getNotificationHandler", answer);
  });

  test("the header goes before the query", async () => {
    const url = `${mocks.baseUrl(plain)}${get}?__code=500`;
    expect((await ask(url, { headers: key })).status).toBe(500);
    expect((await ask(url, { headers: { ...key, prefer: "code=404" } })).status).toBe(404);
  });

  test("the forms in the query are not named as undocumented", async () => {
    const before = mocks.log.length;
    await ask(`${mocks.baseUrl(plain)}${get}?__dynamic=true&__seed=1&__example=email&__code=200`, {
      headers: key,
    });
    expect(mocks.log.slice(before).filter(({ level }) => level >= 40)).toEqual([]);
  });

  test('the example "empty" is a list without handlers', async () => {
    const url = `${mocks.baseUrl(plain)}/notification-handlers/`;
    const answer = await ask(url, { headers: { ...key, prefer: "example=empty" } });
    expect(answer.body).toMatchObject({ data: [] });
  });
});

test.each([
  ["code=429", "code=429"],
  ["example=telegram, dynamic=false", "example=telegram, dynamic=false"],
  ['seed="two words", delay=1, foo=bar', 'seed="two words", delay=1'],
  ["foo=bar", null],
])("%j: the answer says that %j was honoured", async (prefer, applied) => {
  const answer = await ask(mocks.baseUrl(plain) + get, { headers: { ...key, prefer } });
  expect(answer.headers.get("preference-applied")).toBe(applied);
});

test("429 says how long to wait, in browsers too", async () => {
  const headers = { ...key, prefer: "code=429", origin: "https://app.example" };
  const answer = await ask(mocks.baseUrl(plain) + get, { headers });
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "1"]);
  expect(answer.headers.get("access-control-expose-headers")?.toLowerCase().split(", ")).toContain(
    "retry-after",
  );
});

describe("what can't be had is refused, with what there is", () => {
  test.each([
    ["code=999", /"999": there are 200, 401, 404, 429, 500/],
    ["code=302", /"302": there are 200, .*, any other error, from 400 to 599\.$/],
    ["code=100", /"100": there are 200/],
    ["code=abc", /"abc": there are 200/],
    ["code", /"": there are 200/],
    ["example=nope", /has no example "nope": there are email, webhook/],
    ["example=__proto__", /no example "__proto__"/],
    ["code=404, example=email", /The answer 404 .* there are no_such_resource/],
    ["dynamic=maybe", /true or false, not "maybe"/],
    ["delay=soon", /^Prefer delay must be milliseconds from 0 to 60000, not "soon"\.$/],
    ["delay=-1", /not "-1"/],
    ["delay=60001", /not "60001"/],
    ["delay", /not empty/],
  ])("%j", async (prefer, title) => {
    const answer = await ask(mocks.baseUrl(plain) + get, { headers: { ...key, prefer } });
    expect(answer.status).toBe(400);
    expect(titlesOf(answer)).toEqual([expect.stringMatching(title)]);
  });

  test("an example of an answer that has none", async () => {
    const headers = { ...key, prefer: "example=email" };
    const answer = await ask(mocks.baseUrl(plain) + get, { method: "DELETE", headers });
    expect(titlesOf(answer)).toEqual([expect.stringMatching(/it has none/)]);
  });

  test("the header and the contract agree on the examples", () => {
    const [content] =
      loadDescription(plain).operation("getNotificationHandler").responses.get("200")?.contents ?? [];
    expect(content?.exampleKeys).toEqual(loadDescription(plain).handlerTypes);
  });
});
