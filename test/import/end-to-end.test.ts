import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { appendFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { instanceNames } from "../../src/description/index.ts";
import { keptPath } from "../../src/import/register.ts";
import { bundleScripts } from "../cli/bundle.ts";
import { triesAll } from "../scope.ts";
import { madeUp, madeUpWords } from "./made-up.ts";
import { nonsense } from "./page-languages.ts";
import { type PageOf, partsOf, write } from "./pages.ts";

/*
 * A made-up instance joins a copy of the project from its page in a made-up language, by the command alone, and everything that is derived
 * works on it. What takes long runs in the nightly workflow: IMPORT_E2E=all.
 */

const root = fileURLToPath(new URL("../../", import.meta.url));
const loader = ["--disable-warning=DEP0040", "--import", "@oxc-node/core/register"];
const run = promisify(execFile);
const patience = 300_000;
const isWhole = triesAll("IMPORT_E2E");
const { hostname: name } = new URL(madeUp.baseUrl);

let folder = "";

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in the copy to its end, whatever its exit code. */
async function program(...args: string[]): Promise<Ended> {
  const options = { cwd: folder, maxBuffer: 2 ** 26 };
  return await run(process.execPath, args, options).then(
    (printed) => ({ code: 0, ...printed }),
    (error) => error as Ended,
  );
}

/** The command that registers, bundled. Those of the nightly run are the scripts themselves. */
let bundled: string[] = [];
const command = (script: string, ...args: string[]) =>
  program(...(script === "import" ? bundled : [...loader, `src/cli/${script}.ts`]), ...args);

/** The digest of every file that an import may touch. */
function snapshot(): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (each) => each.isFile() && !each.parentPath.includes("node_modules"),
  );
  const digest = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
  return Object.fromEntries(
    files.map((each) => join(each.parentPath, each.name)).map((path) => [path, digest(path)]),
  );
}

async function writePage(page: PageOf): Promise<string> {
  const file = join(tmpdir(), `${name}-${page.types.length}.html`);
  await writeFile(file, write(partsOf(page, nonsense(madeUpWords())), "html", { language: "tlh" }));
  return file;
}

async function entry(): Promise<Record<string, unknown>> {
  const { apis } = parse(await readFile(join(folder, "redocly.yaml"), "utf8"));
  return apis[name].decorators["notification-handlers/instance"];
}

let page = "";
let first: Ended;
let registerBefore = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "import-"));
  const parts = ["openapi", "src", "generated", "pages", "redocly.yaml", "package.json", "README.md"];
  const more = ["CHANGELOG.md", "LICENSE", "package-lock.json", "schemas", "tsconfig.json"];
  const tests = isWhole ? ["test", "docs", "bench", "vitest.config.ts"] : [];
  for (const part of [...parts, ...more, ...tests])
    await cp(join(root, part), join(folder, part), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  registerBefore = await readFile(join(folder, "redocly.yaml"), "utf8");
  if (!isWhole) {
    // With one instance beside it, to be quick.
    const place = (instance = "") => registerBefore.indexOf(`\n  ${instance}:`);
    const [from, to] = [place(instanceNames[0]), place(instanceNames.at(-1))];
    registerBefore = registerBefore.slice(0, from) + registerBefore.slice(to);
    await writeFile(join(folder, "redocly.yaml"), registerBefore);
  }
  const script = "src/cli/import.ts";
  bundled = ["--disable-warning=DEP0040", (await bundleScripts(folder, [script]))(script)];
  page = await writePage(madeUp);
  first = await command("import", page, "--write");
}, patience);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("--write registers the instance, and everything else of redocly.yaml stays", async () => {
  // The shortened register is newer than generated/.
  const stderr = isWhole ? "" : expect.stringContaining("has changed since `npm run generate`");
  expect(first).toMatchObject({ code: 0, stderr });
  expect(first.stdout).toContain(`Wrote pages/${name}.json, redocly.yaml, generated/${name}/openapi.yaml`);
  expect(await entry()).toEqual({
    base_url: madeUp.baseUrl,
    source: {
      language: "tlh",
      seen: "2026-02-03",
      example: { name: "Work email", datetime: madeUp.datetime },
    },
    types: ["email", "webhook"],
    custom_types: { owl: ["owl_topic", "owl_token"], pager: ["pager_code"] },
    links: "plain",
    filters: ["search", "is_enabled", "type", "datetime_field", "datetime_start", "datetime_end"],
    custom_filters: { owl_topic: "owl_topic" },
    filter_datetimes: "Y-m-d",
    page_sizes: [20, 40, 80],
    default_page_size: 40,
  });
  const after = await readFile(join(folder, "redocly.yaml"), "utf8");
  const start = after.indexOf(`\n\n  ${name}:`);
  const end = after.indexOf("\n\npreprocessors:", start);
  expect(after.slice(0, start) + after.slice(end)).toBe(registerBefore);
  expect(await readFile(keptPath(name, join(folder, "pages")), "utf8")).not.toMatch(/curl|Bearer/);
});

test(
  "written again it changes nothing",
  async () => {
    const before = snapshot();
    const again = await command("import", page, "--write");
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toContain("All of it is registered already.");
    expect(snapshot()).toEqual(before);
  },
  patience,
);

