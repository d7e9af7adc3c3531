import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { descriptionNames, instanceNames } from "../src/description/index.ts";
import { triesAll } from "./scope.ts";

/*
 * The recipes of CONTRIBUTING.md that change versions, followed in a copy of the project without a network: a dependency is updated, and a
 * release is made up to what npm would publish.
 */

const root = fileURLToPath(new URL("../", import.meta.url));
const run = promisify(execFile);
const patience = 900_000;

describe.runIf(triesAll("RECIPES"))("in a copy", () => {
  let folder = "";
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const json = (file: string) => JSON.parse(read(file));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "release-"));
    const left = ["node_modules", "dist", ".git", "coverage"];
    await cp(root, folder, { recursive: true, filter: (path) => !left.includes(basename(path)) });
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  }, patience);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const npm = (args: string[], env: Record<string, string> = {}) =>
    run("npm", args, { cwd: folder, env: { ...process.env, ...env }, maxBuffer: 1 << 26 });

  test(
    "an updated dependency has an exact version, in the lock file, too, and nothing else changes",
    async () => {
      const name = "yaml";
      const before = json("package-lock.json").packages;
      const own = json(`node_modules/${name}/package.json`);
      const latest = `${own.version.split(".")[0]}.99.0`;
      const manifest = { ...own, version: latest };
      const registry = createServer((_, response) => {
        const dist = { tarball: "http://127.0.0.1/latest.tgz", integrity: "sha512-AAAA" };
        const versions = { [latest]: { ...manifest, dist } };
        response.end(JSON.stringify({ name, "dist-tags": { latest }, versions }));
      });
      await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
      try {
        const { port } = registry.address() as AddressInfo;
        await npm(["install", "-E", "-D", `${name}@latest`, "--package-lock-only", "--no-audit"], {
          npm_config_registry: `http://127.0.0.1:${port}/`,
          npm_config_cache: join(folder, "dist/cache"),
        });
      } finally {
        registry.closeAllConnections();
        registry.close();
      }
      expect(json("package.json").devDependencies[name]).toBe(latest);
      const after = json("package-lock.json").packages;
      expect(after[`node_modules/${name}`].version).toBe(latest);
      const changed = Object.keys({ ...before, ...after }).filter(
        (path) => before[path]?.version !== after[path]?.version && !path.endsWith(`node_modules/${name}`),
      );
      expect(changed).toEqual([]);
    },
    patience,
  );

  test(
    "a release writes the next version everywhere, and npm would publish both packages",
    async () => {
      const { name, version } = json("package.json");
      const [major, minor] = version.split(".").map(Number);
      const next = `${major}.${minor + 1}.0`;
      const sentence = "Made up: the *list* takes a name.";
      const changelog = read("CHANGELOG.md").replace("# Changelog\n", "");
      await writeFile(
        join(folder, ".changeset/brave-list.md"),
        `---\n"${name}": minor\n---\n\n${sentence}\n`,
      );
      await npm(["run", "release:version"], { npm_config_offline: "true" });

      expect(json("package.json").version).toBe(next);
      expect(json("package-lock.json").packages[""].version).toBe(next);
      expect(read("CHANGELOG.md")).toMatch(`# Changelog\n\n## ${next}\n### Minor Changes\n\n- ${sentence}\n`);
      // What was written by hand stays as it was.
      expect(read("CHANGELOG.md").endsWith(changelog)).toBe(true);
      expect(readdirSync(join(folder, ".changeset"))).toEqual(["config.json"]);
      for (const instance of descriptionNames)
        expect(read(`generated/${instance}/openapi.yaml`)).toContain(`\n  version: ${next}\n`);
      expect(Object.keys(json(`releases/${next}.json`).instances).sort()).toEqual([...instanceNames].sort());
      await npm(["run", "generate", "--", "--check"]);

      await npm(["run", "build"]);
      const packages = [
        ["./dist/package", name],
        ["./dist/devkit", "notification-handlers-devkit"],
      ];
      for (const [place = "", published] of packages) {
        const { stdout } = await npm(["publish", "--dry-run", "--offline", "--access", "public", place]);
        expect(stdout).toContain(`+ ${published}@${next}`);
      }
    },
    patience,
  );
});
