import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { reportVersion } from "../src/contract/index.ts";
import { instanceEntry, instanceNames } from "../src/description/index.ts";
import { bundleScripts } from "./cli/bundle.ts";
import { triesAll } from "./scope.ts";

/*
 * The recipes of CONTRIBUTING.md, followed in a copy of the project: a handler type on the instance that has the most; another instance,
 * with filters and in a language without translation; a list filter of the family; a changed sentence with its translations; a language; a
 * check with its fault.
 */

const root = fileURLToPath(new URL("../", import.meta.url));
const loader = ["--disable-warning=DEP0040", "--import", "@oxc-node/core/register"];
const tsc = join(root, "node_modules/typescript-native/bin/tsc");
const run = promisify(execFile);
const patience = 180_000;

const isWhole = triesAll("RECIPES");

const added = "sixth.example";
const [richest = ""] = [...instanceNames].sort(
  (a, b) => instanceEntry(b).types.length - instanceEntry(a).types.length,
);

const filterSentence = "Only the handlers of this name.";
const oldSentence = "The id of the Telegram chat.";
const newSentence = "The id of the chat in Telegram.";

let folder = "";

/** Changes a file of the copy: the first place of a text, which has to be there. */
async function edit(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, file);
  const text = await readFile(path, "utf8");
  expect(text.includes(from), `${file} has ${from}`).toBe(true);
  await writeFile(
    path,
    text.replace(from, () => to),
  );
}

/** What Node is given to run a script of the copy: bundled, unless recipes change the code as well. */
let script: (path: string) => string[] = (path) => [...loader, path];

/** Runs one of the project's commands in the copy. Rejects, with what it printed, when it ends with another code than 0. */
async function command(name: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [...script(`src/cli/${name}.ts`), ...args], { cwd: folder });
  return stdout;
}