test(
  "where the contract can't be derived, nothing is changed",
  async () => {
    const broken = join(folder, "openapi/components/handlers/email.yaml");
    const good = await readFile(broken, "utf8");
    await appendFile(broken, "\nno_such_keyword_of_openapi: [\n");
    const before = snapshot();
    try {
      const failed = await command("import", await writePage(changed), "--write");
      expect(failed.code).toBe(2);
      expect(failed.stderr).toContain("Nothing was changed:");
      expect(snapshot()).toEqual(before);
    } finally {
      await writeFile(broken, good);
    }
  },
  patience,
);

test.runIf(isWhole)(
  "its sandbox honours every check, writes included",
  async () => {
    const file = join(folder, "report.json");
    const { code, stdout } = await command("contract", "--sandbox", name, "--json", file);
    expect(code, stdout).toBe(0);
    const { runs } = JSON.parse(await readFile(file, "utf8"));
    const [{ verdict, write: writes, results }] = runs;
    expect({ verdict, writes }).toEqual({ verdict: "honoured", writes: true });
    const bad = results.filter(({ status }: { status: string }) =>
      ["failed", "warned", "unprovable"].includes(status),
    );
    expect(bad).toEqual([]);
  },
  patience,
);

/** The page after an update of the instance: one type more, another default. */
const changed: PageOf = {
  ...madeUp,
  types: [...madeUp.types, "slack"],
  fields: { ...madeUp.fields, slack: ["slack"] },
  list: madeUp.list.map((each) =>
    each.name === "results_per_page"
      ? { ...each, default: 20 }
      : each.name === "type"
        ? { ...each, values: [...madeUp.types, "slack"] }
        : each,
  ),
};

test.runIf(isWhole)(
  "its mock takes the new types, and names the fields of another",
  async () => {
    const { startMock } = await import("./mock-of-copy.ts");
    const mock = await startMock(folder, loader, name);
    try {
      expect((await mock.create({ name: "n", type: "owl", owl_topic: "t" })).status).toBe(200);
      const refused = await mock.create({ name: "n", type: "email", pager_code: "t" });
      expect(refused.status).toBe(400);
      expect(await refused.text()).toContain("pager_code belongs to type pager");
    } finally {
      mock.stop();
    }
  },
  patience,
);

test.runIf(isWhole)(
  "lint finds nothing, what is generated is fresh, and the docs are built",
  async () => {
    expect(await command("generate", "--lint-only")).toMatchObject({ code: 0 });
    expect((await command("generate", "--check")).stdout).toContain("generated/ is fresh");
    expect(await command("docs")).toMatchObject({ code: 0 });
    const docs = await readFile(join(folder, "dist/docs", name, "index.html"), "utf8");
    expect(docs).toContain("pager_code");
    expect(docs).toContain("Klingon");
  },
  patience,
);

test.runIf(isWhole)(
  "the tests that hold the contract against the pages are green, with nothing done by hand",
  async () => {
    const files = [
      "generate/facts",
      "generate/statements",
      "generate/register",
      "docs/reference",
      "import/kept",
    ];
    const ended = await program(
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      ...files.map((file) => `test/${file}.test.ts`),
    );
    expect(ended.code, ended.stdout).toBe(0);
  },
  patience,
);

test.runIf(isWhole)(
  "its types are in the client",
  async () => {
    await writeFile(
      join(folder, "src/client/made-up.ts"),
      `import { createClient } from "./index.ts";
const client = createClient({ instance: "${name}", apiKey: "key" });
void client.create({ type: "pager", name: "n", pager_code: "t" });
void client.list({ owl_topic: "t", results_per_page: 80 });
// @ts-expect-error it has no telegram
void client.create({ type: "telegram", name: "n" });
// @ts-expect-error it has other sizes
void client.list({ results_per_page: 25 });
`,
    );
    const { include: _, ...config } = JSON.parse(await readFile(join(folder, "tsconfig.json"), "utf8"));
    await writeFile(
      join(folder, "tsconfig.json"),
      JSON.stringify({ ...config, include: ["src", "generated"] }),
    );
    const { stdout } = await program(join(root, "node_modules/typescript-native/bin/tsc"), "--noEmit");
    expect(stdout).toBe("");
  },
  patience,
);

test.runIf(isWhole)(
  "a changed page differs at its lines, and --write changes the entry alone",
  async () => {
    const later = await writePage(changed);
    const told = await command("import", later, "--json");
    expect(told.code).toBe(1);
    const [{ findings }] = JSON.parse(told.stdout);
    const differing = findings.filter(({ level }: { level: string }) => level === "differs");
    expect(differing.length).toBeGreaterThan(1);
    for (const { line } of differing) expect(line).toBeGreaterThan(0);

    // What a person has added to the entry stays.
    const register = join(folder, "redocly.yaml");
    const text = await readFile(register, "utf8");
    const commented = text.replace(`  ${name}:`, `  # Seen by a person.\n  ${name}:`);
    await writeFile(register, commented.replace("owl_topic: owl_topic", "$&\n          title: name"));
    expect(await command("import", later, "--write")).toMatchObject({ code: 0, stderr: "" });
    expect(await entry()).toMatchObject({
      types: ["email", "webhook", "slack"],
      default_page_size: 20,
      custom_filters: { owl_topic: "owl_topic", title: "name" },
    });
    expect(await readFile(register, "utf8")).toContain("# Seen by a person.");
    expect((await command("import", later)).code).toBe(1);
    expect((await command("generate", "--check")).stdout).toContain("generated/ is fresh");
  },
  patience,
);
