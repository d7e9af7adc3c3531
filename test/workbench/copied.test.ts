import { execFile } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyVariable, loadDescription, type OperationKind } from "../../src/description/index.ts";
import { type Workbench, type WorkbenchRequest, workbench } from "../../src/devkit/index.ts";
import { allLanguages, english } from "../../src/docs/index.ts";
import { projectRoot } from "../../src/generate/paths.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import { clientSource } from "../../src/workbench/page/browser/client-call.ts";
import { readInstance } from "../../src/workbench/page/model.ts";

const run = promisify(execFile);
const instance = "k.aws.bj";

/** What a shell, curl, a form or JavaScript would take for something else. */
const hostile = [
  'it\'s; echo $HOME `id` $(id) \\ "x" !! #',
  "@/etc/passwd",
  "</etc/passwd;type=text/html",
  "two\nlines\r\nof \u2028text\t",
  " spaces at both ends ",
  "گروه 日本 😀 \u202e",
  "a=b&c=d%41+e",
  "*/ // <!-- ${",
];

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let bench: Workbench;
beforeAll(async () => {
  sandbox = await startSandbox({ instance, seed: 3 });
  bench = workbench(sandbox);
});
afterAll(() => sandbox.close());

/** What came of an action: one request. */
async function cameOf(action: () => Promise<unknown>): Promise<WorkbenchRequest> {
  const since = await bench.mark();
  await action();
  const [request] = await bench.requests({ since });
  if (request === undefined) throw new Error("no request came");
  return request;
}

const send = (path: string, init: RequestInit = {}) =>
  cameOf(() =>
    fetch(sandbox.baseUrl + path, {
      ...init,
      headers: { authorization: `Bearer ${sandbox.apiKey}`, ...(init.headers as object) },
    }),
  );

