import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const src = fileURLToPath(new URL("../src/", import.meta.url));

/** Files that other folders import past an entry file, each with the reason. A folder stands for all files in it. */
const pastEntry: Readonly<Record<string, string>> = {
  "client/mask.ts": "the client's entry file is what its package exports",
  "description/evidence.ts": "the entry file reads generated/, which the generator makes",
  "description/family-name.ts": "the entry file reads generated/, which the generator makes",
  "description/key-variable.ts": "a browser loads it, and the entry file reads files",
  "description/nodes.ts": "the entry file reads generated/, which the generator makes",
  "description/parsed.ts": "the entry file reads generated/, which the generator makes",
  "docs/assets/": "a browser loads it, and the entry file reads files",
  "docs/error.ts": "the entry file loads the renderers of pages",
  "docs/messages.ts": "a browser loads it, and the entry file reads files",
  "docs/samples/methods.ts": "a browser loads it, and the entry file reads files",
  "docs/samples/shell.ts": "a browser loads it, and the entry file reads files",
  "generate/add-type.ts": "the entry file loads Redocly, which takes a second",
  "generate/digest.ts": "the entry file loads Redocly, which takes a second",
  "generate/paths.ts": "the entry file loads Redocly, which takes a second",
  "generate/version.ts": "the entry file loads Redocly, which takes a second",
  "http/listen.ts": "every command loads it, and the entry file loads Fastify",
  "redocly-plugin/": "the entry file is the plugin as Redocly loads it",
  "server/folder.ts": "the entry file loads the mock and the sandbox",
  "settings/derive.ts": "it loads TypeScript's compiler, which only one command needs",
};

/** What each file of a folder of `src/` imports of other folders, from `src/`: `client/mask.ts`. */
function foreignImports(): string[] {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(js|tsx?)$/.test(file),
  );
  return files.flatMap((file) => {
    const folder = file.split(/[\\/]/)[0];
    const text = readFileSync(join(src, file), "utf8");
    return [...text.matchAll(/(?:^(?:import|export|\}) .*?\bfrom |\bimport\()"(\.[^"]+)"/gm)]
      .map(([, path = ""]) => normalize(join(dirname(file), path)).replaceAll("\\", "/"))
      .filter((path) => !path.startsWith("../") && path.split("/")[0] !== folder);
  });
}

test("folders import the entry files of each other, but for what is listed with its reason", () => {
  const past = foreignImports().filter((path) => !/\/index\.(js|ts)$/.test(path));
  const reasonOf = (path: string) =>
    Object.keys(pastEntry).find((each) => path === each || (each.endsWith("/") && path.startsWith(each)));
  expect(past.filter((path) => reasonOf(path) === undefined)).toEqual([]);
  expect([...new Set(past.map(reasonOf))].sort()).toEqual(Object.keys(pastEntry).sort());
});
