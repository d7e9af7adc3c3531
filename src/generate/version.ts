import { readFile, writeFile } from "node:fs/promises";
import { isScalar, parseDocument } from "yaml";
import { sourceFile, workbenchSource } from "./paths.ts";

/**
 * Writes the package's version into the contract, and into the description of the workbench. The rest of the files stays unchanged.
 * `files`: these, or copies.
 */
export async function writeVersion(
  version: string,
  files: readonly string[] = [sourceFile, workbenchSource],
): Promise<void> {
  for (const file of files) {
    const text = await readFile(file, "utf8");
    const node = parseDocument(text).getIn(["info", "version"], true);
    if (!isScalar(node) || !node.range) throw new Error(`${file} has no info.version`);
    const [from, to] = node.range;
    await writeFile(file, text.slice(0, from) + version + text.slice(to));
  }
}
