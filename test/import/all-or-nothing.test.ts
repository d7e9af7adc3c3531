import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { allOrNothing } from "../../src/import/all-or-nothing.ts";
import { ImportError } from "../../src/import/error.ts";

const root = mkdtempSync(join(tmpdir(), "all-or-nothing-"));
afterAll(() => rmSync(root, { recursive: true }));

const at = (name: string) => join(root, name);
const derived = { folder: at("made"), files: [at("README.md")] };
const before = { "register.yaml": "old", "README.md": "about", "made/one": "1", "made/deep/two": "2" };

beforeEach(() => {
  rmSync(root, { recursive: true });
  mkdirSync(at("made/deep"), { recursive: true });
  for (const [name, text] of Object.entries(before)) writeFileSync(at(name), text);
});

/** Every file, by name. */
const files = () =>
  Object.fromEntries(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name))
      .map((path) => [relative(root, path).replaceAll("\\", "/"), readFileSync(path, "utf8")]),
  );

const texts = new Map([
  [at("register.yaml"), "new"],
  [at("pages/a.json"), "{}"],
]);
/** What a generator does: it changes, adds and removes. */
const derive = () => {
  writeFileSync(at("made/one"), "changed");
  writeFileSync(at("made/deep/three"), "3");
  rmSync(at("made/deep/two"));
  writeFileSync(at("README.md"), "changed");
};
const listeners = () => ["SIGINT", "SIGTERM"].map((signal) => process.listenerCount(signal));

test("files are written before what is derived of them is made", async () => {
  const idle = listeners();
  const result = await allOrNothing(texts, derived, async () => {
    expect(readFileSync(at("register.yaml"), "utf8")).toBe("new");
    expect(listeners()).toEqual(idle.map((count) => count + 1));
    derive();
    return ["made/one"];
  });
  expect(result).toEqual(["made/one"]);
  expect(files()).toEqual({
    "register.yaml": "new",
    "pages/a.json": "{}",
    "README.md": "changed",
    "made/one": "changed",
    "made/deep/three": "3",
  });
  expect(listeners()).toEqual(idle);
});

test("all is as before if anything fails", async () => {
  const idle = listeners();
  const failing = allOrNothing(texts, derived, async () => {
    derive();
    throw new Error("the lint found 2 faults");
  });
  await expect(failing).rejects.toThrow(/^Nothing was changed: the lint found 2 faults$/);
  await expect(failing).rejects.toBeInstanceOf(ImportError);
  expect(files()).toEqual(before);
  expect(listeners()).toEqual(idle);
});

test("all is as before if a file can't be written", async () => {
  const bad = new Map([...texts, [at("README.md/a"), ""]]);
  await expect(allOrNothing(bad, derived, expect.fail)).rejects.toThrow(/^Nothing was changed: /);
  expect(files()).toEqual(before);
});
