import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));

test("docs/testing.md names every variable that asks for more, and no other", () => {
  const asked = new Set<string>();
  for (const file of readdirSync(`${root}test`, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const text = readFileSync(`${root}test/${file}`, "utf8");
    for (const [, name = ""] of text.matchAll(/\b(?:triesAll|timesOf)\("([A-Z0-9_]+)"/g)) asked.add(name);
  }
  const page = readFileSync(`${root}docs/testing.md`, "utf8");
  const documented = [...page.matchAll(/`([A-Z0-9_]+)=\w+`/g)].map(([, name]) => name);
  expect(documented.sort()).toEqual([...asked].sort());
});

test.each(["test/quick.ts", "vitest.config.ts", "test/mutation/folders.ts"])(
  "%s names tests that are there",
  (file) => {
    const patterns = readFileSync(root + file, "utf8").match(/(?<=")test\/[^"\s]+/g) ?? [];
    expect(patterns.length).toBeGreaterThan(3);
    expect(patterns.flatMap(pathsOf).filter((it) => !existsSync(root + it))).toEqual([]);
  },
);

/** What a pattern names: each of the names in braces, and the folder in which its asterisks begin. */
function pathsOf(pattern: string): string[] {
  const [plain = ""] = pattern.split("*");
  const [, start, names = "", end] = /^(.*)\{(.*)\}(.*)$/.exec(plain) ?? [];
  return start === undefined ? [plain] : names.split(",").map((name) => start + name + end);
}
