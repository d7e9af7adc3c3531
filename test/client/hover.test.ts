import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { loadDescription } from "../../src/description/index.ts";
import { projectRoot } from "../../src/generate/paths.ts";

/** Files that several editors have read are parsed once. */
const parsed = ts.createDocumentRegistry();

/** A module in this folder, as an editor has it open. */
function editor(name: string, text: string) {
  const file = join(import.meta.dirname, name);
  const read = (path: string) => (path === file ? text : ts.sys.readFile(path));
  const config = ts.readConfigFile(join(projectRoot, "tsconfig.json"), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, projectRoot);
  const service = ts.createLanguageService(
    {
      useCaseSensitiveFileNames: () => true,
      directoryExists: ts.sys.directoryExists,
      getDirectories: ts.sys.getDirectories,
      readDirectory: ts.sys.readDirectory,
      getScriptFileNames: () => [file],
      getScriptVersion: () => "1",
      getScriptSnapshot: (path) => {
        const content = path === file || ts.sys.fileExists(path) ? read(path) : undefined;
        return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
      },
      getCompilationSettings: () => ({ ...options, types: [], noUnusedLocals: false }),
      getCurrentDirectory: () => projectRoot,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (path) => path === file || ts.sys.fileExists(path),
      readFile: read,
    },
    parsed,
  );
  return {
    /** What is shown where the cursor rests on the name behind this comment: the words, and the names of the tags. */
    hover(mark: string) {
      const place = text.indexOf(`/*${mark}*/`);
      const info = service.getQuickInfoAtPosition(file, place + mark.length + 4);
      if (!info || place < 0) throw new Error(`Nothing is shown at ${mark}.`);
      const words = ts.displayPartsToString(info.documentation);
      return { words, tags: new Set((info.tags ?? []).map(({ name }) => name)) };
    },
    /** What the compiler says, with the line. */
    errors: () =>
      service.getSemanticDiagnostics(file).map(({ messageText, start }) => ({
        line: text.slice(0, start).split("\n").length,
        message: ts.flattenDiagnosticMessageText(messageText, "\n"),
      })),
  };
}

const instance = "k.aws.bj";
const description = loadDescription(instance);
const registry = JSON.parse(readFileSync(join(projectRoot, "generated/registry.json"), "utf8"));
const fields = Object.entries(registry.instances[instance].fields as Record<string, string[]>);
const parameters = Object.keys(registry.instances[instance].parameters);

/** The contract's schema of a field. */
function schemaOf(field: string): { description: string } {
  const { components } = description.document as unknown as {
    components: {
      schemas: Record<string, { description: string; properties?: Record<string, { $ref: string }> }>;
    };
  };
  const form = Object.values(components.schemas).find(({ properties }) => properties?.[field]);
  const name = form?.properties?.[field]?.$ref.split("/").at(-1) ?? "";
  return components.schemas[name] ?? { description: `no schema of ${field}` };
}

const marked = (where: string, names: string[]) =>
  names.map((name) => `/*${where} ${name}*/${name}: undefined`).join(", ");

const { hover, errors } = editor(
  "fine.ts",
  `import { createClient } from "../../src/client/index.ts";
const client = createClient({ instance: "${instance}", apiKey: "key" });
const handler = await client./*get*/get(1);
${fields
  .map(
    ([type, names]) => `
await client.create({ type: "${type}", name: "n", ${marked("create", names)} });
await client.update(1, { type: "${type}", ${marked("update", names)} });
if (handler.type === "${type}") { ${names.map((name) => `handler.settings./*read ${name}*/${name};`).join(" ")} }`,
  )
  .join("")}
await client.update(1, { /*update name*/name: "n", /*update is_enabled*/is_enabled: true });
handler./*read id*/id; handler./*read name*/name; handler./*read is_enabled*/is_enabled;
handler./*read datetime*/datetime; handler./*read last_datetime*/last_datetime; handler./*read settings*/settings;
const { data, /*page meta*/meta, /*page links*/links } = await client./*list*/list({ ${marked("list", parameters)} });
meta./*meta total*/total; links./*links next*/next;
client./*listAll*/listAll; client./*create*/create; client./*update*/update; client./*delete*/delete; client./*http*/http;
`,
);

describe("an editor shows", () => {
  const names = [...new Set(fields.flatMap(([, names]) => names))];
  test.each(names)("what the field %s is, in bodies and settings, with an example", (field) => {
    for (const where of ["create", "update", "read"]) {
      const { words, tags } = hover(`${where} ${field}`);
      expect(words).toContain(schemaOf(field).description);
      expect(tags).toContain("example");
    }
    const settings = hover(`read ${field}`).words;
    if (field === "email") expect(settings).not.toContain("Inferred");
    else expect(settings).toContain("Inferred: The settings of a handler have the same keys");
  });

  test.each(parameters)("what the parameter %s is", (name) => {
    expect(hover(`list ${name}`).words).toMatch(/^[A-Z].{20}/);
  });

  test.each([
    ["update name", "The name of the handler."],
    ["update is_enabled", "`1` for true"],
    ["read name", "The name of the handler."],
    ["read is_enabled", "Whether the handler is enabled."],
    ["read id", "Inferred in part: Ids count from 1"],
    ["read settings", "The settings of a handler of type"],
    ["read datetime", "Form: Y-m-d H:i:s (in PHP's notation), in UTC. Inferred in part: "],
    ["read last_datetime", "null until the first change"],
    ["list datetime_start", "Form: d-m-Y H:i:s"],
    ["page meta", "Where in the list this page is"],
    ["meta total", "How many handlers there are"],
    ["page links", "The URLs of this page"],
    ["links next", "Inferred in part: next and prev are URLs"],
  ])("%s: %s", (place, words) => {
    expect(hover(place).words).toContain(words);
  });

  test.each(["get", "create", "update", "delete", "list", "listAll", "http"])(
    "what %s throws, and an example",
    (method) => {
      expect([...hover(method).tags]).toEqual(expect.arrayContaining(["throws", "example"]));
    },
  );

  test("no error where there is none", () => expect(errors()).toEqual([]));
});

const slips: [code: string, says: RegExp][] = [
  ['client.create({ type: "telegram", telegram: "t" })', /\n {2}Property 'name' is missing in type/],
  ['client.create({ type: "telegran", name: "n" })', /Did you mean '"telegram"'\?$/],
  ['client.create({ type: "telegram", name: "n", telegran: "t" })', /Did you mean to write 'telegram'\?$/],
  [
    'client.create({ type: "email", name: "n", telegram: "t" })',
    /^Object literal may only .*'telegram' does not exist in/,
  ],
  [
    'client.update(1, { type: "email", telegram: "t" })',
    /^Object literal may only .*'telegram' does not exist in/,
  ],
  [
    'client.list({ datetime_start: "2026-05-13" })',
    /^Type '"2026-05-13"' is not assignable to type 'Date \| `\$\{number\}-/,
  ],
];
const said = editor(
  "slips.ts",
  `import { createClient } from "../../src/client/index.ts";
const client = createClient({ instance: "${instance}", apiKey: "key" });
${slips.map(([code]) => `await ${code};\n`).join("")}`,
).errors();

test.each(slips.map(([code, says], n) => ({ code, says, line: n + 3 })))(
  "the compiler says it shortly: $code",
  ({ says, line }) => {
    const messages = said.filter((each) => each.line === line).map(({ message }) => message);
    expect(messages).toEqual([expect.stringMatching(says)]);
    // No union of all types, cut off in the middle.
    expect(messages[0]).not.toMatch(/\d more \.\.\./);
  },
);
