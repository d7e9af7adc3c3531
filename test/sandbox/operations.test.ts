import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  familyName,
  instanceNames,
  loadDescription,
  rolesOf,
  validateResponse,
} from "../../src/description/index.ts";
import { plain } from "../instances.ts";
import { type Form, type Harness, harness, operationOf, pairs, titles } from "./harness.ts";

const noon = Date.UTC(2026, 4, 13, 12, 0, 0);

/** Creates of types that only an open instance can have. */
const impossibleTypes: [string, Form, string][] = [
  ["an unknown type", { name: "x", type: "pigeon" }, "type"],
  ["a type that is a property of objects", { name: "x", type: "constructor" }, "type"],
];

describe.each([...instanceNames, familyName])("%s", (instance) => {
  const description = loadDescription(instance);
  const { fields, pageQuery } = rolesOf(description);
  const { listPath, parameters } = description.about;
  const sizes = (parameters.results_per_page?.values ?? []).map(Number);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  let sandbox: Harness;
  let time = noon;
  beforeAll(async () => {
    sandbox = await harness({ instance, now: () => time });
  });
  afterAll(() => sandbox.close());

  const formOf = (type: string): Record<string, string> => ({
    name: `A ${type}`,
    type,
    ...Object.fromEntries((fields.get(type) ?? []).map((field) => [field, `the ${field}`])),
  });

  test("says how it is, without a key", async () => {
    const answer = await sandbox.ask("GET", `${sandbox.root}/_health`, undefined, {});
    expect([answer.status, answer.body]).toEqual([200, { status: "ok", database: "ok", instance }]);
    const live = await sandbox.ask("GET", `${new URL(sandbox.root).origin}/_health/live`, undefined, {});
    expect([live.status, live.body]).toEqual([200, { status: "ok" }]);
  });

  test.each([...fields.keys()])("%s: created, read, listed, changed, deleted", async (type) => {
    time = noon;
    const id = await sandbox.create(formOf(type));
    const { name: _name, type: _type, ...settings } = formOf(type);
    const created = {
      id,
      type,
      name: `A ${type}`,
      settings,
      is_enabled: true,
      last_datetime: null,
      datetime: "2026-05-13 12:00:00",
    };
    const answer = await sandbox.read(id);
    expect(answer.data).toEqual(created);
    const contentType = answer.headers.get("content-type") ?? undefined;
    expect(validateResponse(operationOf(instance, "read"), 200, contentType, answer.body)).toEqual([]);

    time = noon + 90_000;
    const updated = await sandbox.update(id, { is_enabled: "0" });
    expect([updated.status, updated.body]).toEqual([200, { data: { id } }]);
    const changed = { ...created, is_enabled: false, last_datetime: "2026-05-13 12:01:30" };
    expect((await sandbox.read(id)).data).toEqual(changed);

    const listed = await sandbox.list(`?results_per_page=${largest}`);
    expect(listed.data.find((it) => it.id === id)).toEqual(changed);
    const list = operationOf(instance, "list");
    expect(validateResponse(list, 200, listed.headers.get("content-type") ?? undefined, listed.body)).toEqual(
      [],
    );

    const removed = await sandbox.remove(id);
    expect([removed.status, removed.text]).toEqual([200, ""]);
    for (const again of [
      await sandbox.read(id),
      await sandbox.update(id, { name: "x" }),
      await sandbox.remove(id),
    ]) {
      expect(again.status).toBe(404);
      titles(again);
    }
    expect((await sandbox.list(`?results_per_page=${largest}`)).data.map((it) => it.id)).not.toContain(id);
    expect(await sandbox.create(formOf(type))).toBeGreaterThan(id);
  });

  test("an update keeps what it does not name", async () => {
    const [type = "", own = []] = [...fields].find(([, names]) => names.length > 1) ?? [...fields][0] ?? [];
    const id = await sandbox.create(formOf(type));
    await sandbox.update(id, { is_enabled: "0" });
    await sandbox.update(id, { [own[0] ?? ""]: "new" });
    const { data } = await sandbox.read(id);
    expect(data).toMatchObject({ name: `A ${type}`, type, is_enabled: false });
    const { name: _name, type: _type, ...settings } = formOf(type);
    expect(data.settings).toEqual({ ...settings, [own[0] ?? ""]: "new" });
  });

  test("an update of the type replaces the settings", async () => {
    const [before = "", after = ""] = [...fields.keys()];
    const id = await sandbox.create(formOf(before));
    const [field = ""] = fields.get(after) ?? [];
    expect((await sandbox.update(id, { type: after, [field]: "new" })).status).toBe(200);
    expect((await sandbox.read(id)).data).toMatchObject({
      type: after,
      name: `A ${before}`,
      settings: { [field]: "new" },
    });
  });

  test("unknown fields and those of another type are ignored; of a repeated field the last counts", async () => {
    const [type = "", other = ""] = [...fields.keys()];
    const [field = ""] = fields.get(type) ?? [];
    const [stray = ""] = fields.get(other) ?? [];
    const form: Form = [
      ["name", "first"],
      ...pairs(formOf(type)),
      [stray, "stray"],
      ["no_such_field", "x"],
      ["__proto__", "x"],
      ["constructor", "x"],
      ["toString", "x"],
      [field, "last"],
    ];
    const id = await sandbox.create(form);
    expect((await sandbox.read(id)).data).toMatchObject({ name: `A ${type}`, settings: { [field]: "last" } });
    expect(Object.keys((await sandbox.read(id)).data.settings)).toEqual(fields.get(type));
    await sandbox.update(id, { [stray]: "stray", __proto__x: "x" });
    expect(Object.keys((await sandbox.read(id)).data.settings)).toEqual(fields.get(type));
  });

  test.each<[string, Form, string]>([
    ["no name", { type: "email" }, "name"],
    ["no type", { name: "x" }, "type"],
    ...(description.about.open ? [] : impossibleTypes),
  ])("a create with %s is refused and names the field", async (_what, form, field) => {
    const answer = await sandbox.ask("POST", "/notification-handlers", form);
    expect(answer.status).toBe(400);
    expect(titles(answer).join()).toContain(field);
  });

  test.each(["true", "false", "", "2", "1.0"])("is_enabled=%s is refused", async (text) => {
    const id = await sandbox.create(formOf("email"));
    const answer = await sandbox.update(id, { is_enabled: text, name: "must not be stored" });
    expect(answer.status).toBe(400);
    expect(titles(answer).join()).toContain("is_enabled");
    expect((await sandbox.read(id)).data).toMatchObject({ name: "A email", is_enabled: true });
  });

  test("a urlencoded form is as good; JSON, a file and no body are refused", async () => {
    const post = async (body: RequestInit["body"], type?: string) => {
      const headers = { authorization: `Bearer ${sandbox.apiKey}`, ...(type && { "content-type": type }) };
      const init = { method: "POST", headers, ...(body && { body }) };
      return (await fetch(`${sandbox.baseUrl}/notification-handlers`, init)).status;
    };
    const file = new FormData();
    for (const [name, value] of Object.entries(formOf("email"))) file.append(name, value);
    file.append("file", new Blob(["x"]), "x.txt");
    expect(await post(new URLSearchParams(formOf("email")))).toBe(200);
    expect(await post(JSON.stringify(formOf("email")), "application/json")).toBe(400);
    expect(await post(file)).toBe(400);
    expect(await post(undefined)).toBe(400);
  });

  test("links have the instance's own form and can be followed to every handler, once", async () => {
    await sandbox.ask("DELETE", `${sandbox.root}/_reset`);
    const ids: number[] = [];
    const total = 2 * smallest + 1;
    for (let index = 0; index < total; index += 1) ids.push(await sandbox.create(formOf("email")));
    const seen: number[] = [];
    let pages = 0;
    for (let next: string | null = `?results_per_page=${smallest}`; next !== null; ) {
      const page = await sandbox.list(next);
      pages += 1;
      const { self, first, last, prev } = page.links;
      expect(self).toBe(
        `${sandbox.baseUrl}/notification-handlers?results_per_page=${smallest}&page=${pages}`,
      );
      expect([first, last].map((url) => url.at(-1))).toEqual(["1", "3"]);
      expect(prev?.at(-1)).toBe(pages === 1 ? undefined : String(pages - 1));
      expect(page.meta).toEqual({ page: pages, results_per_page: smallest, total, total_pages: 3 });
      seen.push(...page.data.map((it) => it.id));
      next = page.links.next;
    }
    expect([pages, seen]).toEqual([3, ids]);
    const plain = await sandbox.list();
    expect(plain.links.self).toBe(`${sandbox.baseUrl}/notification-handlers${pageQuery}1`);
    const past = await sandbox.list("?page=9007199254740991");
    expect([past.status, past.data, past.links.next]).toEqual([200, [], null]);
  });

  test("an empty list has one page", async () => {
    await sandbox.ask("DELETE", `${sandbox.root}/_reset`);
    const empty = await sandbox.list();
    expect(empty.data).toEqual([]);
    expect(empty.meta).toEqual({
      page: 1,
      results_per_page: parameters.results_per_page?.default,
      total: 0,
      total_pages: 1,
    });
    expect([empty.links.next, empty.links.prev]).toEqual([null, null]);
  });

  test.each([
    "page=0",
    "page=-1",
    "page=x",
    "page=1e3",
    "page=1000000000000000000",
    "results_per_page=7",
    "page=",
  ])("?%s is refused and named", async (query) => {
    const answer = await sandbox.ask("GET", `${listPath}?${query}`);
    expect(answer.status).toBe(400);
    expect(titles(answer).join()).toContain(query.split("=")[0]);
  });

  test.each(["0", "-1", "1e3", "9007199254740993", "%00", "x", "1.0", "%F0%9F%92%A9", "99999999", "1%20"])(
    "id %s is not found",
    async (id) => {
      for (const method of ["GET", "DELETE"]) {
        const answer = await sandbox.ask(method, `/notification-handlers/${id}`);
        expect(answer.status).toBe(404);
        titles(answer);
      }
      expect((await sandbox.ask("POST", `/notification-handlers/${id}`, { name: "x" })).status).toBe(404);
    },
  );

  test("no key, a wrong one, or another scheme is 401 everywhere, and changes nothing", async () => {
    const id = await sandbox.create(formOf("email"));
    for (const authorization of [
      undefined,
      "Bearer wrong",
      `Basic ${sandbox.apiKey}`,
      sandbox.apiKey,
      "Bearer ",
      "Bearer",
    ]) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const calls = description.operations.map(({ method, path, body }) => ({
        method,
        path: path.replace(/\{.*\}/, String(id)),
        form: body === undefined ? undefined : formOf("email"),
      }));
      const reset = { method: "DELETE", path: `${sandbox.root}/_reset`, form: undefined };
      for (const { method, path, form } of [...calls, reset]) {
        const answer = await sandbox.ask(method, path, form, headers);
        expect(answer.status, `${method} ${path} ${authorization}`).toBe(401);
        titles(answer);
      }
    }
    expect((await sandbox.read(id)).data.name).toBe("A email");
    const lower = await sandbox.ask("GET", "/notification-handlers", undefined, {
      authorization: `bearer ${sandbox.apiKey}`,
    });
    expect(lower.status).toBe(200);
  });

  test.each(["HEAD", "OPTIONS", "PUT", "PATCH"])("%s is not allowed, with what is", async (method) => {
    const methods = new Map<string, string[]>();
    for (const operation of description.operations)
      methods.set(operation.path, [...(methods.get(operation.path) ?? []), operation.method]);
    for (const [template, allowed] of methods) {
      const [path, allow] = [template.replace(/\{.*\}/, "1"), allowed.join(", ")];
      const answer = await sandbox.ask(method, path);
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, allow]);
      if (method !== "HEAD") titles(answer);
    }
  });

  test.each(["/", "", "/nix", "/notification-handlers/1/x", "//notification-handlers"])(
    "nothing is at %s",
    async (path) => {
      const answer = await sandbox.ask("GET", path);
      expect(answer.status).toBe(404);
      titles(answer);
    },
  );
});

test("browsers of any origin may call", async () => {
  const sandbox = await harness({ instance: plain });
  const preflight = await sandbox.ask("OPTIONS", "/notification-handlers", undefined, {
    origin: "http://localhost:5173",
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization",
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
  const answer = await sandbox.ask("GET", "/notification-handlers", undefined, {
    origin: "http://localhost:5173",
  });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
  await sandbox.close();
});
