import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../src/generate/paths.ts";
import { buildPackage, packPackage } from "../../src/package/index.ts";
import { triesAll } from "../scope.ts";
import { proxy, reactQuery, recipe } from "./recipes.ts";

/*
 * The packed package in the compilers, test runners and bundlers that people have. They are installed from this folder's lock, which takes
 * minutes, so this is done with CONSUMERS=all alone; test/client/package.test.ts tries the package with what the project has anyway.
 */
const isAsked = triesAll("CONSUMERS");
const patience = 600_000;
const run = promisify(execFile);
const here = import.meta.dirname;
/** What `use` of use.ts gives where all is well. */
const used = "7 Ops https://bitpeak.ru/api google_chat invalid_argument";

/** A folder with the tools and the package in its node_modules, in which each project has a folder of its own. */
let folder = "";

/** Makes a project with these files of this folder, and these ones. */
async function project(name: string, copied: readonly string[], written: Record<string, unknown> = {}) {
  const place = join(folder, name);
  await mkdir(place, { recursive: true });
  for (const file of copied) await cp(join(here, file), join(place, file), { recursive: true });
  for (const [file, content] of Object.entries(written))
    await writeFile(join(place, file), typeof content === "string" ? content : JSON.stringify(content));
  return place;
}

/** Runs a module of a tool in a project. Rejects with what it printed. */
async function tool(place: string, path: string, args: readonly string[], options: readonly string[] = []) {
  const command = [...options, join(folder, "node_modules", path), ...args];
  const env = {
    ...process.env,
    CI: "1",
    NODE_ENV: undefined,
    FORCE_COLOR: undefined,
    NO_COLOR: "1",
    VITEST: undefined,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  try {
    const { stdout, stderr } = await run(process.execPath, command, {
      cwd: place,
      env: env as NodeJS.ProcessEnv,
    });
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${stdout}${stderr}`.slice(0, 4000));
  }
}

const printsUse = 'import { use } from "./use";\nuse().then((text) => console.log(text));\n';

describe.runIf(isAsked)("the packed package", () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "consumers-"));
    for (const file of ["package.json", "package-lock.json"]) await cp(join(here, file), join(folder, file));
    const { tarball } = await packPackage("client", folder);
    // Not `npm ci`: that fails where a registry lacks a tool's binary for another platform.
    const options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
    await run("npm", ["install", ...options, tarball], { cwd: folder });
  }, patience);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** TypeScript 5.0 can't read openapi-fetch's own declarations; 7 knows the resolution of old no more. */
  const compilers = [
    { compiler: "typescript-5.0", resolutions: ["node10", "node16", "bundler"], skipLibCheck: true },
    { compiler: "typescript-5.4", resolutions: ["node10", "node16", "bundler"], skipLibCheck: false },
    { compiler: "typescript", resolutions: ["node10", "node16", "nodenext", "bundler"], skipLibCheck: false },
    { compiler: "typescript-7", resolutions: ["node16", "nodenext", "bundler"], skipLibCheck: false },
  ].flatMap(({ resolutions, ...compiler }) => resolutions.map((resolution) => ({ ...compiler, resolution })));

  test.each(compilers)(
    "compiles with $compiler and moduleResolution $resolution, as ES modules and as CommonJS",
    async ({ compiler, resolution, skipLibCheck }) => {
      const module = { node10: "commonjs", bundler: "esnext" }[resolution] ?? resolution;
      const compilerOptions = {
        ...{
          target: "es2022",
          lib: ["es2022", "dom", "dom.iterable"],
          strict: true,
          types: [],
          skipLibCheck,
        },
        ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
        ...{ module, moduleResolution: resolution, outDir: "out" },
      };
      for (const type of resolution === "node10" ? ["commonjs"] : ["module", "commonjs"]) {
        const place = await project(`${compiler}-${resolution}-${type}`, ["use.ts"], {
          "package.json": { type },
          "main.ts": printsUse.replace("./use", "./use.js"),
          "tsconfig.json": { compilerOptions, files: ["main.ts"] },
        });
        await tool(place, `${compiler}/bin/tsc`, ["-p", "tsconfig.json"]);
        // What is compiled for bundlers is run by the bundlers below.
        if (module === "esnext" && type === "commonjs") continue;
        const { stdout } = await run(process.execPath, ["out/main.js"], { cwd: place });
        expect(stdout).toBe(`${used}\n`);
      }
    },
    patience,
  );

  const runners = [
    { runner: "Jest as it comes", file: "jest.spec.js", config: {}, options: [] },
    {
      runner: "ts-jest",
      file: "ts-jest.spec.ts",
      config: {
        transform: {
          "\\.ts$": ["ts-jest", { tsconfig: { strict: true, esModuleInterop: true, types: [] } }],
        },
      },
      options: [],
    },
    {
      runner: "Jest with ES modules",
      file: "esm-jest.spec.mjs",
      config: { testMatch: ["**/*.spec.mjs"] },
      options: ["--experimental-vm-modules"],
    },
  ];
  test.each(runners)(
    "loads in $runner",
    async ({ runner, file, config, options }) => {
      const place = await project(runner.replaceAll(" ", "-"), [file, "use.ts"], {
        "package.json": {},
        "jest.config.json": { rootDir: ".", ...config },
      });
      const printed = await tool(place, "jest/bin/jest.js", ["--config", "jest.config.json"], options);
      expect(printed).toMatch(/Tests: +1 passed, 1 total/);
    },
    patience,
  );

  /** How each bundler is called in code: from bundled.ts, or from what TypeScript has made of it, to out.mjs. */
  const bundlers: Record<string, { input: string; script: string }> = {
    esbuild: {
      input: "bundled.ts",
      script: `import { build } from "esbuild";
        await build({ entryPoints: [input], outfile: "out.mjs", bundle: true, minify: true, format: "esm", logLevel: "warning" });`,
    },
    rollup: {
      input: "bundled.js",
      script: `import { rollup } from "rollup";
        import resolve from "@rollup/plugin-node-resolve";
        const bundle = await rollup({ input, plugins: [resolve({ browser: true })], onwarn: (warning) => { throw warning; } });
        await bundle.write({ file: "out.mjs", format: "esm" });`,
    },
    rolldown: {
      input: "bundled.ts",
      script: `import { build } from "rolldown";
        await build({ input, platform: "browser", output: { file: "out.mjs", minify: true } });`,
    },
    webpack: {
      input: "bundled.js",
      script: `import webpack from "webpack";
        const output = { path: import.meta.dirname, filename: "out.mjs" };
        const stats = await promisify(webpack)({ mode: "production", target: "web", context: import.meta.dirname, entry: "./" + input, output });
        if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());`,
    },
    Vite: {
      input: "bundled.ts",
      script: `import { build } from "vite";
        await build({ configFile: false, logLevel: "warn", build: { emptyOutDir: false, outDir: ".",
          lib: { entry: input, formats: ["es"], fileName: () => "out.mjs" } } });`,
    },
  };
  test.each(Object.entries(bundlers))(
    "is bundled by %s, and the bundle runs",
    async (bundler, { input, script }) => {
      const place = await project(`bundle-${bundler}`, ["use.ts"], {
        "package.json": { type: "module" },
        // A module that tsc has written is named in full, as webpack wants it in ES modules.
        "bundled.ts": input.endsWith(".js") ? printsUse.replace("./use", "./use.js") : printsUse,
        "build.mjs": `import { promisify } from "node:util";\nvoid promisify;\nconst input = ${JSON.stringify(input)};\n${script}`,
      });
      if (input.endsWith(".js")) {
        const options = [
          "--target",
          "es2022",
          "--module",
          "esnext",
          "--moduleResolution",
          "bundler",
          "--strict",
        ];
        await tool(place, "typescript/bin/tsc", [...options, "bundled.ts"]);
      }
      await run(process.execPath, ["build.mjs"], {
        cwd: place,
        env: { ...process.env, NODE_ENV: "production" },
      });
      const { stdout } = await run(process.execPath, ["out.mjs"], { cwd: place });
      expect(stdout).toBe(`${used}\n`);
      // It brings the instance that it names beside the main entry, and no other's types of handlers.
      expect(await readFile(join(place, "out.mjs"), "utf8")).not.toContain("twilio");
    },
    patience,
  );

  test(
    "is built by Next.js into a page, for its server and for browsers",
    async () => {
      const place = await project("next", [], { "package.json": { type: "module" } });
      await cp(join(here, "next"), place, { recursive: true });
      await tool(place, "next/dist/bin/next", ["build"]);
      const html = await readFile(join(place, ".next/server/app/index.html"), "utf8");
      expect(html).toContain("created 7");
      expect(html).toContain("asks https://bitpeak.ru/api");
    },
    patience,
  );

  test(
    "feeds React Query, as the docs show it, and its types do",
    async () => {
      const place = await project("react-query", [], { "package.json": { type: "module" } });
      expect(await reactQuery(place)).toBe("2 and 2\n");
      const compilerOptions = {
        strict: true,
        noEmit: true,
        jsx: "react-jsx",
        skipLibCheck: true,
        types: ["node"],
      };
      const typeRoots = [join(projectRoot, "node_modules/@types"), join(folder, "node_modules/@types")];
      const resolved = { module: "esnext", target: "es2022", moduleResolution: "bundler", typeRoots };
      const config = { compilerOptions: { ...compilerOptions, ...resolved }, files: ["totals.tsx"] };
      await writeFile(join(place, "tsconfig.json"), JSON.stringify(config));
      await tool(place, "typescript/bin/tsc", ["-p", "."]);
    },
    patience,
  );

  test(
    "goes through a proxy, as the docs show it",
    async () => {
      const place = await project("proxy", [], { "package.json": { type: "module" } });
      const { listed, asked } = await proxy(place);
      expect(listed).toBe("2 3\n");
      expect(asked[0]).toMatch(/^127\.0\.0\.1:\d+$/);
    },
    patience,
  );

  const testOfSandbox = `const client = () => createClient({ instance: "k.aws.bj", baseUrl: process.env.SANDBOX_URL, apiKey: process.env.SANDBOX_KEY });
    test("lists what the sandbox has", async () => { expect((await client().list()).meta.total).toBe(20); });`;
  test.each([
    {
      runner: "Vitest",
      path: "vitest/vitest.mjs",
      args: ["run"],
      from: 'import { createClient } from "notification-handlers-api"',
    },
    {
      runner: "Jest",
      path: "jest/bin/jest.js",
      args: ["--globalSetup", "./setup.mjs", "--forceExit"],
      from: 'const { createClient } = require("notification-handlers-api")',
    },
  ])(
    "is tested with a sandbox in $runner, as the docs show it",
    async ({ runner, path, args, from }) => {
      await symlink(
        join(projectRoot, await buildPackage("devkit")),
        join(folder, "node_modules/notification-handlers-devkit"),
      ).catch((error) => {
        if (error.code !== "EEXIST") throw error;
      });
      const place = await project(`sandbox-${runner}`, [], {
        "package.json": {},
        "setup.mjs": await recipe("startSandbox"),
        "vitest.config.mjs": "export default { test: { globalSetup: ['./setup.mjs'], globals: true } };",
        "sandbox.test.js": `${from};\n${testOfSandbox}`,
      });
      expect(await tool(place, path, args)).toMatch(/Tests:? +(\S*)1 passed/);
    },
    patience,
  );

  test(
    "is installed as the docs say: both packages, from a clone, and stays when something else is installed",
    async () => {
      await run("npm", ["run", "build"], { cwd: projectRoot });
      const docs = await readFile(join(projectRoot, "docs/publishing.md"), "utf8");
      const commands = [...docs.matchAll(/^npm install .*<clone>.*$/gm)].map(([command]) => command);
      expect(commands).toHaveLength(2);
      const place = await mkdtemp(join(tmpdir(), "installed-"));
      await writeFile(join(place, "package.json"), "{}");
      for (const command of commands)
        await run("sh", ["-c", command.replaceAll("<clone>", projectRoot)], { cwd: place });
      await run("npm", ["install"], { cwd: place });
      const packages = await readdir(join(place, "node_modules"), { withFileTypes: true });
      expect(packages.filter((each) => each.isSymbolicLink())).toEqual([]);
      const script =
        'import("notification-handlers-api").then(({ instanceNames }) => console.log(instanceNames.length > 0))';
      expect((await run(process.execPath, ["--eval", script], { cwd: place })).stdout).toBe("true\n");
      const { stdout } = await run("npx", ["--no-install", "notification-handlers", "--version"], {
        cwd: place,
      });
      expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
      await rm(place, { recursive: true });
    },
    patience,
  );
});
