import { execFile, spawn } from "node:child_process";
import { access, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { instanceNames } from "../../src/description/index.ts";
import { projectRoot } from "../../src/generate/paths.ts";
import { buildDevkit, checkDeclarations, checkPackage } from "../../src/package/index.ts";

/* The devkit as somebody has it who installed it into an empty folder: npm packs it, and installs it with what it depends on. */
const name = "notification-handlers-devkit";
const run = promisify(execFile);
const modules = join(projectRoot, "node_modules");

let folder = "";
let devkit = "";
/** Of its own: nothing is kept in the home of whoever runs the tests. */
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "devkit-"));
  devkit = join(folder, "node_modules", name);
  const state = join(folder, "state");
  env = { ...process.env, XDG_STATE_HOME: state, XDG_CACHE_HOME: state, HOME: state };
  const built = join(folder, "built");
  // Its types are checked with those of everything else.
  await buildDevkit(projectRoot, built, false);
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await cp(join(projectRoot, "test/devkit/consumer"), folder, { recursive: true });
  await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: built });
  const [tarball = ""] = (await readdir(folder)).filter((file) => file.endsWith(".tgz"));
  await run("npm", ["install", "--no-audit", "--no-fund", join(folder, tarball)], { cwd: folder });
  await run("chmod", ["-R", "a-w", join(folder, "node_modules")]);
}, 180_000);
afterAll(async () => {
  await run("chmod", ["-R", "u+w", join(folder, "node_modules")]);
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls the command to its end, from the empty folder. */
function call(...args: string[]): Promise<Ended> {
  const command = join(devkit, "src/cli/index.js");
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

/** The files of a package, from its folder; not what it has installed. */
async function filesBelow(place: string): Promise<string[]> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
  return files.map((it) => relative(place, it)).filter((it) => !it.startsWith("node_modules"));
}

describe("the package", () => {
  test("holds the contract of every instance and nothing that only a clone needs", async () => {
    expect((await readdir(join(devkit, "generated"))).sort()).toEqual(
      [...instanceNames, "family", "registry.json", "workbench.d.ts", "workbench.js"].sort(),
    );
    const patterns = [
      /^(CHANGELOG\.md|LICENSE|README\.md|scale\.md|package\.json)$/,
      /^generated\/(registry\.json|workbench\.(js|d\.ts)|[\w.-]+\/(openapi(-3\.0|-flat)?\.yaml|parsed\.json))$/,
      /^openapi\/i18n\/[a-z]+\.yaml$/,
      /^releases\/(README\.md|[\d.]+\.json)$/,
      /^schemas\/[\w-]+\.schema\.json$/,
      /^screenshots\/workbench-[\w-]+\.png$/,
      /^src\/cli\/config\.schema\.json$/,
      /^src\/workbench\/openapi\.yaml$/,
      /^src\/(docs\/assets|workbench\/page\/styles)\/[\w-]+\.css$/,
      /^src\/[\w/-]+\.(js|d\.ts)$/,
    ];
    const files = await filesBelow(devkit);
    expect(files.filter((file) => !patterns.some((it) => it.test(file)))).toEqual([]);
    expect(files.filter((file) => /^src\/(generate|import|diff|package)\//.test(file))).toEqual([]);
    for (const file of files.filter((it) => /\.(js|ts|json|yaml|md)$/.test(it))) {
      const text = await readFile(join(devkit, file), "utf8");
      // Nothing of the machine that built it, and no map whose source is not there.
      expect(text.includes(projectRoot) || /^\/\/[#@] sourceMappingURL=/m.test(text), file).toBe(false);
    }
    // The checks mask keys as the client does.
    expect(await readdir(join(devkit, "src/client"))).toEqual(["mask.d.ts", "mask.js"]);
  });

  test.each(["README.md", "scale.md"])("its %s leads to files of the package alone", async (name) => {
    const text = await readFile(join(devkit, name), "utf8");
    const links = [...text.matchAll(/\]\(([^)#]*)[^)]*\)/g)].map(([, to = ""]) => to);
    for (const to of links.filter((it) => it !== "" && !it.startsWith("https:"))) {
      await access(join(devkit, to));
    }
  });

  test("runs no script when it is installed, and is fit to be published", async () => {
    const lock = await readFile(join(folder, "package-lock.json"), "utf8");
    expect(lock).not.toContain("hasInstallScript");
    const [tarball = ""] = (await readdir(folder)).filter((file) => file.endsWith(".tgz"));
    expect(await checkPackage("devkit", join(folder, tarball))).toEqual([]);
  });
});

test("its declarations compile, each of them, without skipLibCheck", async () => {
  expect(await checkDeclarations("devkit", devkit, ["typescript-native"])).toEqual([]);
});

describe("the command", () => {
  test("tells its commands, its version, and the nearest to an unknown name", async () => {
    const [help, helped, version, unknown, nothing] = await Promise.all([
      call("--help"),
      call("help"),
      call("--version"),
      call("sandbx", "--help"),
      call(),
    ]);
    expect(help.code).toBe(0);
    expect(helped).toEqual(help);
    for (const command of commands.keys()) expect(help.stdout).toMatch(new RegExp(`^  ${command} +\\w`, "m"));
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(unknown).toEqual({
      code: 2,
      stdout: "",
      stderr: "error: unknown command 'sandbx'\n(Did you mean sandbox?)\n",
    });
    expect(nothing.code).toBe(2);
  });

  test.each([...commands.keys()])("%s --help: how it is called, and the exit codes last", async (command) => {
    const { code, stdout, stderr } = await call(command, "--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^Usage: notification-handlers ${command} \\[options\\]`));
    expect(stdout).toMatch(/\nExit codes: 0 .*2 .*\.\n$/s);
  });

  test.each([...commands.keys()])("%s names the nearest to an unknown option", async (command) => {
    expect(await call(command, "--hlep")).toEqual({
      code: 2,
      stdout: "",
      stderr: "error: unknown option '--hlep'\n(Did you mean --help?)\n",
    });
  });

  test("start: the first call to a sandbox shows data, and the key is the same at each start", async () => {
    const keys: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const args = [join(devkit, "src/cli/index.js"), "start", "--port", "0", "--log", "none"];
      const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
      let stderr = "";
      child.stderr.on("data", (chunk) => {
        stderr += chunk;
      });
      let text = "";
      // It ends where nobody reads what it prints: this reads on.
      await new Promise<void>((resolve) => {
        child.stdout.on("data", (chunk) => {
          text += chunk;
          if (text.includes("\nOpen ")) resolve();
        });
        child.on("close", () => resolve());
      });
      const [, key = ""] = /^API key of the sandboxes: (\S+)$/m.exec(text) ?? [];
      const [, baseUrl = ""] = /^\S+ +(http:\S+\/sandbox\/\S+)$/m.exec(text) ?? [];
      keys.push(key);
      const answer = await fetch(`${baseUrl}/notification-handlers`, {
        headers: { authorization: `Bearer ${key}` },
      });
      expect(await answer.json()).toMatchObject({ meta: { total: 20 } });
      for (const page of [
        "/",
        "/_page/page.js",
        "/_page/page.css",
        `/docs/${instanceNames[0]}/`,
        "/docs/differences.html",
      ])
        expect((await fetch(new URL(page, baseUrl))).status, page).toBe(200);
      const ended = new Promise((resolve) => child.on("close", resolve));
      child.kill("SIGTERM");
      expect(await ended).toBe(0);
      expect(stderr).toBe("");
    }
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(keys[1]).toBe(keys[0]);
    const { mode } = await stat(join(folder, "state/notification-handlers/sandbox-key"));
    expect(mode & 0o777).toBe(0o600);
  });
});

describe("in code", () => {
  test("mock, sandbox and checks from an empty folder", async () => {
    const typescript = createRequire(import.meta.url)("typescript");
    const source = await readFile(join(folder, "main.ts"), "utf8");
    const { outputText } = typescript.transpileModule(source, {
      compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 },
    });
    await writeFile(join(folder, "main.mjs"), outputText);
    const { stdout } = await run(process.execPath, ["main.mjs"], { cwd: folder, env });
    expect(JSON.parse(stdout)).toEqual({ mocked: true, stored: 3, seen: 200, verdict: "honoured" });
  });

  test("compiles, and an option of another type does not", async () => {
    const tsc = join(modules, "typescript/bin/tsc");
    const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "node"];
    const types = ["--typeRoots", join(modules, "@types")];
    await run(process.execPath, [tsc, ...options, ...types, "main.ts"], { cwd: folder, env });
  }, 120_000);
});
