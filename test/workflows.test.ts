import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = `${root}.github/workflows/`;

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const { scripts } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const files = readdirSync(folder);

describe.each(files)("%s", (file) => {
  const { permissions, jobs }: Workflow = parse(readFileSync(folder + file, "utf8"));
  const all = Object.values(jobs);

  test("may do no more than read, unless a job says what it is for", () => {
    expect(permissions).toBeDefined();
    expect([{}, { contents: "read" }]).toContainEqual(permissions);
  });

  test("has an end for every job that hangs", () => {
    for (const [name, job] of Object.entries(jobs)) expect(job["timeout-minutes"], name).toBeGreaterThan(0);
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
