import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { generatedPath, projectRoot } from "./paths.ts";

/** The file of generated/ that records what the others were derived from. */
export const digestFile = "digest.json";

/** The inputs and the code that generated/ is derived from, relative to the project's folder. */
const inputs = [
  "openapi",
  "redocly.yaml",
  "src/description/family-name.ts",
  "src/description/parsed.ts",
  "src/generate",
  "src/redocly-plugin",
  "src/workbench/openapi.yaml",
];

/** The translations are no input: only the docs use them. */
const translations = join("openapi", "i18n");

/** The tools whose versions affect the result. */
const tools = ["@redocly/openapi-core", "openapi-typescript", "typescript", "ajv", "@cfworker/json-schema"];

/**
 * The text of generated/digest.json: one digest of all inputs, one of all files of generated/. If both still match, generated/ is fresh,
 * without deriving it again.
 *
 * @param files the text of each file, by its path below generated/
 */
export async function renderDigest(files: ReadonlyMap<string, string>): Promise<string> {
  const digest = {
    about: "Written by `npm run generate`.",
    inputs: await inputsDigest(),
    outputs: digestOf([...files]),
  };
  return `${JSON.stringify(digest, null, 1)}\n`;
}

/**
 * Whether the digests match the files. It ignores README.md, whose table is derived, too. If they don't match, `npm run generate --
 * --check` tells what is stale.
 */
export async function isFreshByDigest(): Promise<boolean> {
  const path = generatedPath(digestFile);
  if (!existsSync(path)) return false;
  const { inputs: from, outputs } = await readDigest(path);
  if (from !== (await inputsDigest())) return false;
  const present = (await filesBelow(generatedPath())).filter(([file]) => file !== digestFile);
  return outputs === digestOf(present);
}

/** The content of the digest file; empty if it can't be read, since the digest only saves time. */
async function readDigest(path: string): Promise<{ inputs?: unknown; outputs?: unknown }> {
  try {
    return (JSON.parse(await readFile(path, "utf8")) as object | null) ?? {};
  } catch {
    return {};
  }
}

async function inputsDigest(): Promise<string> {
  const { devDependencies } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const files = (await Promise.all(inputs.map((each) => filesBelow(join(projectRoot, each))))).flat();
  const versions = tools.map((tool): [string, string] => [tool, devDependencies[tool] ?? ""]);
  return digestOf([...files, ...versions]);
}

/** Every file in a folder, or a single file, with its text, by its path relative to the project's folder or to generated/. */
async function filesBelow(path: string): Promise<[string, string][]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  const files = entries
    ?.filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name)) ?? [path];
  const root = path.startsWith(generatedPath()) ? generatedPath() : projectRoot;
  const wanted = files
    .map((file) => [file, relative(root, file)] as const)
    .filter(([, name]) => !name.startsWith(translations));
  return Promise.all(
    wanted.map(
      async ([file, name]): Promise<[string, string]> => [
        name.replaceAll("\\", "/"),
        await readFile(file, "utf8"),
      ],
    ),
  );
}

function digestOf(files: [name: string, text: string][]): string {
  const hash = createHash("sha256");
  for (const [name, text] of files.sort(([one], [other]) => (one < other ? -1 : 1))) {
    hash.update(name).update("\0").update(text).update("\0");
  }
  return hash.digest("hex");
}
