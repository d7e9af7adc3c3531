import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { descriptionNames, loadDescription } from "../../src/description/index.ts";
import { projectRoot } from "../../src/generate/paths.ts";
import { checkDeclarations, checkPackage, packPackage } from "../../src/package/index.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import { serveMocks } from "../mock/harness.ts";
import { triesAll } from "../scope.ts";

const run = promisify(execFile);
/** Whether all is tried that takes minutes: the tools that check packages, other ways to compile. */
const everywhere = triesAll("CONSUMERS");

/** The compiler of today where it has to be quick, else the one that most people have. */
const compiler = everywhere ? "typescript" : "typescript-native";
const tsc = join(projectRoot, "node_modules", compiler, "bin/tsc");

/** The consumer project of this folder's neighbour, with the packed package installed and the README's examples in it. */
let consumer: string;
/** Where it is in there. */
let installed: string;
let tarball: string;
let files: string[];

/** The examples of the package's README and of the project's as one module: each in a scope of its own, but for the client that all of them use. */
async function readmeModule(): Promise<string> {
  const pages = ["docs/client.md", "README.md"].map((page) => readFile(join(projectRoot, page), "utf8"));
  const blocks = [...(await Promise.all(pages)).join("\n").matchAll(/```ts\n(.*?)```/gs)].map(
    ([, code = ""]) => code,
  );
  const isImport = (line: string) => line.startsWith("import ");
  const imports = blocks.flatMap((block) => block.split("\n").filter(isImport));
  const [first = "", ...others] = blocks.map((block) =>
    block
      .split("\n")
      .filter((line) => !isImport(line))
      .join("\n"),
  );
  return [...new Set(imports), first, ...others.map((block) => `{\n${block}}`)].join("\n");
}

beforeAll(async () => {
  consumer = await mkdtemp(join(tmpdir(), "consumer-"));
  installed = join(consumer, "node_modules/notification-handlers-api");
  await cp(join(projectRoot, "test/consumers/plain"), consumer, { recursive: true });
  ({ tarball, files } = await packPackage("client", consumer));
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
  for (const module of modules) {
    for (const ending of [".js", ".d.ts"].filter((ending) => files.includes(module + ending))) {
      const text = await readFile(join(installed, module + ending), "utf8");
      for (const [, from = ""] of text.matchAll(/(?:\bfrom|\bimport|\bimport\(|\brequire\() ?"([^"]+)"/g)) {
        if (from.startsWith(".")) modules.add(join(module, "..", from).replace(/\.[jt]s$/, ""));
        else if (ending === ".js") packages.add(from);
      }
    }
  }
  return { modules, packages };
}

/** The modules that `exports` names. */
async function entriesOf(): Promise<string[]> {
  const { exports } = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  type Entry = { default?: string; require?: Entry };
  const patterns = Object.values(exports as Record<string, Entry>)
    .flatMap((entry) => [entry.default, entry.require?.default])
    .filter((path) => path !== undefined)
    .map((path) => path.replace("./", "").replace(/\.js$/, ""));
  return patterns.flatMap((path) =>
    path.includes("*") ? descriptionNames.map((name) => path.replace("*", name)) : [path],
  );
}

describe("the packed package", () => {
  test.runIf(everywhere)(
    "can be published: publint and attw find nothing",
    async () => {
      expect(await checkPackage("client", tarball)).toEqual([]);
    },
    180_000,
  );

  test("holds what its entry points need, the contract of every instance, and nothing else", async () => {
    const { modules } = await reachedFrom(await entriesOf());
    const expected = ["LICENSE", "README.md", "package.json", "cjs/package.json"];
    for (const module of modules) expected.push(`${module}.js`, `${module}.d.ts`);
    for (const name of descriptionNames)
      for (const file of ["openapi", "openapi-3.0", "openapi-flat"])
        expected.push(`generated/${name}/${file}.yaml`);
    expect(files.filter((file) => !expected.includes(file))).toEqual([]);
    // A declaration that is written by hand or generated has no .js beside it.
    const missing = expected.filter((file) => !files.includes(file));
    expect(missing.filter((file) => !file.endsWith("/schema.js"))).toEqual([]);
  });

  test("has declarations that compile, each of them, without skipLibCheck", async () => {
    expect(await checkDeclarations("client", installed, [compiler])).toEqual([]);
  });

  test("brings openapi-fetch and nothing more", async () => {
    const packages = (await readdir(join(consumer, "node_modules"))).filter((name) => !name.startsWith("."));
    expect(packages.sort()).toEqual([
      "notification-handlers-api",
      "openapi-fetch",
      "openapi-typescript-helpers",
    ]);
  });

  test("imports nothing of Node, and openapi-fetch alone, into the client", async () => {
    const { packages } = await reachedFrom(await entriesOf());
    expect([...packages]).toEqual(["openapi-fetch"]);
  });

  test("has a README whose links lead nowhere else", async () => {
    const readme = await readFile(join(installed, "README.md"), "utf8");
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, to = ""]) => to);
    const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, text = ""]) =>
      text.toLowerCase().replaceAll(" ", "-"),
    );
    expect(links.filter((to) => !to.startsWith("https://") && !headings.includes(to.slice(1)))).toEqual([]);
  });

  test("is there for require, too", async () => {
    const script = `const { createClient, NotificationHandlersError, instanceNames } = require("notification-handlers-api");
      const { createClient: own, handlerTypes } = require("notification-handlers-api/instances/" + instanceNames[0]);
      const fetch = async () => new Response('{"data":{"id":7}}');
      const client = createClient({ instance: instanceNames[0], apiKey: "key", fetch });
      client.create({ type: Object.keys(handlerTypes)[0], name: "n" }).then(({ id }) => {
        try { own({ apiKey: "" }); } catch (error) { console.log(id, error instanceof NotificationHandlersError, error.message); }
      });`;
    const { stdout } = await run(process.execPath, ["--no-experimental-require-module", "--eval", script], {
      cwd: consumer,
    });
    expect(stdout).toBe("7 true apiKey is empty; is the environment variable set?\n");
  });

  test("says that the module of an unknown instance is missing, and names it", async () => {
    const script =
      'import("notification-handlers-api/instances/nowhere").catch(({ code, message }) => console.log(code, message))';
    const { stdout } = await run(process.execPath, ["--eval", script], { cwd: consumer });
    expect(stdout).toMatch(/^ERR_MODULE_NOT_FOUND .*generated.nowhere.index\.js/);
  });

  test("gives the contract of every instance by its name", async () => {
    const names = JSON.stringify(descriptionNames);
    const script = `for (const name of ${names}) for (const form of ["openapi", "openapi-3.0", "openapi-flat"])
        (await import("node:fs")).accessSync(new URL(import.meta.resolve("notification-handlers-api/" + form + "/" + name + ".yaml")));
      for (const name of ${names}) await import("notification-handlers-api/instances/" + name);
      await import("notification-handlers-api/package.json", { with: { type: "json" } });`;
    await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: consumer });
  });
});

describe("a project that has installed it", () => {
  const mocks = serveMocks();

  test.runIf(everywhere).each(["tsconfig.bundler.json", "tsconfig.node16.json"])(
    "compiles, and so do the README's examples: %s",
    async (config) => {
      await compile(config);
    },
    180_000,
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
  }, 180_000);

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
    // The sample of the project's README.
    expect(stdout).toContain("true Ops\n");
    // The recipes.
    expect(stdout).toContain("true\n[ 'updated sync: b', 'deleted sync: a' ]\n");
    expect(stdout).toContain("asks GET null\ngot 200\n");
  }, 180_000);
});
