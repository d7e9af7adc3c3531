import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where what is derived of the contract is. */
export const generatedFolder = fileURLToPath(new URL("../../generated/", import.meta.url));

/** What a file is, for the files that readers know by a name: in the order in which they are shown. */
const names: Readonly<Record<string, string>> = {
  "openapi.yaml": "OpenAPI 3.1",
  "openapi-3.0.yaml": "OpenAPI 3.0.3",
  "openapi-flat.yaml": "OpenAPI 3.1, flat",
  "postman.json": "Postman",
  "bruno.json": "Bruno",
};

/** A file of an instance that readers can take away. */
export interface Download {
  /** Its name in the instance's folder. */
  readonly file: string;
  readonly name: string;
}

/** What readers can take away of an instance: everything that is derived for it and not code of this project. */
export function downloadsOf(instance: string): Download[] {
  const order = Object.keys(names);
  const place = (file: string) => (order.includes(file) ? order.indexOf(file) : order.length);
  return readdirSync(join(generatedFolder, instance), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".ts"))
    .map(({ name: file }) => ({ file, name: names[file] ?? file }))
    .sort((a, b) => place(a.file) - place(b.file) || (a.file < b.file ? -1 : 1));
}
