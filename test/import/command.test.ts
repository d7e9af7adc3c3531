import { type ChildProcessByStdio, spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { nodeArguments } from "../cli/built.ts";
import { facts } from "../generate/facts.ts";
import { triesAll } from "../scope.ts";
import { pageOf } from "./facts-pages.ts";
import { madeUp } from "./made-up.ts";
import { languages } from "./page-languages.ts";
import { partsOf, write } from "./pages.ts";

/* Each start takes a second: the nightly workflow makes all of them (IMPORT_E2E=all). */
const isWhole = triesAll("IMPORT_E2E");
const folder = mkdtempSync(join(tmpdir(), "import-command-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

/** Runs the command in a folder of its own, with a text or an open file on standard input. */
function run(
  args: readonly string[],
  input: string | number = "",
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...nodeArguments("src/cli/import.ts"), ...args], {
      cwd: folder,
      stdio: [typeof input === "number" ? input : "pipe", "pipe", "pipe"],
    }) as ChildProcessByStdio<Writable | null, Readable, Readable>;
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("close", (code) => resolve({ code: code ?? -1, stdout, stderr }));
    child.stdin?.on("error", () => {}).end(input);
  });
}

const [instance = ""] = Object.keys(facts);
const unknown = file("made-up.md", write(partsOf(madeUp, languages.en!), "markdown"));
const known = write(partsOf(pageOf(instance), languages.en!), "html", { language: "en" });

test("good pages are read beside bad ones, in order, and written to a file", async () => {
  const args = [unknown, "not-there.txt", "-", folder, "--json", "--out", "out.json"];
  const { code, stdout, stderr } = await run(args, known);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.split("\n")).toEqual([
    "not-there.txt: There is no such file.",
    `${folder}: It is a folder, not a file.`,
    "",
  ]);
  const out = JSON.parse(readFileSync(join(folder, "out.json"), "utf8"));
  expect(out).toMatchObject([
    { page: unknown, base_url: madeUp.baseUrl, types: madeUp.types, complete: true },
    { page: "not-there.txt", error: "There is no such file." },
    { page: "standard input", base_url: facts[instance]?.baseUrl, instance },
    { page: folder, error: "It is a folder, not a file." },
  ]);
});

test("a page of an instance that is not registered ends with 1, and nothing is written", async () => {
  const { code, stdout, stderr } = await run([unknown]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toContain("The contract has no type pager. [unknown-type]");
  expect(stdout).not.toContain("\u001b");
});

test("wrong usage ends with 2 and says what to do", async () => {
  const { code, stdout, stderr } = await run([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toBe("Name a page: a file, - for standard input, or a URL; or use --check.\n");
});

test.each([
  ["a folder", "r", () => folder, "standard input: It is a folder, not a file.\n"],
  ["open for writing alone", "w", () => join(folder, "w"), "standard input: It can't be read (EBADF).\n"],
  ["empty", "r", () => join(folder, file("empty.txt", " \n")), "standard input: It is empty.\n"],
])("where standard input is %s, that is said, with 2", async (_, mode, path, said) => {
  const input = openSync(path(), mode);
  try {
    expect(await run(["-"], input)).toEqual({ code: 2, stdout: "", stderr: said });
  } finally {
    closeSync(input);
  }
});

test.runIf(isWhole).each([
  [["--check", "--write", "a.md"], /--check changes nothing/],
  [["a.md", "b.md", "--name", "a.example"], /--name needs exactly one page/],
  [["-", "-"], /can be read once/],
  [["a.md", "--name", "../x"], /It must be a host name in lower case/],
  [["a.md", "--language", "not a language"], /BCP 47/],
  [["a.md", "--colour"], /unknown option/],
  [["made-up.md", "--out", "no/such/folder"], /can't be written/],
  [["http://127.0.0.1:1/page"], /no public address/],
  [["http://127.0.0.1:1/page", "--private"], /can't be fetched/],
] as const)("%j ends with 2", async (args, message) => {
  const { code, stderr } = await run(args);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain("    at ");
});

test.runIf(isWhole)("--check of what was kept ends with 0", async () => {
  expect(await run(["--check"])).toMatchObject({ code: 0, stderr: "" });
});

test.runIf(isWhole)("a text that is no documentation ends with 1, and no entry is shown", async () => {
  const { code, stdout } = await run(["-"], "hello\n");
  expect({ code, lines: stdout.trim().split("\n").length }).toEqual({ code: 1, lines: 1 });
});
