import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { instanceEntry, instanceNames } from "../src/description/index.ts";

const source = fileURLToPath(new URL("../src/", import.meta.url));
/** They write and derive the contract's own files. */
const writers = /^(?:generate|redocly-plugin)[\\/]/;

/** Contract's names that the code also uses for something else. Those that the web platform uses, such as `type`, are known. */
const others = new Set<string>([]);

const platform = readFileSync(
  fileURLToPath(new URL("../node_modules/typescript/lib/lib.dom.d.ts", import.meta.url)),
  "utf8",
);
const isOfPlatform = (name: string) => new RegExp(`(?:^|[^\\w.$])${name}\\??\\s*[(:]`, "m").test(platform);

const lines = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(?:js|tsx?)$/.test(file) && !writers.test(file))
  .flatMap((file) =>
    readFileSync(source + file, "utf8")
      .split("\n")
      .map((line) => ({ file, line })),
  );

/** The lines of src/ that name something. Comments may. */
function linesNaming(name: string): string[] {
  const named = new RegExp(`["'\`]${name}["'\`]|\\.${name}\\b|\\b${name}\\??:`);
  return lines
    .filter(({ line }) => named.test(line) && !/^\s*(?:\*|\/[*/])/.test(line))
    .map(({ file, line }) => `${file}: ${line.trim()}`);
}

const names = new Set(
  instanceNames
    .map((name) => instanceEntry(name))
    .flatMap(({ types, fields, parameters }) => [
      ...types,
      ...Object.values(fields).flat(),
      ...Object.keys(parameters),
    ]),
);
const distinct = [...names].filter((name) => !isOfPlatform(name) && !others.has(name));

test("src/ names no handler type, no field and no list parameter of the contract", () => {
  const naming = distinct
    .map((name) => ({ name, found: linesNaming(name) }))
    .filter(({ found }) => found.length > 0);
  const todo = naming.map(({ name, found }) =>
    [
      `src/ names ${name} of the contract, ${found.length} times. First:`,
      ...found.slice(0, 3),
      `Derive it from the contract. If the code means something else by the word, add to \`others\` in test/contract-names.test.ts: ${JSON.stringify(name)}`,
    ].join("\n"),
  );
  expect(
    naming.map(({ name }) => name),
    todo.join("\n\n"),
  ).toEqual([]);
});

test("most names of the contract mean nothing else, and one that the code uses is found", () => {
  expect(distinct.length).toBeGreaterThan(10);
  expect(distinct.length).toBeGreaterThan(names.size / 2);
  expect(linesNaming("instanceNames").length).toBeGreaterThan(0);
});
