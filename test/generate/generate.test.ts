import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, loadConfig } from "@redocly/openapi-core";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import { beforeAll, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { descriptionNames, familyName, loadDescription } from "../../src/description/index.ts";
import { checkGenerated, generate } from "../../src/generate/index.ts";
import { triesAll } from "../scope.ts";

/** Everything is derived several times here, which takes long where others use the machine, too. */
vi.setConfig({ testTimeout: 180_000 });

/** What other tools make of a bundle is tried on an instance's and the family's. */
const triedByOthers = triesAll("GENERATED")
  ? descriptionNames
  : descriptionNames.filter((name, index) => index === 0 || name === familyName);

const committed = fileURLToPath(new URL("../../generated", import.meta.url));

/** The files below a folder. */
const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();

/** A copy of generated/ in which some files are not as they should be; what is said of it, and which files generating wrote or removed. */
let outDir: string;
let toldStale: string[];
let mended: string[];
const stale = ["generated/k.aws.bj/schema.d.ts", "generated/instances.ts", "generated/tistos.com/old.yaml"];
const steps: string[] = [];
beforeAll(async () => {
  outDir = join(await mkdtemp(join(tmpdir(), "generated-")), "generated");
  cpSync(committed, outDir, { recursive: true });
  appendFileSync(join(outDir, "k.aws.bj/schema.d.ts"), "// edited by hand\n");
  rmSync(join(outDir, "instances.ts"));
  writeFileSync(join(outDir, "tistos.com/old.yaml"), "openapi: 3.1.0\n");
  // Each derives everything.
  toldStale = (await checkGenerated({ outDir })).stale;
  mended = await generate({
    outDir,
    onStep: ({ name, detail, milliseconds }) => steps.push(`${name} ${detail} ${milliseconds > 0}`),
  });
}, 180_000);

test("stale, missing and left-over files are named, and mended by generating", () => {
  expect(toldStale.sort()).toEqual([...stale].sort());
  expect(mended.sort()).toEqual([...stale].sort());
});

test("generated/ is what the contract derives to, byte by byte", () => {
  expect(filesOf(outDir)).toEqual(filesOf(committed));
  for (const file of filesOf(outDir))
    expect(readFileSync(join(outDir, file), "utf8"), file).toBe(readFileSync(join(committed, file), "utf8"));
});

test("redocly bundle derives the same as generate", async () => {
  const config = await loadConfig({ configPath: join(committed, "../redocly.yaml") });
  for (const name of triedByOthers) {
    const { bundle: bundled } = await bundle({
      ref: join(committed, "../openapi/openapi.yaml"),
      config: config.forAlias(name),
    });
    const written: unknown = parse(readFileSync(join(committed, name, "openapi.yaml"), "utf8"));
    expect(JSON.parse(JSON.stringify(bundled.parsed))).toEqual(written);
    const beside = JSON.parse(readFileSync(join(committed, name, "parsed.json"), "utf8"));
    expect(JSON.stringify(beside.document)).toBe(JSON.stringify(written));
  }
});

test("types are what openapi-typescript makes of the bundles by itself, but for the comments", async () => {
  const withoutComments = (text: string) => text.replace(/^ *\/\*\*.*?\*\/\n/gms, "");
  for (const name of triedByOthers) {
    const document = parse(readFileSync(join(committed, name, "openapi.yaml"), "utf8")) as OpenAPI3;
    const types = astToString(await openapiTS(document, { silent: true }));
    const written = readFileSync(join(committed, name, "schema.d.ts"), "utf8");
    expect(withoutComments(written).includes(withoutComments(types))).toBe(true);
  }
});

test("the contract has the version of the package that it is published with", () => {
  const { version } = JSON.parse(readFileSync(join(committed, "../package.json"), "utf8"));
  for (const name of descriptionNames)
    expect(loadDescription(name).document).toMatchObject({ info: { version } });
});

test("every step is told with its time", () => {
  expect(steps.map((step) => step.split(" ")[0])).toEqual([
    "lint",
    "read",
    "derive",
    "lint",
    "types",
    "variants",
    "registry",
    "workbench",
    "write",
  ]);
  for (const step of steps) expect(step).toMatch(/ true$/);
});

test("every generated file says that it is generated", () => {
  for (const file of filesOf(outDir)) {
    const [first, second] = readFileSync(join(outDir, file), "utf8").split("\n");
    expect(file.endsWith(".json") ? second : first, file).toMatch(
      /(Generated|Written) by `npm run generate`/,
    );
  }
});
