import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadDescription } from "../../src/description/index.ts";
import { plain } from "../instances.ts";
import { send } from "../mock/harness.ts";
import { type Form, type Harness, harness, multipart, readAnswer, titles } from "./harness.ts";

const list = "/notification-handlers/";
const path = "/notification-handlers";
let sandbox: Harness;
let strict: Harness;
beforeAll(async () => {
  sandbox = await harness({ instance: plain });
  strict = await harness({ instance: plain, strict: true });
});
afterAll(() => Promise.all([sandbox.close(), strict.close()]));

describe("Prefer", () => {
  const asking = (prefer: string, more: Record<string, string> = {}) =>
    sandbox.ask("GET", list, undefined, { authorization: `Bearer ${sandbox.apiKey}`, prefer, ...more });

  const keyed = (prefer: string) => ({ authorization: `Bearer ${sandbox.apiKey}`, prefer });

  test.each([
    ["code=500", 500, "code=500"],
    ["code=404, code=500", 404, "code=404"],
    ["delay=1", 200, "delay=1"],
    ["code=401; strict, delay=1", 401, "code=401, delay=1"],
    ["code=200", 200, null],
    ["example=empty", 200, "example=empty"],
    ["code=429, example=default", 400, null],
    ["dynamic=true, seed=1", 200, "dynamic=true, seed=1"],
    ["dynamic=true, code=500", 500, "code=500"],
    ["dynamic=false, seed=1", 200, null],
    ["return=minimal, wait=1", 200, null],
    ["foo=bar", 200, null],
    ["=", 200, null],
    ["", 200, null],
  ])("%j: %i, and %j was honoured", async (prefer, status, applied) => {
    const answer = await asking(prefer);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("preference-applied")).toBe(applied);
    if (status >= 400) titles(answer);
  });

  test.each([
    ["code=302", /has no answer with status "302": there are 200/],
    ["code=100", /"100"/],
    ["code=x", /"x"/],
    ["example=nope", /has no example "nope": there are /],
    ["dynamic=yes", /^Prefer dynamic must be true or false, not "yes"\.$/],
    ["delay=x", /^Prefer delay must be milliseconds from 0 to 60000, not "x"\.$/],
    ["delay=60001", /not "60001"/],
  ])("%j can't be had", async (prefer, title) => {
    const answer = await asking(prefer);
    expect(answer.status).toBe(400);
    expect(titles(answer)).toEqual([expect.stringMatching(title)]);
  });

  test("429 says how long to wait", async () => {
    const answer = await asking("code=429");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "1"]);
  });

  test("an error that is asked for needs no key, and changes nothing", async () => {
    const before = (await sandbox.list()).meta.total;
    const form = { name: "x", type: "email" };
    expect((await sandbox.ask("POST", path, form, { prefer: "code=500" })).status).toBe(500);
    expect((await sandbox.list()).meta.total).toBe(before);
  });

  test("an example or generated data is the contract's: links lead here, and nothing is stored or shown", async () => {
    const id = await sandbox.create({ name: "stored", type: "email" });
    const every = readAnswer(await fetch(sandbox.baseUrl + list, { headers: keyed("example=every_type") }));
    const { data, links } = (await every).body as { data: { type: string; name: string }[]; links: object };
    expect(data.map(({ type }) => type)).toEqual(loadDescription(plain).handlerTypes);
    expect(data.map(({ name }) => name)).not.toContain("stored");
    for (const link of Object.values(links)) if (link !== null) expect(link).toContain(sandbox.baseUrl);

    const one = await sandbox.ask("GET", `${path}/${id}`, undefined, keyed("example=telegram"));
    expect(one.body).toMatchObject({ data: { type: "telegram" } });
    const before = (await sandbox.list()).meta.total;
    const form = { name: "x", type: "email" };
    expect((await sandbox.ask("POST", path, form, keyed("dynamic=true"))).status).toBe(200);
    expect((await sandbox.list()).meta.total).toBe(before);
  });

  test("an example needs a key, and a request that the contract allows", async () => {
    const form = { name: "x", type: "nope" };
    const refused = [
      await sandbox.ask("GET", list, undefined, { prefer: "example=empty", authorization: "" }),
      await sandbox.ask("POST", path, form, keyed("dynamic=true, delay=1")),
      await sandbox.ask("GET", `${path}/x`, undefined, keyed("dynamic=true")),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 400, 404]);
    // What was not given was not honoured.
    expect(refused.map(({ headers }) => headers.get("preference-applied"))).toEqual([null, "delay=1", null]);
  });

  test("a server that closes does not wait for an answer that a client had held back", async () => {
    const closing = await harness({ instance: plain });
    const pending = closing.ask("GET", list, undefined, {
      authorization: `Bearer ${closing.apiKey}`,
      prefer: "delay=60000",
    });
    await closing.list();
    await closing.close();
    expect((await pending).status).toBe(200);
  });
});

