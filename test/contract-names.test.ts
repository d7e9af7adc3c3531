import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { instanceEntry, instanceNames } from "../src/description/index.ts";

const source = fileURLToPath(new URL("../src/", import.meta.url));
/** They write and derive the contract's own files. */
const writers = /^(?:generate|redocly-plugin)[\\/]/;
/** Words that mean something else, too: roles, what HTML calls its own, or what the code does. */
const common = new Set(["type", "page", "search", "email", "x"]);

test("src/ names no handler type, no field and no list parameter of the contract", () => {
  const entries = instanceNames.map((name) => instanceEntry(name));
  const names = entries
    .flatMap(({ types, fields, parameters }) => [
      ...types,
      ...Object.values(fields).flat(),
      ...Object.keys(parameters),
    ])
    .filter((name) => !common.has(name));
  const any = `(?:${[...new Set(names)].join("|")})`;
  const named = new RegExp(`["'\`]${any}["'\`]|\\.${any}\\b|\\b${any}\\??:`);
  const naming = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:js|tsx?)$/.test(file) && !writers.test(file))
    .flatMap((file) => {
      const lines = readFileSync(source + file, "utf8").split("\n");
      return lines
        .filter((line) => named.test(line) && !/^\s*(?:\*|\/[*/])/.test(line))
        .map((line) => `${file}: ${line}`);
    });
  expect(names.length).toBeGreaterThan(10);
  const todo =
    "Derive it from the contract, or list it in `common` if the code means something else by the word.";
  expect(naming, todo).toEqual([]);
});
