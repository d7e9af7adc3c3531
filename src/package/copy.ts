import { cp, mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Copies a file, or the files in a folder whose path matches `fits`, to the same place below another root. */
export async function copyTo(root: string, target: string, place: string, fits = /./): Promise<void> {
  const from = join(root, place);
  const names = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => undefined);
  const files =
    names === undefined
      ? [from]
      : names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files) {
    const path = file.slice(root.length).replace(/^[\\/]+/, "");
    if (!fits.test(path)) continue;
    await mkdir(dirname(join(target, path)), { recursive: true });
    await cp(file, join(target, path));
  }
}
