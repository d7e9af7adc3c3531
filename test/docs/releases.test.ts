import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { familyName, instanceEntry, instanceNames } from "../../src/description/index.ts";
import { siteFiles } from "../../src/docs/files.ts";
import { allLanguages, DocsError, english } from "../../src/docs/index.ts";
import { changesOf, isPublished, keepRelease, loadReleases } from "../../src/docs/releases.ts";
import { textOf } from "./page.ts";

const languages = allLanguages();
const [name = familyName] = instanceNames;
const entry = instanceEntry(name);
const [type = ""] = entry.types;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "releases-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Three releases: one without the instance, its first, and one that lacks a type. */
function keepThree(): void {
  const instances = { [name]: entry };
  keepRelease({ version: "0.9.0", date: "2026-01-01", instances: {} }, folder);
  keepRelease({ version: "0.10.0", date: "2026-01-01", instances }, folder);
  const less = { ...entry, types: entry.types.filter((each) => each !== type) };
  keepRelease({ version: "1.0.0", date: "2026-02-03", instances: { [name]: less } }, folder);
}

test("what each release changed for an instance, the newest first", () => {
  keepThree();
  const releases = loadReleases(folder);
  expect(releases.map(({ version }) => version)).toEqual(["0.9.0", "0.10.0", "1.0.0"]);
  const [newest, first, ...others] = changesOf(releases, name);
  expect(newest).toMatchObject({ version: "1.0.0", date: "2026-02-03" });
  expect(newest?.differences?.[0]).toMatchObject({ weight: "major", subject: `type \`${type}\`` });
  expect(first).toEqual({ version: "0.10.0", date: "2026-01-01", differences: undefined });
  expect(others).toEqual([]);
  expect(changesOf(releases, "nobody.example")).toEqual([]);
});

describe("the changelog of an instance", () => {
  const pageIn = async (code: string, releases: string) => {
    const files = siteFiles(languages, { releases });
    const paths = [...files.keys()].filter(
      (path) => path.startsWith(`${name}/`) && path.endsWith("changelog.html"),
    );
    expect(paths).toHaveLength(languages.size);
    const pages = await Promise.all(paths.map(async (path) => String(await files.get(path)?.())));
    return pages.find((html) => html.includes(`<html lang="${code}"`)) ?? "";
  };

  test.each([...languages.values()])("in $name", async ({ code, page, differences }) => {
    keepThree();
    const html = await pageIn(code, folder);
    const said = textOf(html);
    expect(said).toContain(page.say("instanceChangelog", { instance: name }));
    expect(said).toContain("1.0.0");
    const what = code === english ? "type {type}" : (differences.get("type {type}") ?? "nothing");
    expect(said).toContain(what.replace("{type}", type));
    expect(said).toContain(page.say("changelogFirst"));
    expect(said).not.toContain(page.say("changelogUnreleased"));
  });

  test("says that nothing was released, as long as nothing was", async () => {
    expect(textOf(await pageIn(english, folder))).toContain("No contract has been released yet.");
    expect(textOf(await pageIn("fr", join(folder, "nowhere")))).toContain("Aucun contrat");
  });
});

test("the packages are published when a release is kept", () => {
  expect(isPublished(folder)).toBe(false);
  expect(isPublished(join(folder, "nowhere"))).toBe(false);
  keepThree();
  expect(isPublished(folder)).toBe(true);
});

test("a release that is kept is not changed", () => {
  const instances = { [name]: entry };
  const file = keepRelease({ version: "1.0.0", date: "2026-01-01", instances }, folder);
  const text = readFileSync(file, "utf8");
  keepRelease({ version: "1.0.0", date: "2026-05-05", instances }, folder);
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(() => keepRelease({ version: "1.0.0", date: "2026-01-01", instances: {} }, folder)).toThrow(
    /Other contracts were released as 1\.0\.0/,
  );
});

test.each([
  ["v1", "2026-01-01", '"v1" is not a version: write it as 1.2.3.'],
  ["../../evil", "2026-01-01", "is not a version"],
  ["1.0.0", "2026-13-41", '"2026-13-41" is not a date'],
  ["1.0.0", "yesterday", "is not a date"],
])("%s of %s is no release", (version, date, message) => {
  expect(() => keepRelease({ version, date, instances: {} }, folder)).toThrow(DocsError);
  expect(() => keepRelease({ version, date, instances: {} }, folder)).toThrow(message);
});

test.each([
  ["no JSON", "{", /releases\/1\.0\.0\.json: /],
  ["another version", '{"version":"2.0.0","date":"2026-01-01","instances":{}}', /must have version/],
  ["no instances", '{"version":"1.0.0","date":"2026-01-01"}', /must have version/],
])("a file with %s is told by its name", (_what, text, message) => {
  writeFileSync(join(folder, "1.0.0.json"), text);
  expect(() => loadReleases(folder)).toThrow(DocsError);
  expect(() => loadReleases(folder)).toThrow(message);
});
