import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/*
 * What README and the docs claim, and the test that holds each claim: test/claims.txt. A paragraph, list item or table of a page, and in README.md each
 * sentence, has to have a phrase there.
 */

const root = fileURLToPath(new URL("../", import.meta.url));
const read = (file: string) => readFileSync(root + file, "utf8");
/** A phrase, `<` a test or `=` code or `~` neither, the file, and words of it. */
type Claim = readonly [phrase: string, by: string, file: string, words: string];

const claims = read("test/claims.txt")
  .split(/^# /m)
  .slice(1)
  .map((text): readonly [page: string, tests: readonly Claim[]] => {
    const [page = "", ...lines] = text.trim().split("\n");
    return [page, lines.map(claimOf)];
  });

function claimOf(line: string): Claim {
  const [, phrase = line, by = "", rest = ""] = /^(.*?) ([<=~]) (.+)$/.exec(line) ?? [];
  const [, file = "", words = ""] = /^(\S+) > (.+)$/.exec(rest) ?? [];
  return [phrase, by, file, words];
}

/** Whether what holds the claim is there. */
function isHeld([, by, file, words]: Claim): boolean {
  if (by === "~") return true;
  const path = `${root}${by === "<" ? "test/" : ""}${file}`;
  return words !== "" && existsSync(path) && readFileSync(path, "utf8").includes(words);
}

describe.each(claims)("the claims of %s", (page, tests) => {
  const parts = partsOf(read(page)).flatMap((part) => (page === "README.md" ? sentencesOf(part) : [part]));

  test("are all held by a test, or by what they repeat", () => {
    const isClaimed = (part: string) => tests.some(([phrase]) => part.includes(phrase));
    expect(parts.filter((part) => !isClaimed(part))).toEqual([]);
  });

  test("stand on the page, and what holds them is there", () => {
    const isOnPage = ([phrase]: Claim) => parts.some((part) => part.includes(phrase));
    expect(tests.filter((claim) => !isHeld(claim) || !isOnPage(claim))).toEqual([]);
  });
});

test("the servers listen where the docs say", () => {
  const port = (command: string) =>
    Number(/withServeOptions\(.*, (\d+)\)/.exec(read(`src/cli/${command}.ts`))?.[1]);
  const start = port("start");
  expect(port("mock")).toBe(start);
  for (const page of ["README.md", "docs/workbench.md"])
    expect(read(page)).toContain(`<http://127.0.0.1:${start}/>`);
  expect(read("docs/workbench.md")).toContain(`default ${start}, of \`sandbox\` ${port("sandbox-serve")};`);
  expect(read("docs/publishing.md")).toContain(`<http://127.0.0.1:${port("docs")}/>`);
});

test("Node is needed as the docs say", () => {
  const { engines } = JSON.parse(read("package.json"));
  expect(engines.node).toBe("^20.19.0 || >=22.12.0");
  for (const page of ["README.md", "docs/workbench.md"])
    expect(read(page).replace(/\s+/g, " ")).toContain("needs Node 20.19, 22.12 or later");
});

test.each([
  ["docs/client.md", /they are (\S+) kB/, "client", "createClient by rolldown, gzipped", 1000],
  ["docs/scale.md", /it has (\S+) MB, with a file/, "sandbox", "PostgreSQL, memory when 100000 were made", 1],
  ["docs/scale.md", /with a file (\S+) MB/, "sandbox", "file, memory when 100000 were made", 1],
])("the docs repeat the figures that were kept: %s, %s", (page, words, bench, what, unit) => {
  const { benches } = JSON.parse(read("docs/figures/figures.json"));
  const kept = benches[bench].found.find((it: { what?: string }) => it.what === what).value / unit;
  const said = Number(words.exec(read(page).replace(/\s+/g, " "))?.[1]);
  // Rounded, and measured anew now and then.
  expect(Math.abs(said / kept - 1)).toBeLessThan(0.05);
});

test("every command is in CONTRIBUTING.md or docs/testing.md", () => {
  const { scripts } = JSON.parse(read("package.json"));
  const code = ["CONTRIBUTING.md", "docs/testing.md"].flatMap(
    (page) => read(page).match(/```[\s\S]+?```|`[^`]+`/g) ?? [],
  );
  const isListed = (name: string) =>
    code.some((each) => new RegExp(`(?<![\\w:-])${name}(?![\\w:-])`).test(each));
  expect(Object.keys(scripts).filter((name) => !isListed(name))).toEqual([]);
});

/** Paragraphs, list items and tables, each on one line; without headings, code blocks, pictures and what is generated. */
function partsOf(markdown: string): string[] {
  return markdown
    .replace(/^<!-- The instances:[\s\S]*?^<!-- End of the instances. -->/m, "")
    .replace(/^```[\s\S]*?^```/gm, "\n")
    .split(/\n\s*\n|\n(?=\s*(?:- |\d+\. ))/)
    .map((part) => part.replace(/\s+/g, " ").trim())
    .filter((part) => part !== "" && !/^(?:#|!\[|<!--)/.test(part));
}

function sentencesOf(part: string): string[] {
  return part.startsWith("|") ? [part] : part.split(/(?<=[.?])\s+(?=[A-Z[†\\])/);
}
