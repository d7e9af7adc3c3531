import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const sources = readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(js|tsx?)$/.test(file))
  .map((file) => ({
    file: `src/${file.replaceAll("\\", "/")}`,
    text: readFileSync(`${root}src/${file}`, "utf8"),
  }));

const longestFile = 300;
const longestFunction = 60;
/** A component is its markup for the most part. */
const longestComponent = 80;

test(`a file over ${longestFile} lines says in its first comment why it is in one piece`, () => {
  const long = sources.filter(({ text }) => text.split("\n").length > longestFile + 1);
  const unexplained = long.filter(
    ({ text }) => !/\bin one piece\b/i.test(/\/\*\*.*?\*\//s.exec(text)?.[0] ?? ""),
  );
  expect(unexplained.map(({ file }) => file)).toEqual([]);
});

test(`no function has over ${longestFunction} lines of its own, and no component over ${longestComponent}`, () => {
  expect(sources.flatMap(({ file, text }) => longFunctions(file, text))).toEqual([]);
});

/** Functions within a function are counted for themselves: what a factory gives may be many short ones that share its state. */
function longFunctions(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const longest = file.endsWith(".tsx") ? longestComponent : longestFunction;
  const found: string[] = [];
  /** The lines of the functions in a node, of the outermost ones. */
  const visit = (node: ts.Node): number => {
    let inner = 0;
    ts.forEachChild(node, (child) => {
      inner += visit(child);
    });
    if (!ts.isFunctionLike(node) || !("body" in node) || node.body === undefined) return inner;
    const [first, last] = [lineOf(node.getStart()), lineOf(node.end)];
    // A function within one line takes none away from the one around it.
    if (last - first + 1 - inner > longest) found.push(`${file}:${first + 1}: ${last - first + 1 - inner}`);
    return last - first;
  };
  visit(source);
  return found;
}
