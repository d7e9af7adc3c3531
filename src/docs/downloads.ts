import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundlesFolder } from "../description/index.ts";

/** Where `npm run collections` writes a file per instance and tool. */
const collectionsFolder = fileURLToPath(new URL("../../dist/collections/", import.meta.url));

/** The names of well-known files, in the order in which they are shown. */
const names: Readonly<Record<string, string>> = {
  "openapi.yaml": "OpenAPI 3.1",
  "openapi-3.0.yaml": "OpenAPI 3.0.3",
  "openapi-flat.yaml": "OpenAPI 3.0.3, flat",
};

/** The tools of collection files, by the end of the file's name. */
const collections: Readonly<Record<string, string>> = { "postman.json": "Postman", "bruno.json": "Bruno" };

/** A file of an instance that readers can download. */
export interface Download {
  /** Its name in the instance's folder of the site. */
  readonly file: string;
  readonly name: string;
  /** The file that it is copied from. */
  readonly source: string;
}

/** The tools whose collections are missing for an instance: `npm run collections` was not run. */
export function missingCollections(instances: readonly string[]): string[] {
  return Object.entries(collections)
    .filter(([end]) => !instances.every((name) => existsSync(join(collectionsFolder, `${name}.${end}`))))
    .map(([, tool]) => tool);
}

/** The downloads of an instance: everything that is derived for it, except code, and the bundle as JSON that only this project's commands read. */
export function downloadsOf(instance: string): Download[] {
  const order = Object.keys(names);
  const place = (file: string) => (order.includes(file) ? order.indexOf(file) : order.length);
  const derived = readdirSync(join(bundlesFolder, instance), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.ts$|^parsed\.json$/.test(entry.name))
    .map(({ name: file }) => ({
      file,
      name: names[file] ?? file,
      source: join(bundlesFolder, instance, file),
    }))
    .sort((a, b) => place(a.file) - place(b.file) || (a.file < b.file ? -1 : 1));
  const made = Object.entries(collections).map(([end, name]) => {
    const file = `${instance}.${end}`;
    return { file, name, source: join(collectionsFolder, file) };
  });
  return [...derived, ...made.filter(({ source }) => existsSync(source))];
}