function form(fields: readonly (readonly [string, string])[]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

const fields = hostile.map((value, index) => [`field ${index}`, value] as const);
const create = "/notification-handlers";

describe("a copied curl line makes the same request", () => {
  test.each<[string, () => Promise<WorkbenchRequest>]>([
    ["of a list", () => send("/notification-handlers/?search=%27x%27&page=2")],
    ["with what curl would expand", () => send("/notification-handlers/?search=[1-3]{a,b}'$HOME'")],
    ["of a read", () => send("/notification-handlers/1")],
    ["of a delete", () => send("/notification-handlers/999999", { method: "DELETE" })],
    [
      "of a form",
      () => send(create, { method: "POST", body: form([["name", "x"], ["type", "email"], ...fields]) }),
    ],
    [
      "of an urlencoded form",
      () => {
        const named = [["name", "x"], ["type", "email"], ["a&b=c", "1"], ...fields] as [string, string][];
        return send(create, { method: "POST", body: new URLSearchParams(named) });
      },
    ],
    [
      "of JSON, which is refused",
      () =>
        send(create, {
          method: "POST",
          body: JSON.stringify({ name: hostile }),
          headers: { "content-type": "application/json" },
        }),
    ],
    [
      "of a body that looks like a file",
      () => send(create, { method: "POST", body: "@/etc/passwd", headers: { "content-type": "text/plain" } }),
    ],
    [
      "with headers",
      () => send("/notification-handlers/", { headers: { prefer: "code=404", "x-empty": "" } }),
    ],
  ])("%s", async (_what, act) => {
    const first = await act();
    const env = { PATH: process.env.PATH, [keyVariable]: sandbox.apiKey };
    const again = await cameOf(() => run("sh", ["-c", `${first.curl} --silent`], { env }));
    const essence = ({ method, path, query, form, body, status, reason }: WorkbenchRequest) => ({
      method,
      path,
      query,
      form,
      body: body?.text,
      status,
      reason,
    });
    expect(essence(again)).toEqual(essence(first));
    const prefer = ({ headers }: WorkbenchRequest) =>
      headers.filter(({ name }) => ["prefer", "x-empty", "authorization"].includes(name));
    expect(prefer(again)).toEqual(expect.arrayContaining(prefer(first)));
  });
});

describe("copied client code", () => {
  const language = allLanguages().get(english);
  if (language === undefined) throw new Error("there is no English");
  const model = readInstance(loadDescription(instance), language);

  test("runs as it is pasted, and makes the same requests", async () => {
    const folder = await mkdtemp(join(tmpdir(), "copied-"));
    const installed = join(folder, "node_modules/notification-handlers-api");
    await mkdir(installed, { recursive: true });
    await writeFile(join(installed, "package.json"), '{ "type": "module", "exports": "./index.js" }');
    const build = await rolldown({ input: join(projectRoot, "src/client/index.ts"), logLevel: "silent" });
    await build.write({ file: join(installed, "index.js"), format: "esm" });
    await build.close();

    const pairs = (values: Record<string, string>) =>
      Object.entries(values).map(([name, value]) => ({ name, value }));
    const [id] = (await bench.requests({ limit: 1 })).map(() => "1");
    const calls: [OperationKind, string | undefined, Record<string, string>][] = [
      ["list", undefined, {}],
      ["list", undefined, { page: "1", results_per_page: "10", is_enabled: "1", search: hostile[0] ?? "" }],
      ...hostile.map(
        (name) => ["create", undefined, { name, type: "email", email: "a@example.com" }] as const,
      ),
      ["read", id ?? "1", {}],
      ["update", "2", { name: hostile.join(), is_enabled: "0" }],
      ["delete", "3", {}],
    ] as [OperationKind, string | undefined, Record<string, string>][];
    for (const [index, [operation, handler, values]] of calls.entries()) {
      const source = clientSource(model, sandbox.baseUrl, { operation, id: handler, values: pairs(values) });
      expect(source).not.toContain(sandbox.apiKey);
      await writeFile(join(folder, `${index}.mjs`), source);
    }
    const main = calls.map((_call, index) => `await import("./${index}.mjs");`).join("\n");
    await writeFile(join(folder, "main.mjs"), main);
    const since = await bench.mark();
    const env = { PATH: process.env.PATH, [keyVariable]: sandbox.apiKey };
    await run(process.execPath, ["main.mjs"], { cwd: folder, env });
    const came = await bench.requests({ since });
    expect(came.map(({ operation, status }) => [operation, status])).toEqual(calls.map(([it]) => [it, 200]));
    const sent = came.map(({ operation, form, query }) => (operation === "list" ? query : (form ?? [])));
    expect(sent.map((it) => Object.fromEntries(it.map(({ name, value }) => [name, value])))).toEqual(
      calls.map(([, , values]) => values),
    );
  });

  test.each<[string, { name: string; value: string }[], string]>([
    [
      "a repeated field",
      [
        { name: "name", value: "a" },
        { name: "name", value: "b" },
      ],
      '{\n  name: "b",\n}',
    ],
    ["a name that is no identifier", [{ name: "a-b", value: "1" }], '{\n  "a-b": "1",\n}'],
    ["a name with a meaning of its own", [{ name: "__proto__", value: "1" }], '{\n  ["__proto__"]: "1",\n}'],
    ["a number that is none", [{ name: "page", value: "1e9" }], '{\n  page: "1e9",\n}'],
    ["a flag", [{ name: "is_enabled", value: "0" }], "{\n  is_enabled: false,\n}"],
    ["a flag that is none", [{ name: "is_enabled", value: "maybe" }], '{\n  is_enabled: "maybe",\n}'],
  ])("writes %s so that it is sent as it was", (_what, values, written) => {
    const source = clientSource(model, "http://127.0.0.1:1/x", {
      operation: "create",
      id: undefined,
      values,
    });
    expect(source).toContain(`client.create(${written})`);
  });

  test("names no instance for the family, whose client is of any", () => {
    const call = { operation: "list" as const, id: undefined, values: [] };
    expect(clientSource({ ...model, isFamily: true }, "http://127.0.0.1:1/x", call)).not.toContain(
      "instance:",
    );
    expect(clientSource(model, "http://127.0.0.1:1/x", call)).toContain(`instance: "${instance}"`);
  });
});