describe("401 says which mistake it is, and repeats nothing", () => {
  test.each([
    ["no header", undefined, /^There is no API key: send the header Authorization: Bearer/],
    ["another scheme", "Basic s3cr3t", /^The Authorization header does not have the scheme Bearer: /],
    ["no scheme", "s3cr3t", /^The Authorization header does not have the scheme Bearer: /],
    [
      "a scheme that begins alike",
      "Bearers3cr3t",
      /^The Authorization header does not have the scheme Bearer: /,
    ],
    ["no key", "Bearer", /^There is no API key after Bearer/],
    ["an unknown key", "Bearer s3cr3t", /^The API key is unknown: /],
  ])("%s", async (_, authorization, title) => {
    for (const where of [list, `${sandbox.root}/_reset`]) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const answer = await sandbox.ask(where === list ? "GET" : "DELETE", where, undefined, headers);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(titles(answer)).toEqual([expect.stringMatching(title)]);
      expect(answer.text).not.toContain("s3cr3t");
    }
  });
});

describe("a strict sandbox refuses what the contract refuses", () => {
  const create = { name: "x", type: "email", email: "a@example.com" };

  test.each<[string, Form, RegExp | undefined]>([
    ["what the contract has", create, undefined],
    ["a field of another type", { ...create, slack: "x" }, /^slack belongs to type slack, not to email/],
    ["an unknown field", { ...create, nmae: "x" }, /^"nmae" is not a field here/],
    ["__proto__", [...Object.entries(create), ["__proto__", "x"]], /^"__proto__" is not a field here/],
  ])("%s in a create", async (_, form, title) => {
    const lenient = await sandbox.ask("POST", path, form);
    expect(lenient.status, lenient.text).toBe(200);
    const answer = await strict.ask("POST", path, form);
    expect(answer.status, answer.text).toBe(title === undefined ? 200 : 400);
    if (title !== undefined) expect(titles(answer)).toEqual([expect.stringMatching(title)]);
  });

  test("the same in an update, which then changes nothing", async () => {
    const id = await strict.create(create);
    const answer = await strict.update(id, { name: "changed", nmae: "x" });
    expect(answer.status).toBe(400);
    expect((await strict.read(id)).data.name).toBe("x");
    expect((await strict.update(id, { name: "changed" })).status).toBe(200);
  });

  test("a urlencoded form is refused, with strict alone", async () => {
    for (const [it, status] of [
      [sandbox, 200],
      [strict, 400],
    ] as const) {
      const headers = { authorization: `Bearer ${it.apiKey}` };
      const body = new URLSearchParams(create);
      const answer = await readAnswer(await fetch(it.baseUrl + path, { method: "POST", headers, body }));
      expect(answer.status).toBe(status);
      if (status === 400)
        expect(titles(answer)).toEqual([expect.stringContaining("must be multipart/form-data")]);
    }
  });
});

test("a file in a form is named by its field", async () => {
  const body = multipart({ name: "x", type: "email" });
  body.append("email", new Blob(["x"]), "x.txt");
  const headers = { authorization: `Bearer ${sandbox.apiKey}` };
  const answer = await readAnswer(await fetch(sandbox.baseUrl + path, { method: "POST", headers, body }));
  expect(answer.status).toBe(400);
  expect(titles(answer)).toEqual(['Field "email" is a file, but this form takes text fields only.']);
});

test.each([
  [
    "no /sandbox",
    () => new URL(path, sandbox.root).href,
    /^There is nothing at \/notification-handlers: the page at \/ shows what there is\.$/,
  ],
  ["no /api", () => sandbox.root + path, `: the API is at /sandbox/${plain}/api.`],
  ["a path of no operation", () => sandbox.baseUrl + path.slice(0, -1), `: there are ${list}, ${path}, `],
  [
    "another instance",
    () => sandbox.baseUrl.replace(plain, "nope.example") + path,
    /^There is no sandbox at \S+: there is (\S+), at \/sandbox\/\1\/api\.$/,
  ],
])("a wrong path can be told from the 404 by a browser: %s", async (_, url, sentence) => {
  const origin = "https://app.example";
  const asked = {
    origin,
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization",
  };
  const preflight = await fetch(url(), { method: "OPTIONS", headers: asked });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-methods")).toBe("POST");
  const answer = await fetch(url(), { method: "POST", headers: { origin } });
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([404, origin]);
  const [title] = titles(await readAnswer(answer));
  if (typeof sentence === "string") expect(title).toContain(sentence);
  else expect(title).toMatch(sentence);
});

test("a foreign host is refused; one that was let in is served", async () => {
  const open = await harness({ instance: plain, allowHosts: ["devbox"] });
  const port = Number(new URL(open.baseUrl).port);
  const statusFor = async (host: string) =>
    (
      await send(
        open.baseUrl,
        `GET /sandbox/${plain}/_health HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`,
      )
    ).status;
  expect([await statusFor("devbox"), await statusFor("localhost"), await statusFor("evil.example")]).toEqual([
    200, 200, 403,
  ]);
  await open.close();
});
