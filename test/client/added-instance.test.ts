import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generate } from "../../src/generate/index.ts";
import { projectRoot } from "../../src/generate/paths.ts";
import { changedRegister } from "../generate/register.ts";

const run = promisify(execFile);
const tsc = join(projectRoot, "node_modules/typescript-native/bin/tsc");

/** Entries that differ from the family in all that the client has to know. */
const entries = {
  "sixth.example": `
        base_url: https://sixth.example/panel/api
        types: [email, twilio]
        filters: [is_enabled, datetime_field, datetime_start]
        filter_datetimes: Y-m-d H:i:s
        page_sizes: [10, 50]
        default_page_size: 10
        trailing_slash: false
        without_operations: [updateNotificationHandler]`,
  "seventh.example": `
        base_url: https://seventh.example/api
        types: unknown
        custom_types: { owl: [owl_topic] }
        custom_filters: { handler_name: name }
        without_operations: [getNotificationHandler, createNotificationHandler, deleteNotificationHandler]`,
};

/** What people write for them; it prints what is asked for. */
const program = `import { createClient, unlistedType } from "./src/client/index.ts";
import type { Client, HandlerType } from "./generated/sixth.example/index.ts";
import type { HandlerType as HandlerTypes } from "./generated/seventh.example/index.ts";
import type * as seventhTypes from "./generated/seventh.example/index.ts";

const asked: string[] = [];
const fetch = async ({ method, url }: Request) => {
  asked.push(method + " " + url);
  if (method === "POST") return Response.json({ errors: [{ title: "no", status: 404 }] }, { status: 404 });
  const links = { first: url, last: url, self: url, next: null, prev: null };
  return Response.json({ data: [], meta: { page: 1, results_per_page: 10, total: 0, total_pages: 1 }, links });
};
const sixth = createClient({ instance: "sixth.example", apiKey: "key", fetch });
const seventh = createClient({ instance: "seventh.example", apiKey: "key", fetch });

await sixth.list({ page: 2, results_per_page: 50 });
await sixth.list({ datetime_start: new Date(0) });
for await (const handler of sixth.listAll()) console.log(handler);
await sixth.http.GET("/notification-handlers", {});
for await (const handler of seventh.listAll({ handler_name: "x" })) {
  switch (handler.type) {
    case "owl": handler.settings.owl_topic satisfies string | undefined; break;
    case "telegram": handler.settings.telegram_chat_id satisfies string | undefined; break;
    case unlistedType("whatsapp"): handler.settings.whatsapp satisfies unknown; break;
    default: handler.type satisfies HandlerTypes;
  }
}
// What plain JavaScript can still call is answered by the instance.
const update: unknown = await Reflect.get(sixth, "update")(1, {}).catch((error: unknown) => error);
console.log(JSON.stringify({ asked, update: (update as { code: string }).code }));

export const compiled = () => [
  sixth.create({ type: "twilio", name: "x", twilio: "+1" }) satisfies Promise<{ id: number }>,
  sixth.get(1).then((handler) => handler.type satisfies HandlerType),
  sixth.delete(1) satisfies Promise<void>,
  // @ts-expect-error this instance has no slack
  sixth.create({ type: "slack", name: "x" }),
  // @ts-expect-error this instance lists its types
  sixth.create({ type: unlistedType("whatsapp"), name: "x" }),
  // @ts-expect-error this instance has no update
  sixth.update(1, { name: "x" }),
  // @ts-expect-error a size that this instance does not have
  sixth.list({ results_per_page: 1000 }),
  // @ts-expect-error a filter that this instance does not have
  sixth.list({ search: "x" }),
  // @ts-expect-error the list is documented without the slash
  sixth.http.GET("/notification-handlers/"),
  seventh.update(1, { type: unlistedType("whatsapp"), whatsapp: "+1" }),
  seventh.update(1, { type: "owl", owl_topic: "x" }),
  // @ts-expect-error a field of another type
  seventh.update(1, { type: "owl", telegram: "x" }),
  // @ts-expect-error this instance has no read
  seventh.get(1),
  // @ts-expect-error this instance has no create
  seventh.create({ type: "email", name: "x" }),
  // @ts-expect-error this instance has no delete
  seventh.delete(1),
];
export const names = (client: Client, other: seventhTypes.Client) => [client.get, other.update];
export const type: HandlerType = "twilio";
export const any: seventhTypes.HandlerType = unlistedType("whatsapp");
`;

describe("an instance that is added to redocly.yaml has a client and an entry point of its own, with no change in src/", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sixth-"));
    const configPath = await changedRegister((text) => {
      const added = Object.entries(entries).map(
        ([name, options]) => `  ${name}:
    root: openapi/openapi.yaml
    decorators:
      notification-handlers/instance:${options}
        source: { language: fr, seen: "2026-05-13" }
        links: plain
`,
      );
      return text.replace("apis:\n", `apis:\n${added.join("\n")}\n`);
    });
    await generate({ configPath, outDir: join(folder, "generated") });
    await cp(join(projectRoot, "src/client"), join(folder, "src/client"), { recursive: true });
    await symlink(join(projectRoot, "node_modules"), join(folder, "node_modules"));
    const files = {
      "package.json": '{ "type": "module" }',
      "tsconfig.json": JSON.stringify({
        extends: join(projectRoot, "tsconfig.json"),
        compilerOptions: { types: [], rootDir: "." },
        include: ["main.ts"],
        exclude: [],
      }),
      "main.ts": program,
    };
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("its types say what it has, and what it lacks is an error", async () => {
    const compiled = run(process.execPath, [tsc, "-p", "."], { cwd: folder }).catch((error) => error);
    expect((await compiled).stdout).toBe("");
  }, 180_000);

  test("its client asks as its entry says", async () => {
    const options = ["--import", "@oxc-node/core/register", "main.ts"];
    const { stdout } = await run(process.execPath, options, { cwd: folder });
    const sixth = "https://sixth.example/panel/api/notification-handlers";
    expect(JSON.parse(stdout)).toEqual({
      asked: [
        `GET ${sixth}?page=2&results_per_page=50`,
        `GET ${sixth}?datetime_start=1970-01-01%2000%3A00%3A00`,
        `GET ${sixth}?results_per_page=50&page=1`,
        `GET ${sixth}`,
        "GET https://seventh.example/api/notification-handlers/?results_per_page=1000&handler_name=x&page=1",
        `POST ${sixth}/1`,
      ],
      update: "http",
    });
  });

  test("what the client knows of it is what differs from the family", async () => {
    const text = await readFile(join(folder, "generated/client.ts"), "utf8");
    const [, others = ""] = /const others: .* = \{\n(.*?)^\}/ms.exec(text) ?? [];
    expect(others.match(/^ {2}"[^"]+"/gm)).toEqual(['  "sixth.example"']);
  });
});
