import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { familyName, instanceNames, loadDescription } from "../../src/description/index.ts";
import { createApp, listen } from "../../src/http/index.ts";
import { type Fault, listFaults } from "../../src/sandbox/index.ts";
import { readModel } from "../../src/sandbox/model.ts";
import type { SandboxOptions } from "../../src/sandbox/options.ts";
import { createSandbox } from "../../src/sandbox/sandbox.ts";
import { filtered, plain } from "../instances.ts";
import { triesAll } from "../scope.ts";
import { type Form, multipart } from "./harness.ts";

/** One answer of the script, by the kind of the operation that gave it. */
interface Recorded {
  readonly kind: string;
  readonly answer: string;
}

/** A server of two accounts whose clock moves one minute with each look at it, so that two runs are alike to the byte. */
async function serve(options: SandboxOptions) {
  let time = Date.UTC(2026, 4, 13, 15, 1, 12);
  const now = () => {
    time += 60_000;
    return time;
  };
  const sandbox = await createSandbox({ ...options, apiKeys: ["own", "foreign"], now, allowFaults: true });
  const app = createApp();
  await app.register(sandbox.plugin);
  const origin = await listen(app, "127.0.0.1", 0);
  return {
    origin,
    close: async () => {
      await app.close();
      await sandbox.close();
    },
  };
}

/** Thrown at the first answer that is not as a faithful instance's. */
class Deviation extends Error {
  readonly kind: string;

  constructor(kind: string) {
    super(kind);
    this.kind = kind;
  }
}

/** Calls that show every fault: each operation on what is there, on what is not, with good and bad keys and values. */
async function script(
  origin: string,
  instance: string,
  fault?: Fault,
  faithful?: readonly Recorded[],
): Promise<Recorded[]> {
  const { roles } = readModel(loadDescription(instance));
  const recorded: Recorded[] = [];
  const base = `${origin}/sandbox/${instance}/api/notification-handlers`;
  const call = async (
    kind: string,
    method: string,
    path: string,
    form?: Form,
    authorization: string | undefined = "Bearer own",
  ) => {
    const headers = new Headers(fault === undefined ? {} : { "sandbox-fault": fault.name });
    if (authorization !== "") headers.set("authorization", authorization);
    const init: RequestInit = { method, headers, redirect: "manual" };
    if (form !== undefined) init.body = multipart(form);
    let answer: string;
    try {
      const late = typeof fault?.delivery === "object" && fault.operations.some((it) => it === kind);
      const response = await fetch(base + path, late ? { ...init, signal: AbortSignal.timeout(300) } : init);
      const bytes = await response.arrayBuffer();
      const text = new TextDecoder("utf-8", { ignoreBOM: true })
        .decode(bytes)
        .replaceAll(origin, "http://origin");
      answer = `${response.status} ${response.headers.get("content-type")} ${text}`;
    } catch (error) {
      answer = error instanceof Error && error.name === "TimeoutError" ? "late" : "broken";
    }
    if (faithful !== undefined && faithful[recorded.length]?.answer !== answer) throw new Deviation(kind);
    recorded.push({ kind, answer });
    return answer;
  };
  const idOf = (answer: string) => Number(/"id":"?(\d+)/.exec(answer)?.[1] ?? 0);
  const list = (query = "") => call("list", "GET", `/${query}`);
  const read = (id: number) => call("read", "GET", `/${id}`);
  const update = (id: number, form: Form) => call("update", "POST", `/${id}`, form);

  for (const [method, kind, path] of [
    ["GET", "list", "/"],
    ["GET", "read", "/1"],
    ["POST", "create", ""],
    ["POST", "update", "/1"],
    ["DELETE", "delete", "/1"],
  ] as const) {
    for (const key of ["", "Bearer wrong", "Basic own", "Token own"]) {
      await call(kind, method, path, method === "POST" ? { name: "a" } : undefined, key);
    }
  }
  await list();
  const types = [...roles.fields];
  const names = ["Ä & <b>", "plain", "100% sure", "100 x sure", "a_b", "axb", "Plain Work", hard];
  for (let index = 0; index < 12; index += 1) {
    const [type = "", fields = []] = types[index % types.length] ?? [];
    const form = Object.fromEntries(fields.map((field) => [field, `${field} ${index}`]));
    const name = names[index % names.length] ?? "";
    const id = idOf(await call("create", "POST", "", { name, type, ...form }));
    await read(id);
    if (index % 3 === 0) await update(id, { is_enabled: "0" });
    await read(id);
  }
  await list();
  await call("list", "GET", "");
  await list("?results_per_page=10");
  await list("?results_per_page=10&page=2");
  await list("?results_per_page=10&page=3");
  await list("?page=4");
  for (const query of ["results_per_page=7", "page=0", "page=x"]) await list(`?${query}`);
  for (const filter of [
    "search=PLAIN",
    "search=work",
    "search=0%25%20",
    "search=a_b",
    "is_enabled=1",
    "is_enabled=0",
    `type=${types[0]?.[0]}`,
    `type=${types[0]?.[0]}&is_enabled=1`,
    "order_by=name",
    "order_by=name&order_type=DESC",
    "order_type=DESC",
    "datetime_start=13-05-2026 15:06:12",
    "datetime_end=13-05-2026 15:16:12",
    ...Array.from({ length: 8 }, (_, index) => `datetime_start=13-05-2026 15:${10 + index}:12`),
    ...Array.from({ length: 8 }, (_, index) => `datetime_end=13-05-2026 15:${10 + index}:12`),
    "datetime_field=last_datetime&datetime_start=13-05-2026 15:00:00",
  ]) {
    await list(`?${filter}`);
  }

  const several = types.find(([, fields]) => fields.length > 1) ?? types[0];
  const [type = "", fields = []] = several ?? [];
  const form = Object.fromEntries(fields.map((field) => [field, `${field} before`]));
  const id = idOf(await call("create", "POST", "", { name: "update me", type, ...form }));
  const other = types.find(([name]) => name !== type)?.[0] ?? "";
  for (const change of [
    { name: hard },
    { is_enabled: "0" },
    { [fields[0] ?? ""]: "only one field" },
    { is_enabled: "1" },
    { name: "and again" },
    { is_enabled: "true" },
    { type: "no-such-type" },
    { type: other },
    { name: "now another type" },
    { type, name: "with the type", ...form },
  ]) {
    await update(id, change);
    await read(id);
  }
  await list();
  const pair: number[] = [];
  for (const name of ["one of two", "the other"])
    pair.push(idOf(await call("create", "POST", "", { name, type, ...form })));
  const [one = 0, two = 0] = pair;
  await update(one, { is_enabled: "0" });
  await update(two, { is_enabled: "0" });
  await read(one);
  await call("delete", "DELETE", `/${one}`);
  await read(two);
  for (const bad of [{ name: "no type" }, { type }, { type: "no-such-type", name: "x" }]) {
    await call("create", "POST", "", bad);
  }
  await list();
  const foreign = idOf(await call("create", "POST", "", { name: "foreign", type }, "Bearer foreign"));
  await read(foreign);
  await update(foreign, { name: "taken" });
  await call("delete", "DELETE", `/${foreign}`);
  for (const missing of [999_999, id]) {
    await call("delete", "DELETE", `/${missing}`);
    await read(missing);
    await update(missing, { name: "gone" });
    await list();
  }
  await call("delete", "DELETE", `/${id}`);
  return recorded;
}

/** What forms, filters and databases get wrong. */
const hard = `a+b %41 &amp; \\ "q" <i>x</i>  007 e\u0301 🛎️ ${"x".repeat(130)}`;

/**
 * One fault of each kind: those that have the same hooks and the same operations. That each fault shows at all is seen by the contract checks,
 * which are tried against every one.
 */
function oneOfEachKind(faults: readonly Fault[]): Fault[] {
  const kinds = new Map<string, Fault>();
  for (const fault of faults) {
    const hooks = Object.keys(fault).filter((key) => !["name", "description", "appliesTo"].includes(key));
    const kind = [...hooks.sort(), typeof fault.delivery, ...fault.operations].join(" ");
    if (!kinds.has(kind)) kinds.set(kind, fault);
  }
  return [...kinds.values()];
}

const shown = [filtered, plain];
const models = new Map(shown.map((name) => [name, readModel(loadDescription(name))]));

test("there are at least 60 faults, each with its own name and a line of description, over every operation", () => {
  const faults = listFaults();
  expect(faults.length).toBeGreaterThanOrEqual(60);
  expect(new Set(faults.map((fault) => fault.name)).size).toBe(faults.length);
  expect(new Set(faults.map((fault) => fault.description)).size).toBe(faults.length);
  expect(new Set(faults.flatMap((fault) => fault.operations)).size).toBe(5);
  for (const { name, description } of faults) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(description).toMatch(/^[A-Z][^\n]*\.$/);
  }
});

