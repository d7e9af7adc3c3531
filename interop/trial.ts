import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { type InstanceEntry, instanceEntry } from "../src/description/index.ts";
import { projectRoot } from "../src/generate/paths.ts";
import { startSandbox } from "../src/sandbox/index.ts";
import { command, type Form, type Step, steps, type Tool } from "./tool.ts";
import { modules } from "./tools/npm.ts";

/** The result of each step that was tried: undefined if it succeeded, else the reason. */
export type Outcome = Partial<Record<Step, string | undefined>>;

/** Tries a tool with one form of an instance's bundle. A step that needs one that failed is not tried. */
export async function tryTool(tool: Tool, instance: string, form: Form): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "interop-"));
  const outcome: Outcome = {};
  const attempt = async (step: Step, work: () => Promise<void>): Promise<boolean> => {
    if (!(tool.steps ?? steps).includes(step)) return true;
    outcome[step] = await work().then(
      () => undefined,
      (error: Error) => error.message.replaceAll(folder, ".").replaceAll(projectRoot, ""),
    );
    return outcome[step] === undefined;
  };
  try {
    await symlink(modules, join(folder, "node_modules"));
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    const bundle = join(projectRoot, "generated", instance, `${form}.yaml`);
    if (!(await attempt("generates", () => tool.generate(bundle, folder)))) return outcome;
    const isCompiled = await attempt("compiles", () => (tool.compile ?? compile(tool))(folder));
    // The bundler strips TypeScript's types.
    if (!isCompiled && tool.compile !== undefined) return outcome;
    if ((tool.steps ?? steps).includes("creates")) await useSandbox(tool, folder, instance, attempt);
    return outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const compilerOptions = {
  ...{
    target: "es2022",
    lib: ["es2022", "dom", "dom.iterable"],
    module: "esnext",
    moduleResolution: "bundler",
  },
  ...{ strict: true, skipLibCheck: true, noEmit: true, allowImportingTsExtensions: true, types: ["node"] },
  typeRoots: [join(projectRoot, "node_modules/@types")],
};

const compile =
  ({ driver = "" }: Tool) =>
  async (folder: string): Promise<void> => {
    await writeFile(join(folder, "driver.ts"), driver);
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["driver.ts"] }));
    await command(process.execPath, [join(projectRoot, "node_modules/typescript-native/bin/tsc")], folder);
  };

/** The calls that programs are asked for, and what they print on their last line: for each call the id, or what went wrong. */
interface Task {
  readonly action: "create" | "update" | "remove";
  readonly calls: readonly { readonly id?: number; readonly body?: object }[];
}
type Result = { readonly id?: number; readonly error?: string };

const main = `import { create, remove, update } from "./driver";
const { action, calls } = JSON.parse(process.argv[2]);
const actions = { create: ({ body }) => create(body), update: ({ id, body }) => update(id, body), remove: ({ id }) => remove(id) };
const results = [];
for (const call of calls)
  results.push(await actions[action](call).then(
    (id) => (action === "create" ? { id } : {}),
    (error) => ({ error: JSON.stringify(error?.response?.data ?? error?.errors ?? error?.error ?? error?.message ?? error) }),
  ));
console.log(JSON.stringify(results));
`;

/** The program of a tool: the driver and what it calls, as one module; or the tool's own. */
async function programOf(tool: Tool, folder: string): Promise<readonly string[]> {
  if (tool.program !== undefined) return tool.program;
  await writeFile(join(folder, "main.js"), main);
  const build = await rolldown({ input: "main.js", cwd: folder, platform: "node", logLevel: "silent" });
  await build.write({ file: join(folder, "program.mjs"), codeSplitting: false });
  await build.close();
  return [process.execPath, "program.mjs"];
}

type Attempt = (step: Step, work: () => Promise<void>) => Promise<boolean>;

/** Creates a handler of every type, changes its name alone and disables it, and deletes it; and looks at the sandbox after each. */
async function useSandbox(tool: Tool, folder: string, instance: string, attempt: Attempt): Promise<void> {
  const sandbox = await startSandbox({ instance, strict: true });
  const headers = { authorization: `Bearer ${sandbox.apiKey}` };
  const read = (id: number) => fetch(`${sandbox.baseUrl}/notification-handlers/${id}`, { headers });
  const bodies = bodiesOf(instanceEntry(instance));
  const ids: number[] = [];
  try {
    let program: readonly string[] = [];
    const ask = async (task: Task): Promise<Result[]> => {
      const [file = "", ...args] = program;
      const env = { BASE_URL: sandbox.baseUrl, API_KEY: sandbox.apiKey };
      const printed = await command(file, [...args, JSON.stringify(task)], folder, env);
      return JSON.parse(printed.trim().split("\n").at(-1) ?? "");
    };
    const each = async (task: Task, look: (n: number, result: Result) => Promise<string | undefined>) => {
      const wrong: string[] = [];
      for (const [n, result] of (await ask(task)).entries()) {
        const why = result.error ?? (await look(n, result));
        if (why !== undefined) wrong.push(`${bodies[n]?.type}: ${why}`);
      }
      if (wrong.length > 0) throw new Error(wrong.join("\n"));
    };

    const isCreated = await attempt("creates", async () => {
      program = await programOf(tool, folder);
      await each({ action: "create", calls: bodies.map((body) => ({ body })) }, async (n, { id = 0 }) => {
        const { type, name, ...settings } = bodies[n] ?? {};
        ids[n] = id;
        return differs(await read(id), { type, name, settings });
      });
    });
    if (!isCreated) return;
    const change = { name: "Renamed", is_enabled: 0 };
    await attempt("updates", () =>
      each({ action: "update", calls: ids.map((id) => ({ id, body: change })) }, async (n) => {
        const { type, name: _, ...settings } = bodies[n] ?? {};
        return differs(await read(ids[n] ?? 0), { type, name: change.name, settings, is_enabled: false });
      }),
    );
    await attempt("deletes", () =>
      each({ action: "remove", calls: ids.map((id) => ({ id })) }, async (n) => {
        const { status } = await read(ids[n] ?? 0);
        return status === 404 ? undefined : `it is still there: ${status}`;
      }),
    );
  } finally {
    await sandbox.close();
  }
}

/** A body of every type of handler, with all fields of the type. */
function bodiesOf({ types, fields }: InstanceEntry): { type: string; name: string }[] {
  const value = (field: string) =>
    field.startsWith("email") ? "ops@example.com" : `https://${field}.example/1?a=b&c=%C3%BC`;
  return types.map((type) => ({
    ...{ type, name: `Über, ${type}` },
    ...Object.fromEntries((fields[type] ?? []).map((field) => [field, value(field)])),
  }));
}

/** How what the sandbox has differs from what was sent. */
async function differs(answer: Response, expected: Record<string, unknown>): Promise<string | undefined> {
  if (!answer.ok) return `it can't be read: ${answer.status}`;
  const { data } = (await answer.json()) as { data: Record<string, unknown> };
  const wrong = Object.keys(expected).filter((key) => sorted(data[key]) !== sorted(expected[key]));
  return wrong.length === 0
    ? undefined
    : wrong.map((key) => `${key} is ${sorted(data[key])}, not ${sorted(expected[key])}`).join("; ");
}

/** JSON in which the order of keys doesn't count. */
function sorted(value: unknown): string {
  const isMap = typeof value === "object" && value !== null;
  // Settings without fields may be an empty list.
  return JSON.stringify(isMap ? Object.fromEntries(Object.entries(value).sort()) : value);
}