/** Writes the pages that are looked at, as `npm start` would make them: the whole site takes several times as long. */
const docsPages = [added, richest, `${richest}/en`, `${richest}/eo`].map((name) => `${name}/index.html`);
const docsScript = `import { checkLanguages, openSite } from "../docs/index.ts";
import { allLanguages } from "../docs/languages.ts";
import { familyName, loadDescription } from "../description/index.ts";
checkLanguages(allLanguages(), loadDescription(familyName));
const site = openSite();
const pages = await Promise.all(${JSON.stringify(docsPages)}.map((name) => site.file(name)));
process.stdout.write(JSON.stringify(pages));
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recipes-"));
  for (const part of [
    "openapi",
    "src",
    "generated",
    "redocly.yaml",
    "package.json",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "package-lock.json",
    "tsconfig.json",
  ]) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));

  await writeFile(join(folder, "src/cli/pages.ts"), docsScript);
  if (!isWhole) {
    const names = ["add-type", "generate", "mock", "contract", "pages"];
    const bundled = await bundleScripts(
      folder,
      names.map((name) => `src/cli/${name}.ts`),
    );
    script = (path) => ["--disable-warning=DEP0040", bundled(path)];
  }

  const register = join(folder, "redocly.yaml");
  if (!isWhole) {
    // With one instance beside it, to be quick.
    const others = instanceNames
      .filter((name) => name !== richest)
      .map((name) => name.replaceAll(".", "\\."));
    const entries = new RegExp(`^  (?:${others.join("|")}):\\n(?: {4}.*\\n|\\n)*`, "gm");
    await writeFile(register, (await readFile(register, "utf8")).replace(entries, ""));
  }
  await command("add-type", "ntfy", "ntfy_topic", "ntfy_token");
  const entry = `
  ${added}:
    root: openapi/openapi.yaml
    decorators:
      notification-handlers/instance:
        base_url: https://${added}/api
        source: { url: https://${added}/docs, language: de, seen: "2026-11-01" }
        types: [email, webhook, ntfy]
        links: plain
        filters: [search, search_by, is_enabled, type, name, order_by, order_type]

preprocessors:`;
  const text = (await readFile(register, "utf8")).replace("\npreprocessors:", entry);
  const start = text.indexOf(`\n  ${richest}:`);
  const withType = text.slice(start).replace(/types:\s*\[\s*/, (opening) => `${opening}ntfy, `);
  await writeFile(register, text.slice(0, start) + withType);
  await addFilter();
  await changeSentence();
  await addLanguage();
  await command("generate");
}, patience);

async function addFilter(): Promise<void> {
  await writeFile(
    join(folder, "openapi/components/parameters/Name.yaml"),
    `name: name
in: query
x-role: filter
description: ${filterSentence}
schema:
  type: string
examples:
  name:
    summary: The handlers of a name
    description: Made for this contract; no documentation shows it.
    value: Work email
`,
  );
  const line = "    - $ref: ../components/parameters/IsEnabled.yaml\n";
  for (const path of ["notification-handlers", "notification-handlers-with-slash"])
    await edit(`openapi/paths/${path}.yaml`, line, `${line}${line.replace("IsEnabled", "Name")}`);
}

/** The new filter's sentences are translated, and one that was there is said otherwise. */
async function changeSentence(): Promise<void> {
  await edit("openapi/components/handlers/telegram.yaml", oldSentence, newSentence);
  const added = [filterSentence, "The handlers of a name"].map((key) => `  ${key}: ${key}\n`).join("");
  for (const language of (await readdir(join(folder, "openapi/i18n"))).filter((it) => it !== "en.yaml"))
    await edit(`openapi/i18n/${language}`, `  ${oldSentence}:`, `${added}  ${newSentence}:`);
}

async function addLanguage(): Promise<void> {
  const french = await readFile(join(folder, "openapi/i18n/fr.yaml"), "utf8");
  await writeFile(join(folder, "openapi/i18n/eo.yaml"), french.replace(/^name: .*$/m, "name: Esperanto"));
}

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test(
  "lint finds nothing, and what is generated is fresh",
  async () => {
    // To generate was to lint. What was generated just now is fresh; to derive all of it again takes long.
    if (isWhole) expect(await command("generate", "--check")).toContain("generated/ is fresh");
    expect(await readFile(join(folder, "README.md"), "utf8")).toContain(
      `[${added}](generated/${added}/openapi.yaml)`,
    );
  },
  patience,
);

test(
  "the code compiles, and the new instance and the new type are in the client's types",
  async () => {
    await appendFile(
      join(folder, "src/client/index.ts"),
      `
import { createClient as create } from "./client.ts";
export const sixth = create({ instance: "${added}", apiKey: "key" });
void sixth.create({ type: "ntfy", name: "n", ntfy_topic: "t" });
void sixth.list({ order_by: "name", is_enabled: true });
// @ts-expect-error it has no telegram
void sixth.create({ type: "telegram", name: "n" });
// @ts-expect-error it has no range of datetimes
void sixth.list({ datetime_start: new Date() });
void create({ instance: "${richest}", apiKey: "key" }).create({ type: "ntfy", name: "n", ntfy_topic: "t" });
`,
    );
    const { include: _, ...config } = JSON.parse(await readFile(join(folder, "tsconfig.json"), "utf8"));
    await writeFile(
      join(folder, "tsconfig.json"),
      // The client's types are what has changed. That no other code knows a type by its name takes long to compile.
      JSON.stringify({ ...config, include: isWhole ? ["src", "generated"] : ["src/client", "generated"] }),
    );
    const { stdout } = await run(process.execPath, [tsc, "--noEmit"], { cwd: folder }).catch(
      (error) => error,
    );
    expect(stdout).toBe("");
  },
  patience,
);

test(
  "mocks take the new type, and name the fields of another",
  async () => {
    const args = [...script("src/cli/mock.ts"), added, richest, "--port", "0", "--log", "none"];
    const child = spawn(process.execPath, args, {
      cwd: folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [line] = await once(createInterface(child.stdout), "line");
      const baseUrl = /http:\S+/.exec(String(line))?.[0] ?? "";
      for (const instance of [added, richest]) {
        const url = `${baseUrl.replace(added, instance)}/notification-handlers`;
        const post = (fields: Record<string, string>) => {
          const body = new FormData();
          for (const [name, value] of Object.entries(fields)) body.append(name, value);
          return fetch(url, { method: "POST", headers: { authorization: "Bearer any" }, body });
        };
        expect((await post({ name: "n", type: "ntfy", ntfy_topic: "t" })).status).toBe(200);
        const refused = await post({ name: "n", type: "email", ntfy_topic: "t" });
        expect(refused.status).toBe(400);
        expect(await refused.text()).toContain("ntfy_topic belongs to type ntfy");
      }
    } finally {
      child.kill("SIGKILL");
    }
  },
  patience,
);

test(
  "sandboxes honour every check, writes included",
  async () => {
    const file = join(folder, "report.json");
    await command("contract", "--sandbox", added, richest, "--json", file);
    const { version, runs } = JSON.parse(await readFile(file, "utf8"));
    expect(version).toBe(reportVersion);
    expect(runs.map((it: { instance: string }) => it.instance).sort()).toEqual([added, richest].sort());
    for (const { verdict, write, leftovers, results } of runs) {
      expect({ verdict, write }).toEqual({ verdict: "honoured", write: true });
      expect(leftovers.handlers).toEqual([]);
      const bad = results.filter(({ status }: { status: string }) =>
        ["failed", "warned", "unprovable"].includes(status),
      );
      expect(bad).toEqual([]);
    }
  },
  patience,
);

test(
  "the docs have all of it; where there is no translation they are in English and say so",
  async () => {
    const { stdout } = await run(process.execPath, script("src/cli/pages.ts"), {
      cwd: folder,
      maxBuffer: 1 << 26,
    });
    const [page, other, english, esperanto] = JSON.parse(stdout);
    expect(page).toMatch(/<html[^>]* lang="en"/);
    expect(page).toContain("German");
    expect(page).toContain("ntfy_topic");
    expect(other).toContain("ntfy_topic");
    expect(page).toContain(filterSentence);
    expect(english).toContain(newSentence);
    expect(esperanto).toMatch(/<html[^>]* lang="eo"/);
  },
  patience,
);

test.runIf(isWhole)(
  "a new check catches the fault that was made for it",
  async () => {
    const check = `{
    name: "moments_in_order",
    proves: "No handler was changed before it was created.",
    write: true,
    stages: ["create", "update"],
    targets: (model) => at(model.operations.read, () => propertyPointer(model, "changed")),
    judge: momentsInOrder,
  },
`;
    const judge = `
function momentsInOrder({ model, created, updates }: Run, verdict: Verdict): void {
  const operation = model.operations.read;
  if (operation === undefined) return;
  for (const exchange of [...created.map((it) => it.read), ...updates.map((it) => it.read)]) {
    const { [model.names.created]: first, [model.names.changed]: last } = resourceOf(exchange) ?? {};
    const [one, other] = [first, last].map((it) => model.datetime.read(String(it)));
    if (one === undefined || other === undefined || one <= other) verdict.holds({ operation });
    else {
      const message = "A handler was changed before it was created.";
      const pointer = propertyPointer(model, "changed");
      verdict.breaks({ operation }, { message, got: String(last), pointer, exchange });
    }
  }
}
`;
    const fault = `{
    name: "read-changed-before-created",
    description: "The moment of the last change is a year before the creation in the answer to a read.",
    operations: ["read"],
    answer: property("changed", (value, { model }, it) => {
      const created = model.datetime.read(String(it[model.names.created]));
      return value === null || created === undefined ? value : model.datetime.write(created - 31_536_000);
    }),
  },
  `;
    await edit(
      "src/contract/findings/check-name.ts",
      '"creation_time",',
      '"creation_time",\n  "moments_in_order",',
    );
    await edit(
      "src/contract/checks/seen.ts",
      '{\n    name: "created_once"',
      `${check}  {\n    name: "created_once"`,
    );
    await edit("src/contract/checks/seen.ts", "import { at }", "import { at, propertyPointer }");
    await appendFile(join(folder, "src/contract/checks/seen.ts"), judge);
    await edit(
      "src/sandbox/faults/shape.ts",
      '{\n    name: "read-created-null"',
      `${fault}{\n    name: "read-created-null"`,
    );
    await edit(
      "src/contract-lab/fault-checks.ts",
      "  creation_time: [",
      '  moments_in_order: ["read-changed-before-created"],\n  creation_time: [',
    );
    const trial = ["--try-faults", "--fault", "read-changed-before-created", added];
    await expect(command("contract", ...trial)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringContaining("also fails change_time of updateNotificationHandler"),
    });
    await edit(
      "src/contract-lab/consequences.ts",
      '  "read-other-id":',
      '  "read-changed-before-created": ["change_time"],\n  "read-other-id":',
    );
    expect(await command("contract", ...trial)).toContain("1 of 1 are caught");
    expect(await command("contract", "--list-faults")).toContain("| `read-changed-before-created` |");
    const { stdout } = await run(process.execPath, [tsc, "--noEmit"], { cwd: folder }).catch(
      (error) => error,
    );
    expect(stdout).toBe("");
  },
  patience,
);

test.runIf(isWhole)(
  "npm start -- --watch serves a changed contract, and says where a broken one is wrong",
  async () => {
    const args = ["src/cli/index.ts", "start", richest, "--watch", "--port", "0", "--log", "none"];
    const child = spawn(process.execPath, [...loader, ...args], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    try {
      let origin = "";
      for await (const line of createInterface(child.stdout)) {
        origin = /^Open (\S+?)\/ /.exec(line)?.[1] ?? "";
        if (origin !== "") break;
      }
      const url = `${origin}/mock/${richest}/api/notification-handlers/1`;
      const source = join(folder, "openapi/components/handlers/email.yaml");
      const text = await readFile(source, "utf8");
      const docs = async () => (await fetch(`${origin}/docs/${richest}/en/`)).text();
      expect(await docs()).toContain("hey@example.com");
      await writeFile(source, text.replaceAll("hey@example.com", "changed@example.com"));
      await vi.waitFor(() => expect(said).toMatch(/^Served anew: /m), patience);
      const answer = await fetch(url, { headers: { authorization: "Bearer any", prefer: "example=email" } });
      expect(await answer.text()).toContain("changed@example.com");
      expect(await docs()).toContain("changed@example.com");
      await writeFile(source, `${text}bad: [\n`);
      await vi.waitFor(
        () => expect(said).toContain("Each instance is still served from its last good contract."),
        patience,
      );
      expect(said).toMatch(/email\.yaml:\d+:\d+/);
      // What was served before the mistake.
      await writeFile(source, text.replaceAll("hey@example.com", "changed@example.com"));
      await vi.waitFor(() => expect(said).toContain("The contract is right again"), patience);
      await writeFile(source, text);
    } finally {
      child.kill("SIGTERM");
    }
  },
  patience,
);
