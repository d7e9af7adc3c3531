import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { folders } from "./mutation/folders.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = `${root}.github/workflows/`;

/** What a job and a step say of whether they run, and whether their failure counts. */
interface Condition {
  readonly if?: string;
  readonly "continue-on-error"?: boolean;
}

interface Step extends Condition {
  readonly uses?: string;
  readonly run?: string;
}

interface Job extends Condition {
  readonly "runs-on": string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly concurrency?: { readonly group: string };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const { engines, scripts } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const files = readdirSync(folder);

type Parser = typeof import("@actions/workflow-parser");

/** GitHub's own parser, which imports JSON as bundlers alone do. */
let parser: Parser;
let place: string;
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "workflow-parser-"));
  const build = await rolldown({ input: "@actions/workflow-parser", cwd: root, platform: "browser" });
  const file = join(place, "parser.mjs");
  await build.write({ file });
  parser = await import(pathToFileURL(file).href);
});
afterAll(() => rm(place, { recursive: true }));

/** What GitHub says of a workflow: unknown keys, rights and events, misspelt expressions, a job that waits for one that there is not. */
async function errorsOf(content: string): Promise<string[]> {
  const { context, value } = parser.parseWorkflow(
    { name: "workflow", content },
    new parser.NoOperationTraceWriter(),
  );
  if (value !== undefined) await parser.convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

describe.each(files)("%s", (file) => {
  const text = readFileSync(folder + file, "utf8");
  const { concurrency, permissions, jobs }: Workflow = parse(text);
  const all = Object.values(jobs);

  test("is one that GitHub understands", async () => {
    expect(await errorsOf(text)).toEqual([]);
  });

  test("pins its actions by commit, and names the version of each", () => {
    const used = [...text.matchAll(/uses: (\S+)@(.*)$/gm)].map(([, action = "", at = ""]) => ({
      action,
      at,
    }));
    const unpinned = used.filter(({ at }) => !/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(at));
    expect(unpinned).toEqual([]);
    // However it is written.
    expect(used).toHaveLength(all.flatMap((job) => job.steps.flatMap(({ uses }) => uses ?? [])).length);
  });

  test("asks its matrix only for what is in it", () => {
    for (const job of all) {
      const { include = [], ...axes } = job.strategy?.matrix ?? {};
      const known = [...Object.keys(axes), ...include.flatMap((each) => Object.keys(each))];
      for (const [, name = ""] of JSON.stringify(job).matchAll(/matrix\.([\w-]+)/g))
        expect(known).toContain(name);
    }
  });

  test("may do no more than read, unless a job says what it is for", () => {
    expect(permissions).toBeDefined();
    expect([{}, { contents: "read" }]).toContainEqual(permissions);
  });

  test("has an end for every job that hangs", () => {
    for (const [name, job] of Object.entries(jobs)) expect(job["timeout-minutes"], name).toBeGreaterThan(0);
  });

  test("says which of its runs wait for each other", () => {
    expect(concurrency?.group).toBeTruthy();
  });

  test("uses actions of GitHub's own alone", () => {
    const used = all.flatMap((job) => job.steps.flatMap(({ uses }) => uses ?? []));
    expect(used.filter((each) => !each.startsWith("actions/"))).toEqual([]);
  });

  test("a job with the right to publish checks nothing out and installs nothing", () => {
    for (const job of all.filter((each) => each.permissions?.["id-token"] === "write")) {
      expect(
        job.steps.map(({ uses }) => uses).filter((uses) => uses?.startsWith("actions/checkout")),
      ).toEqual([]);
      expect(job.steps.map(({ run = "" }) => run).join("\n")).not.toMatch(/npm (ci|install|run)|npx/);
    }
  });

  test("runs scripts and tests that there are", () => {
    const commands = all.flatMap((job) => job.steps.map(({ run = "" }) => run)).join("\n");
    for (const [, name = ""] of commands.matchAll(/npm run (?:-s )?([\w:-]+)/g))
      expect(scripts).toHaveProperty(name);
    for (const [, tests = ""] of commands.matchAll(/vitest run ((?:test\/\S+ ?)+)/g))
      for (const path of tests.trim().split(" ")) expect(existsSync(root + path), path).toBe(true);
  });
});

test.each([
  ["a step's key", "on: push\njobs: { a: { runs-on: b, steps: [{ run: c, shel: d }] } }", "shel"],
  ["an event", "on: psh\njobs: { a: { runs-on: b, steps: [{ run: c }] } }", "psh"],
  ["an expression", "on: push\njobs: { a: { runs-on: b, steps: [{ if: matrx.c, run: d }] } }", "matrx"],
  [
    "a right",
    "on: push\npermissions: { content: read }\njobs: { a: { runs-on: b, steps: [{ run: c }] } }",
    "content",
  ],
])("GitHub's parser notices %s that there is not", async (_, content, name) => {
  expect((await errorsOf(content)).join("\n")).toContain(name);
});

const read = (file: string): Workflow => parse(readFileSync(`${folder}${file}.yml`, "utf8"));

const counts = (it: Condition) => it.if === undefined && it["continue-on-error"] === undefined;

/** The lines that a job always runs and that can fail it, with the scripts of its matrix. */
function linesOf(job: Job | undefined): string[] {
  if (job === undefined || !counts(job)) return [];
  const { script = [""] } = job.strategy?.matrix ?? {};
  const lines = job.steps.filter(counts).flatMap(({ run = "" }) => run.split("\n"));
  return lines.flatMap((line) => {
    const each = line.includes("matrix.script") ? script : [""];
    // .ci/run installs, and runs the script that it is told.
    return each.map((name) =>
      line
        .trim()
        .replace(/\$\{\{ matrix\.script \}\}/, name)
        .replace(/^(bash \.ci\/run|npm run -s) /, "npm run ")
        .replace(/^npm run test$/, "npm test"),
    );
  });
}

describe("gates", () => {
  const page = readFileSync(`${root}docs/testing.md`, "utf8");
  const gates = [
    ...page.matchAll(/^\| .+ \| `(npm [\w: ]+?)(?: -- (--\w+))?` \| `(\w+)`, `(\w+)` \|$/gm),
  ].map(([, command = "", option = "", workflow = "", job = ""]) => ({ command, option, workflow, job }));

  test.each(gates)("$command is run by the job $job of $workflow, and can fail it", (gate) => {
    const lines = linesOf(read(gate.workflow).jobs[gate.job]);
    const runs = lines.filter((line) => `${line} `.startsWith(`${gate.command} `));
    expect(
      runs.filter((line) => line.includes(gate.option) && !/[|;&]/.test(line)),
      lines.join("\n"),
    ).toHaveLength(1);
  });

  const forEach = gates.filter(({ workflow }) => workflow === "ci" || workflow === "contracts");

  test.each([".github/pull_request_template.md", "CONTRIBUTING.md"])(
    "of a pull request are all named in %s",
    (file) => {
      const text = readFileSync(root + file, "utf8");
      expect(forEach.map(({ command }) => command).filter((it) => !text.includes(`\`${it}`))).toEqual([]);
      expect(forEach.length).toBeGreaterThan(0);
    },
  );

  test("are all the scripts that check something", () => {
    const named = gates.map(({ command }) => command.replace(/^npm (run )?/, ""));
    // These are part of others, for a person, or make something. A script that is new is a gate, or named here.
    const parts = ["lint", "generate", "test:quick", "collections"];
    const people = ["start", "mock", "contract", "sandbox", "add-type", "import", "format"];
    const makers = ["build", "release:version", "keep-release", "docs:screenshots"];
    expect([...named, ...parts, ...people, ...makers].sort()).toEqual(Object.keys(scripts).sort());
  });
});

describe("platforms", () => {
  const nodes = ["20.19", "22", "24"];
  const { test: linux, platforms } = read("ci").jobs;

  test("are Linux, macOS and Windows, each with every Node that is supported", () => {
    expect(linux).toMatchObject({ "runs-on": "ubuntu-latest", strategy: { matrix: { node: nodes } } });
    expect(platforms?.strategy?.matrix).toMatchObject({
      os: ["macos-latest", "windows-latest"],
      node: nodes,
    });
    expect(engines.node).toBe("^20.19.0 || >=22.12.0");
    expect(nodes).toContain(readFileSync(`${root}.nvmrc`, "utf8").trim());
  });

  test("all install both packages, as somebody would who has only those", () => {
    const said = platforms?.steps.map(({ run = "" }) => run).join("\n");
    expect(said).toContain("./dist/package ./dist/devkit");
    expect(said).toContain("npx notification-handlers contract --sandbox");
  });
});

test("each folder that is mutated has its night, and its floor in docs/testing.md", () => {
  expect(read("nightly").jobs.mutation?.strategy?.matrix.folder).toEqual(Object.keys(folders));
  const page = readFileSync(`${root}docs/testing.md`, "utf8");
  for (const [name, { floor }] of Object.entries(folders))
    expect(page).toMatch(
      new RegExp(`^\\| \`src/${name}\` \\| ${floor === null ? "none yet" : `${floor} %`} \\|`, "m"),
    );
});

test("Renovate keeps the actions' commits current", () => {
  const { extends: presets } = JSON.parse(readFileSync(`${root}renovate.json`, "utf8"));
  expect(presets).toContain("helpers:pinGitHubActionDigests");
});
