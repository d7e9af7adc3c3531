import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync } from "rolldown/utils";
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
  const starts = [...text.matchAll(/^/gm)].map(({ index }) => index);
  const lineOf = (position: number) => starts.findLastIndex((start) => start <= position);
  const longest = file.endsWith(".tsx") ? longestComponent : longestFunction;
  const found: string[] = [];
  /** The lines of the functions in a node, of the outermost ones. */
  const visit = (node: unknown): number => {
    if (typeof node !== "object" || node === null) return 0;
    let inner = 0;
    for (const child of Object.values(node)) inner += visit(child);
    const { type, start, end } = node as { type?: string; start: number; end: number };
    if (!/^(Function(Declaration|Expression)|ArrowFunctionExpression)$/.test(type ?? "")) return inner;
    const [first, last] = [lineOf(start), lineOf(end)];
    // A function within one line takes none away from the one around it.
    if (last - first + 1 - inner > longest) found.push(`${file}:${first + 1}: ${last - first + 1 - inner}`);
    return last - first;
  };
  const { program, errors } = parseSync(file, text);
  expect(errors, file).toEqual([]);
  visit(program);
  return found;
}
