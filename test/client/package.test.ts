import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { descriptionNames, loadDescription } from "../../src/description/index.ts";
import { checkPackage, packPackage, projectRoot } from "../../src/package/index.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import { serveMocks } from "../mock/harness.ts";

const run = promisify(execFile);
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/** The consumer project of this folder's neighbour, with the packed package installed and the README's examples in it. */
let consumer: string;
let tarball: string;
let files: string[];

/** The README's examples of the client as one module: each in a scope of its own, but for the client that all of them use. */
async function readmeModule(): Promise<string> {
  const readme = await readFile(join(projectRoot, "README.md"), "utf8");
  const section = readme.split("\n## ").find((part) => part.startsWith("Client\n")) ?? "";
  const blocks = [...section.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);
  const isImport = (line: string) => line.startsWith("import ");
  const imports = blocks.flatMap((block) => block.split("\n").filter(isImport));
  const [first = "", ...others] = blocks.map((block) =>
    block
      .split("\n")
      .filter((line) => !isImport(line))
      .join("\n"),
  );
  return [...imports, first, ...others.map((block) => `{\n${block}}`)].join("\n");
}

beforeAll(async () => {
  consumer = await mkdtemp(join(tmpdir(), "consumer-"));
  await cp(join(projectRoot, "test/consumer"), consumer, { recursive: true });
  ({ tarball, files } = await packPackage(consumer));
  await writeFile(join(consumer, "src/readme.ts"), await readmeModule());
  const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock", tarball];
  await run("npm", install, { cwd: consumer });
}, 180_000);
afterAll(() => rm(consumer, { recursive: true, force: true }));

const compile = (config: string) =>
  run(process.execPath, [tsc, "-p", config, "--typeRoots", join(projectRoot, "node_modules/@types")], {
    cwd: consumer,
  }).catch(({ stdout }) => {
    throw new Error(stdout);
  });

/** The modules that these ones import, and so on, without what names them: each stands for its .js and its .d.ts. */
async function reachedFrom(entries: string[]): Promise<{ modules: Set<string>; packages: Set<string> }> {
  const modules = new Set(entries);
  const packages = new Set<string>();
  const folder = join(consumer, "node_modules/notification-handlers-api");
  for (const module of modules) {
    for (const ending of [".js", ".d.ts"].filter((ending) => files.includes(module + ending))) {
      const text = await readFile(join(folder, module + ending), "utf8");
      for (const [, from = ""] of text.matchAll(/(?:\bfrom|\bimport|\bimport\() ?"([^"]+)"/g)) {
        if (from.startsWith(".")) modules.add(join(module, "..", from).replace(/\.[jt]s$/, ""));
        else if (ending === ".js") packages.add(from);
      }
    }
  }
  return { modules, packages };
}

/** The modules that `exports` names under these names. */
async function entriesOf(isWanted: (name: string) => boolean): Promise<string[]> {
  const { exports } = JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8"));
  const patterns = Object.entries(exports as Record<string, { default?: string }>).flatMap(
    ([name, { default: path }]) =>
      isWanted(name) && path ? [path.replace("./", "").replace(/\.js$/, "")] : [],
  );
  return patterns.flatMap((path) =>
    path.includes("*") ? descriptionNames.map((name) => path.replace("*", name)) : [path],
  );
}

describe("the packed package", () => {
  test("is fit to be published: publint and attw find nothing", async () => {
    expect(await checkPackage(tarball)).toEqual([]);
  }, 60_000);

  test("holds what its entry points need, the contract of every instance, and nothing else", async () => {
    const { modules } = await reachedFrom(await entriesOf(() => true));
    const expected = ["LICENSE", "README.md", "package.json"];
    for (const module of modules) expected.push(`${module}.js`, `${module}.d.ts`);
    for (const name of descriptionNames) expected.push(`dist/package/generated/${name}/openapi.yaml`);
    expect(files.filter((file) => !expected.includes(file))).toEqual([]);
    // A declaration that is written by hand or generated has no .js beside it.
    const missing = expected.filter((file) => !files.includes(file));
    expect(missing.filter((file) => !file.endsWith("/schema.js"))).toEqual([]);
  });

  test("brings openapi-fetch and nothing more", async () => {
    const installed = (await readdir(join(consumer, "node_modules"))).filter((name) => !name.startsWith("."));
    expect(installed.sort()).toEqual([
      "notification-handlers-api",
      "openapi-fetch",
      "openapi-typescript-helpers",
    ]);
  });

  test("imports nothing of Node, and openapi-fetch alone, into the client", async () => {
    const { packages } = await reachedFrom(await entriesOf((name) => name !== "./sandbox"));
    expect([...packages]).toEqual(["openapi-fetch"]);
  });

  test("gives the contract of every instance by its name", async () => {
    const names = JSON.stringify(descriptionNames);
    const script = `for (const name of ${names}) import.meta.resolve("notification-handlers-api/openapi/" + name + ".yaml");
      for (const name of ${names}) await import("notification-handlers-api/instances/" + name);
      await import("notification-handlers-api/package.json", { with: { type: "json" } });`;
    await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: consumer });
  });
});

describe("a project that has installed it", () => {
  const mocks = serveMocks();

  test.each(["tsconfig.bundler.json", "tsconfig.node16.json"])(
    "compiles, and so do the README's examples: %s",
    async (config) => {
      await compile(config);
    },
    60_000,
  );

  test("compiles for nodenext and runs against the mock", async () => {
    await compile("tsconfig.json");
    const env = { ...process.env, BASE_URL: mocks.baseUrl("k.aws.bj") };
    const { stdout } = await run(process.execPath, ["out/main.js"], { cwd: consumer, env });
    const { handlerTypes } = loadDescription("k.aws.bj");
    expect(JSON.parse(stdout)).toEqual({
      types: [...handlerTypes],
      id: 1,
      code: "aborted",
      listed: handlerTypes.length,
      nowhere: "function",
    });
  }, 60_000);

  test("runs the README's examples, with a sandbox in the place of the instance", async () => {
    const sandbox = await startSandbox({ instance: "k.aws.bj" });
    // The examples name the real host, so this process's fetch goes to the sandbox instead.
    await writeFile(
      join(consumer, "sandbox.mjs"),
      `const real = fetch;
      globalThis.fetch = (request, init) =>
        real(new Request(request.url.replace("https://k.aws.bj/api", process.env.BASE_URL), request), init);`,
    );
    const env = { ...process.env, BASE_URL: sandbox.baseUrl, NOTIFICATION_HANDLERS_API_KEY: sandbox.apiKey };
    const { stdout } = await run(process.execPath, ["--import", "./sandbox.mjs", "out/readme.js"], {
      cwd: consumer,
      env,
    });
    await sandbox.close();
    expect(stdout).toContain("42\n1 of 1\n");
    expect(stdout).toContain("200 0\n");
    expect(stdout).toContain("There is no such handler.");
    expect(stdout).toContain("google_chat");
  }, 60_000);
});
