import { readFile, writeFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { style } from "./add-type.ts";
import { SOURCE } from "./paths.ts";

/** Writes into the contract the version that it is published with: that of the package. `file`: openapi/openapi.yaml, or a copy. */
export async function writeVersion(version: string, file: string = SOURCE): Promise<void> {
  const document = parseDocument(await readFile(file, "utf8"));
  document.setIn(["info", "version"], version);
  await writeFile(file, document.toString(style));
}
