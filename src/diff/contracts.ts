import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** The bundled contracts as YAML, by instance name. */
export type Contracts = ReadonlyMap<string, string>;

/** There is nothing to compare. The message says what to do. */
export class DiffError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "DiffError";
  }
}

/** The contracts below `generated/` of a folder. */
export async function contractsHere(root: string): Promise<Contracts> {
  const folder = join(root, "generated");
  const names = (await readdir(folder)).filter((name) => existsSync(join(folder, name, "openapi.yaml")));
  const read = (name: string) => readFile(join(folder, name, "openapi.yaml"), "utf8");
  return new Map(await Promise.all(names.sort().map(async (name) => [name, await read(name)] as const)));
}

/**
 * The contracts as committed at a git ref: a tag, a branch, a commit. Throws DiffError if there is no such ref, or if it has no contracts.
 *
 * @returns the contracts, and the commit's hash
 */
export async function contractsAt(
  root: string,
  ref: string,
): Promise<{ commit: string; contracts: Contracts }> {
  const commit = await git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`)
    .then((text) => text.trim())
    .catch((error: unknown) => {
      if (error instanceof DiffError) throw error;
      throw new DiffError(
        `There is no commit ${JSON.stringify(ref)}: name a tag, a branch or a commit that is fetched.`,
      );
    });
  const listed = await git(root, "ls-tree", "-r", "--name-only", "-z", commit, "--", "generated/");
  const names = listed
    .split("\0")
    .flatMap((file) => /^generated\/([^/]+)\/openapi\.yaml$/.exec(file)?.[1] ?? []);
  if (names.length === 0) throw new DiffError(`${ref} has no contract below generated/.`);
  const show = (name: string) => git(root, "show", `${commit}:generated/${name}/openapi.yaml`);
  const contracts = await Promise.all(names.map(async (name) => [name, await show(name)] as const));
  return { commit, contracts: new Map(contracts) };
}

/** The tag of the last release before the current commit: `v1.2.3`. Throws DiffError if there is none. */
export async function lastRelease(root: string): Promise<string> {
  return await git(root, "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*").then(
    (text) => text.trim(),
    (error: unknown) => {
      if (error instanceof DiffError) throw error;
      throw new DiffError("There is no release yet (no tag v<number>): name a git ref to compare with.");
    },
  );
}

async function git(root: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("git", args, { cwd: root, maxBuffer: 2 ** 28 });
    return stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new DiffError("git can't be run: install it, and compare in a clone.");
    throw error;
  }
}
