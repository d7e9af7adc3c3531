import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import * as clientModule from "../../src/client/index.ts";
import {
  type Description,
  descriptionNames,
  instanceEntry,
  keyVariable,
  loadDescription,
  rolesOf,
} from "../../src/description/index.ts";
import { type Sample, samplesOf } from "../../src/docs/index.ts";
import { type Tool, tools } from "../../src/docs/samples/index.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import { triesAll } from "../scope.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "samples-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The order in which samples make sense: what they read, change and delete is there. */
const order = ["create", "list", "read", "update", "delete"];

function inOrder(description: Description, tool: Tool): Sample[] {
  return samplesOf(description)
    .filter((sample) => sample.tool === tool)
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

describe.each(descriptionNames)("the samples of %s", (name) => {
  const description = loadDescription(name);

  test("cover every operation, and every named example of a body, in every language", () => {
    const samples = samplesOf(description);
    for (const operation of description.operations) {
      const own = samples.filter((each) => each.operation === operation);
      const keys = operation.body?.contents[0]?.exampleKeys ?? [];
      for (const tool of Object.keys(tools)) {
        const examples = own.filter((each) => each.tool === tool).map(({ example }) => example);
        expect(examples.length, operation.id).toBeGreaterThan(0);
        if (keys.length > 0) expect(examples).toEqual(keys);
      }
    }
    const created = samples.filter(({ kind, tool }) => kind === "create" && tool === "curl");
    for (const type of description.handlerTypes) {
      expect(created.filter((each) => each.type === type).length, type).toBe(1);
    }
    // An open contract shows how a type is created that it does not know.
    expect(created.length - description.handlerTypes.length).toBe(description.about.open ? 1 : 0);
  });

  test("break no line of a shell at the key", () => {
    for (const { source } of inOrder(description, "curl")) {
      for (const line of source.split("\n").slice(0, -1)) expect(line).toMatch(/ \\$/);
    }
  });
});

/** How the samples of a language are run, all of an instance in one process; false where it is not installed. */
const runners: Record<Tool, Runner | false> = {
  curl: installed("curl", "--version") && {
    extension: "sh",
    command: "bash",
    driver: (files) => files.map((file) => `. ${file}; echo`).join("\n"),
    adapt: (source) => source.replace(/^curl /, "curl --silent --show-error --write-out ' %{http_code}' "),
  },
  javascript: {
    extension: "mjs",
    command: process.execPath,
    driver: (files) => files.map((file) => `await import(${JSON.stringify(file)});`).join("\n"),
  },
  python: installed("python3", "-c", "import requests") && {
    extension: "py",
    command: "python3",
    driver: (files) =>
      ["import runpy", ...files.map((file) => `runpy.run_path(${JSON.stringify(file)})`)].join("\n"),
  },
  php: installed("php", "-r", "curl_init();") && {
    extension: "php",
    command: "php",
    driver: (files) => `<?php\n${files.map((file) => `require '${file}'; echo "\\n";`).join("\n")}`,
  },
  // Runs in this process, below.
  typescript: false,
};

interface Runner {
  readonly extension: string;
  readonly command: string;
  readonly driver: (files: readonly string[]) => string;
  readonly adapt?: (source: string) => string;
}

function installed(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`The samples for ${command} are not run: it is not installed, or lacks what they need.`);
    return false;
  }
}

/** All instances in every language would start a hundred processes; SAMPLES=all does. These have every type and the open one between them. */
const richest = [...descriptionNames].sort((a, b) => weight(b) - weight(a))[0] ?? "";
const tried = triesAll("SAMPLES") ? descriptionNames : [richest];
function weight(name: string): number {
  const { types, parameters } = instanceEntry(name);
  return types.length + Object.keys(parameters).length + (name === "family" ? -1 : 0);
}

describe.each(tried)("the samples of %s, run against its sandbox", (name) => {
  const description = loadDescription(name);
  const { properties } = rolesOf(description);

  test.each((Object.keys(runners) as Tool[]).filter((tool) => runners[tool]))("%s", async (tool) => {
    const runner = runners[tool] as Runner;
    const { baseUrl, apiKey, close } = await startSandbox({ instance: name });
    try {
      const files = inOrder(description, tool).map(({ source }, index) => {
        const adapted = (runner.adapt?.(source) ?? source).replaceAll(description.baseUrl, baseUrl);
        const file = join(folder, `${tool}-${index}.${runner.extension}`);
        writeFileSync(file, adapted);
        return file;
      });
      const driver = join(folder, `${tool}.${runner.extension}`);
      writeFileSync(driver, runner.driver(files));
      const env = { ...process.env, [keyVariable]: apiKey, [idVariable(description)]: "1" };
      const { stdout } = await run(runner.command, [driver], { env });
      expect(stdout.match(/\b[2345]\d\d\b(?!:)/g)?.filter((status) => status !== "200") ?? []).toEqual([]);
      await expectDone(baseUrl, apiKey);
    } finally {
      await close();
    }
  });

  test("typescript", async () => {
    const { baseUrl, apiKey, close } = await startSandbox({ instance: name });
    try {
      for (const { source } of inOrder(description, "typescript")) {
        const body = source.replace(/^import .*\n/, "");
        const printed: unknown[][] = [];
        const scope = {
          createClient: (options: { apiKey: string }) => clientModule.createClient({ ...options, baseUrl }),
          unlistedType: clientModule.unlistedType,
          console: { log: (...values: unknown[]) => printed.push(values) },
          process: { env: { [keyVariable]: apiKey, [idVariable(description)]: "1" } },
        };
        const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
        await new AsyncFunction(...Object.keys(scope), body)(...Object.values(scope));
        for (const values of printed) expect(values).not.toContain(undefined);
      }
      await expectDone(baseUrl, apiKey);
    } finally {
      await close();
    }
  });

  /** Every create has made a handler with the fields of its type; the first was read, changed and deleted again. */
  async function expectDone(baseUrl: string, apiKey: string): Promise<void> {
    const created = inOrder(description, "curl").filter(({ kind }) => kind === "create");
    const client = clientModule.createClient({ baseUrl, apiKey });
    const { data: handlers } = await client.list();
    expect(handlers.map(({ type }) => type)).toEqual(created.slice(1).map(({ type }) => type));
    expect(properties.size).toBeGreaterThan(0);
    for (const { type, settings } of handlers) {
      const fields = rolesOf(description).fields.get(type);
      if (fields !== undefined) expect(Object.keys(settings)).toEqual(fields);
    }
  }
});

function idVariable(description: Description): string {
  const all = description.operations.flatMap(({ parameters }) => parameters);
  return all.find((each) => each.in === "path")?.name.toUpperCase() ?? "";
}

test("the client's samples compile as a reader's code does, strictly", async () => {
  const project = join(folder, "compiled");
  mkdirSync(project);
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  for (const name of descriptionNames) {
    inOrder(loadDescription(name), "typescript").forEach(({ source }, index) => {
      writeFileSync(join(project, `sample-${name}-${index}.ts`), source);
    });
  }
  const compilerOptions = {
    target: "es2023",
    lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
    module: "esnext",
    moduleResolution: "bundler",
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    moduleDetection: "force",
    paths: { "notification-handlers-api": [join(root, "src/client/index.ts")] },
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  const tsc = join(root, "node_modules/typescript-native/bin/tsc");
  const { stdout, stderr, code } = await run(process.execPath, [tsc, "-p", project]).catch((error) => error);
  expect({ stdout, stderr, code }).toEqual({ stdout: "", stderr: "", code: undefined });
});
