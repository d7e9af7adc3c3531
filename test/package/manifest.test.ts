import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../src/generate/paths.ts";
import { clientManifest } from "../../src/package/client.ts";
import { devkitManifest } from "../../src/package/devkit.ts";

/** What npm runs, or asks its user about, where a package is installed: from the registry, and from a file or a repository. */
const installScripts = ["preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare"];

const read = (file: string) => JSON.parse(readFileSync(join(projectRoot, file), "utf8"));

test("installing the package runs nothing, and asks for no leave to", () => {
  const { scripts } = read("package.json");
  expect(Object.keys(scripts).filter((name) => installScripts.includes(name))).toEqual([]);
});

test("both packages name the repository once the project does, since npm holds provenance against it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "manifest-"));
  await mkdir(join(folder, "src"));
  const repository = { type: "git", url: "git+https://git.example/a/b.git" };
  const manifests = async (own: object) => {
    await writeFile(join(folder, "package.json"), JSON.stringify({ ...read("package.json"), ...own }));
    const devkit = JSON.parse(JSON.stringify(await devkitManifest(folder, folder)));
    return [JSON.parse(await clientManifest(folder)), devkit];
  };
  for (const each of await manifests({ repository })) expect(each).toMatchObject({ repository });
  for (const each of await manifests({ repository: undefined }))
    expect(each).not.toHaveProperty("repository");
  await rm(folder, { recursive: true });
});

describe("a dependency", () => {
  const { dependencies, devDependencies, overrides } = read("package.json");

  test("has an exact version: an update is a commit", () => {
    const versions = Object.entries<string>({ ...dependencies, ...devDependencies, ...overrides });
    expect(versions.filter(([, version]) => !/^(npm:\w+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test("runs no script when it is installed, nor does what it depends on", () => {
    const packages = Object.entries<{ hasInstallScript?: boolean }>(read("package-lock.json").packages);
    expect(packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([]);
  });
});
