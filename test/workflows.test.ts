import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { folders } from "./mutation/folders.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = `${root}.github/workflows/`;

interface Job {
  readonly "runs-on": string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

interface Workflow {
  readonly concurrency?: { readonly group: string };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const { engines, scripts } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const files = readdirSync(folder);

describe.each(files)("%s", (file) => {
  const { concurrency, permissions, jobs }: Workflow = parse(readFileSync(folder + file, "utf8"));
  const all = Object.values(jobs);

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

const read = (file: string): Workflow => parse(readFileSync(`${folder}${file}.yml`, "utf8"));

describe("gates", () => {
  const page = readFileSync(`${root}docs/testing.md`, "utf8");
  const gates = [...page.matchAll(/^\| .+ \| `(npm [\w: ]+)` \| `(\w+)`, `(\w+)` \|$/gm)].map(
    ([, command = "", workflow = "", job = ""]) => ({ command, workflow, job }),
  );

  test.each(gates)("$command is run by the job $job of $workflow", ({ command, workflow, job }) => {
    const { steps = [], strategy } = read(workflow).jobs[job] ?? {};
    const texts = steps.map(({ run = "" }) => run.replaceAll("npm run -s ", "npm run "));
    const { script = [] } = strategy?.matrix ?? {};
    const said = texts
      .flatMap((text) => [text, ...script.map((each) => text.replace(/\$\{\{ matrix\.script \}\}/, each))])
      .join("\n");
    // .ci/run installs, and runs the script that it is told.
    const all = `${said}\n`.replaceAll("bash .ci/run ", "npm run ").replace("npm run test\n", "npm test\n");
    expect(all).toMatch(new RegExp(`${command}[\\s]`));
  });

  test("are all the scripts that check something", () => {
    const named = gates.map(({ command }) => command.replace(/^npm (run )?/, ""));
    // These are part of others, for a person, or make something. A script that is new is a gate, or named here.
    const parts = ["lint", "typecheck", "generate", "test:quick", "collections"];
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

test("Renovate pins the actions by commit", () => {
  const { extends: presets } = JSON.parse(readFileSync(`${root}renovate.json`, "utf8"));
  expect(presets).toContain("helpers:pinGitHubActionDigests");
});
