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

/** The contracts below `generated/` of a folder. Throws DiffError if there are none. */
export async function contractsHere(root: string): Promise<Contracts> {
  const folder = join(root, "generated");
  const found = existsSync(folder) ? await readdir(folder) : [];
  const names = found.filter((name) => existsSync(join(folder, name, "openapi.yaml")));
  if (names.length === 0)
    throw new DiffError("generated/ has no contract: run npm run generate, or name two git refs with --to.");
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
    const env = { ...process.env, LC_ALL: "C" };
    const { stdout } = await promisify(execFile)("git", args, { cwd: root, maxBuffer: 2 ** 28, env });
    return stdout;
  } catch (error) {
    const [, refusal] =
      /^fatal: ((?:not a git repository|detected dubious ownership).*)/m.exec(
        (error as { stderr?: string }).stderr ?? "",
      ) ?? [];
    if (refusal !== undefined) throw new DiffError(`git can't compare here: ${refusal}.`);
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new DiffError("git can't be run: install it, and compare in a clone.");
    throw error;
  }
}
