import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as clientModule from "../../src/client/index.ts";
import { descriptionNames, keyVariable, loadDescription, rolesOf } from "../../src/description/index.ts";
import { type Sample, samplesOf } from "../../src/docs/index.ts";
import { type StartedSandbox, startSandbox } from "../../src/sandbox/index.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

/** The order in which samples make sense: what they read, change and delete is there. */
const order = ["create", "list", "read", "update", "delete"];

describe.each(descriptionNames)("the samples of %s", (name) => {
  const description = loadDescription(name);
  const samples = samplesOf(description).sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));

  test("cover every operation, and every named example of a body, for curl and the client", () => {
    for (const operation of description.operations) {
      const own = samples.filter(({ operationId }) => operationId === operation.id);
      const keys = operation.body?.contents[0]?.exampleKeys ?? [];
      for (const tool of ["curl", "client"]) {
        const examples = own.filter((each) => each.tool === tool).map(({ example }) => example);
        expect(examples.length).toBeGreaterThan(0);
        if (keys.length > 0) expect(examples).toEqual(keys);
      }
    }
    const creates = samples.filter(({ kind, tool }) => kind === "create" && tool === "curl");
    const sent = (type: string) => creates.some(({ source }) => source.includes(`type=${type}'`));
    for (const type of description.handlerTypes) expect(sent(type), type).toBe(true);
    // An open contract shows how a type is created that it does not know.
    expect(creates.length - description.handlerTypes.length).toBe(description.about.open ? 1 : 0);
  });

  describe.each(["curl", "client"] as const)("written for %s", (tool) => {
    let sandbox: StartedSandbox;
    beforeAll(async () => {
      sandbox = await startSandbox({ instance: name });
    });
    afterAll(() => sandbox.close());

    test.each(samples.filter((each) => each.tool === tool))(
      "$operationId $example $label",
      async (sample) => {
        await (tool === "curl" ? runCurl : runClient)(sample, sandbox);
      },
    );

    test("did what they say", async () => {
      const created = samples.filter((each) => each.kind === "create" && each.tool === tool);
      const types = created.map(({ source }) => /type(?:=|: (?:unlistedType\()?")([^'"]+)/.exec(source)?.[1]);
      const client = clientModule.createClient({ baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey });
      const { data: handlers } = await client.list();
      // The first was read, changed and deleted again.
      expect(handlers.map(({ type }) => type)).toEqual(types.slice(1));
      for (const { type, settings } of handlers) {
        const fields = rolesOf(description).fields.get(type);
        if (fields !== undefined) expect(Object.keys(settings)).toEqual(fields);
      }
    });
  });

  async function runCurl({ source }: Sample, { baseUrl, apiKey }: StartedSandbox): Promise<void> {
    const command = `${source.replace(description.baseUrl, baseUrl)} --fail --silent --show-error`;
    const { stdout } = await run("bash", ["-c", command], { env: { ...process.env, [keyVariable]: apiKey } });
    if (stdout !== "") expect(() => JSON.parse(stdout)).not.toThrow();
  }

  async function runClient({ source }: Sample, { baseUrl, apiKey }: StartedSandbox): Promise<void> {
    const body = source.replace(/^import .*\n/, "");
    const createClient = (options: object) =>
      clientModule.createClient({ ...options, baseUrl, apiKey: (options as { apiKey: string }).apiKey });
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
    const printed: unknown[][] = [];
    const scope = {
      createClient,
      unlistedType: clientModule.unlistedType,
      console: { log: (...values: unknown[]) => printed.push(values) },
      process: { env: { [keyVariable]: apiKey } },
    };
    await new AsyncFunction(...Object.keys(scope), body)(...Object.values(scope));
    for (const values of printed) expect(values).not.toContain(undefined);
  }
});

test("the client's samples compile as a reader's code does, strictly", () => {
  const files = new Map<string, string>();
  for (const name of descriptionNames) {
    samplesOf(loadDescription(name)).forEach(({ tool, source }, index) => {
      if (tool === "client") files.set(join(root, `test/docs/sample-${name}-${index}.ts`), source);
    });
  }
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2024.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    moduleDetection: ts.ModuleDetectionKind.Force,
    paths: { "notification-handlers-api": [join(root, "src/client/index.ts")] },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.getCurrentDirectory = () => root;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = files.get(file);
    return text === undefined
      ? getSourceFile(file, version, ...rest)
      : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = ts.getPreEmitDiagnostics(program).map((each) => {
    const text = ts.flattenDiagnosticMessageText(each.messageText, "\n");
    return `${each.file?.fileName.slice(root.length)}: ${text}`;
  });
  expect(problems).toEqual([]);
});