test("an instance is spared faults of what it lacks", () => {
  const applying = (name: string) => {
    const model = readModel(loadDescription(name));
    return listFaults().filter((fault) => fault.appliesTo?.(model) !== false).length;
  };
  for (const name of instanceNames) expect(applying(familyName)).toBeGreaterThanOrEqual(applying(name) - 2);
  for (const name of instanceNames) expect(applying(name)).toBeGreaterThanOrEqual(60);
  expect(applying(plain)).toBeLessThan(applying(filtered));
});

describe.each(shown)("%s", (instance) => {
  const model = models.get(instance);
  let faithful: Recorded[] = [];
  beforeAll(async () => {
    const server = await serve({ instances: [instance] });
    faithful = await script(server.origin, instance);
    await server.close();
  });
  // The instances differ in the form of their links; everything else is shown by one of them.
  const applying = listFaults().filter(
    (fault) =>
      model !== undefined &&
      fault.appliesTo?.(model) !== false &&
      (instance === shown[0] || /^links/.test(fault.name)),
  );
  const tried = triesAll("SANDBOX_FAULTS") ? applying : oneOfEachKind(applying);

  test.each(tried.map((fault) => [fault.name, fault] as const))(
    "%s deviates, first in its own operation",
    async (_name, fault) => {
      const server = await serve({ instances: [instance] });
      const found = await script(server.origin, instance, fault, faithful)
        .catch((error: unknown) => error)
        .finally(server.close);
      expect(found).toBeInstanceOf(Deviation);
      // What a write left undone, or did wrong, shows in what is read later.
      const writes = fault.operations.some((kind) => ["create", "update", "delete"].includes(kind));
      if (!writes) expect(fault.operations).toContain((found as Deviation).kind);
    },
  );
});

test("a request for a fault that does not exist says which there are", async () => {
  const server = await serve({ instances: [plain] });
  afterAll(() => server.close());
  const headers = { authorization: "Bearer own", "sandbox-fault": "search-ignored" };
  const answer = await fetch(`${server.origin}/sandbox/${plain}/api/notification-handlers`, { headers });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(/names no fault of this instance: .*[a-z]+-[a-z]+-/);
});
