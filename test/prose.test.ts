import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const read = (file: string) => readFileSync(join(root, file), "utf8");
const pages = ["README.md", "CONTRIBUTING.md", "openapi/README.md", ...filesOf("docs", /\.md$/)];

describe.each(pages)("%s", (page) => {
  const text = read(page);

  test("has links that lead to files and headings which are there", () => {
    const broken = linksOf(text).filter((link) => !leadsSomewhere(page, link));
    expect(broken).toEqual([]);
  });

  test("names commands that there are", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/\bnpm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

test("README.md is read in five minutes", () => {
  expect(read("README.md").split(/\s+/).length).toBeLessThanOrEqual(1_300);
});

test.each([
  ["docs/contract-checks.md", "src/cli/contract.ts"],
  ["docs/import.md", "src/cli/import.ts"],
])("%s documents every option of its command, and no other", (page, command) => {
  const known = [...read(command).matchAll(/\.option\(\s*"(--[a-z-]+)/g)].map(([, option]) => option);
  const told = new Set([...read(page).matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([option]) => option));
  expect(known.filter((option) => !told.has(option as string))).toEqual([]);
  expect([...told].filter((option) => !known.includes(option))).toEqual([]);
});

describe("options", () => {
  const sources = [
    ...filesOf("src/cli", /\.ts$/),
    "bench/index.ts",
    ...filesOf("interop", /^[^/]*(collections\/index|index)\.ts$/),
  ].map(read);
  const own = new Set(
    sources.flatMap((text) => [...text.matchAll(/"(?:-\w, )?(--[a-z][a-z-]*)/g)].map(([, option]) => option)),
  );
  const optionsIn = (text: string) =>
    [...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([option]) => option);

  test.each(pages)("%s names none that the project's commands lack", (page) => {
    const commands = [
      ...read(page).matchAll(
        /\b(?:npm run (?:-s )?[\w:-]+ --|npm start --|notification-handlers) .*?(?=`|#|\||$)/gm,
      ),
    ];
    const unknown = commands
      .flatMap(([command]) => optionsIn(command.replace(/^npm \w+ (-s )?[\w:-]* ?--/, "")))
      .filter((it) => !own.has(it));
    expect(unknown).toEqual([]);
  });

  test("all that the servers and tools take are told somewhere", () => {
    const told = new Set(pages.flatMap((page) => optionsIn(read(page))));
    const taken = filesOf("src/cli", /\.ts$/).flatMap((file) =>
      [...read(file).matchAll(/[oO]ption\(\s*"(?:-\w, )?(--[a-z][a-z-]*)/g)].map(([, option]) => option),
    );
    expect(taken.filter((it) => !told.has(it as string))).toEqual([]);
  });
});

test("every decision is listed, has a status, and says its context, what was refused and what follows", () => {
  const files = filesOf("docs/decisions", /^\d{3}-.*\.md$/);
  const listed = [...read("docs/decisions/README.md").matchAll(/\]\((\d{3}-[^)]+)\)/g)].map(
    ([, file]) => `docs/decisions/${file}`,
  );
  expect(listed).toEqual(files);
  for (const file of files) {
    const text = read(file);
    expect(text, file).toMatch(/^# .+\n\nStatus: (in force|replaced by \[)/);
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings, file).toEqual(["Context", "Decision", "Refused", "Consequences"]);
  }
});

test("every dependency has a row in the decision on dependencies", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<string, object>;
  const rows = read("docs/decisions/054-each-dependency-has-one-purpose.md").matchAll(
    /^\| [^|]+ \| ([^|]+) \|/gm,
  );
  const told = new Set([...rows].flatMap(([, cell = ""]) => cell.split(/[ ,]+/)));
  const names = Object.keys({ ...dependencies, ...devDependencies });
  expect(names.filter((name) => !told.has(name))).toEqual([]);
});

test("where docs/architecture.md sends readers there is something to read", () => {
  const text = read("docs/architecture.md");
  const places = [...text.matchAll(/`((?:src|openapi|test|bench|interop|pages|generated)\/[\w./-]*)`/g)].map(
    ([, path]) => path,
  );
  expect(places.length).toBeGreaterThan(10);
  expect(places.filter((path) => !existsSync(join(root, path ?? "")))).toEqual([]);
});

test("the glossary is in alphabetical order, and each of its words is used", () => {
  const words = [...read("docs/glossary.md").matchAll(/^\| ([a-z][a-z ]*) \|/gm)]
    .map(([, word = ""]) => word)
    .filter((word) => word !== "word");
  expect(words).toEqual([...words].sort());
  const others = [...pages.filter((page) => page !== "docs/glossary.md"), ...filesOf("src", /\.(js|tsx?)$/)];
  const text = others.map(read).join("\n");
  expect(words.filter((word) => !new RegExp(`\\b${word}`, "i").test(text))).toEqual([]);
});

test("folders of test/ are those of src/, and what docs/architecture.md names", () => {
  const foldersOf = (folder: string) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  const sources = foldersOf("src");
  const [, list = ""] = /^`test\/` has (.*?)\.$/ms.exec(read("docs/architecture.md")) ?? [];
  const named = [...list.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
  expect(
    foldersOf("test")
      .filter((name) => !sources.includes(name))
      .sort(),
  ).toEqual(named.sort());
});

test("folders of src/ import what docs/architecture.md says, and nothing else", () => {
  const rows = [...read("docs/architecture.md").matchAll(/^\| `([\w-]+)` \| [^|]* \| ([^|]*) \|$/gm)];
  const allowed = rows.map(([, folder, names = ""]) => [
    folder,
    names === "nothing" ? [] : names.split(", "),
  ]);
  expect(Object.fromEntries(allowed)).toEqual(importsOfFolders());
});

/** Folders without an entry file, each with the reason. */
const withoutEntry: Readonly<Record<string, string>> = {
  "src/docs/assets": "browsers load its files one by one, as docs/assets.ts names them",
  "src/workbench/page/browser": "main.tsx is the entry of a bundle, and nothing imports it",
};

test("every folder of src/ has an entry file whose first comment says what it holds", () => {
  const sources = filesOf("src", /\.(js|tsx?)$/);
  const folders = new Set(sources.map(dirname).filter((folder) => folder !== "src"));
  const lacking = [...folders].filter((folder) => {
    const entry = sources.find((file) => dirname(file) === folder && /\/index\.(js|tsx?)$/.test(file));
    // A command begins with a line for the shell.
    return entry === undefined || !/^(#!.*\n)?\/\*\*/.test(read(entry));
  });
  expect(lacking.sort()).toEqual(Object.keys(withoutEntry).sort());
});

/** The folders that each folder of `src/` imports, and `generated` if it imports that. */
function importsOfFolders(): Record<string, string[]> {
  const folders: Record<string, Set<string>> = {};
  for (const file of filesOf("src", /\.(js|tsx?)$/)) {
    const [, folder = ""] = file.split("/");
    folders[folder] ??= new Set();
    for (const [, path = ""] of read(file).matchAll(/(?:\bfrom|\bimport\(?)\s*"(\.[^"]+)"/g)) {
      const [top, other = ""] = normalize(join(dirname(file), path)).split(/[\\/]/);
      if (top === "generated") folders[folder].add(top);
      else if (top === "src" && other !== folder) folders[folder].add(other);
    }
  }
  return Object.fromEntries(Object.entries(folders).map(([folder, others]) => [folder, [...others].sort()]));
}

function linksOf(text: string): string[] {
  const prose = text
    .replace(/^```[\s\S]*?^```/gm, "")
    .replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ""));
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", heading] = link.split("#");
  const file = path === "" ? page : relative(root, join(root, dirname(page), path));
  if (!existsSync(join(root, file))) return false;
  return heading === undefined || headingsOf(read(file)).has(heading);
}

/** Headings as GitHub names them in links. */
function headingsOf(text: string): Set<string> {
  const titles = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = ""]) => title);
  return new Set(
    titles.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replace(/\s/g, "-"),
    ),
  );
}

function filesOf(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => pattern.test(file))
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    .sort();
}
