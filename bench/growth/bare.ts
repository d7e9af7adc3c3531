import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createConfig, lint } from "@redocly/openapi-core";
import openapiTS, { astToString } from "openapi-typescript";

/*
 * The peer of `npm run generate`: what two of its libraries cost by themselves for the bundles that it wrote. Redocly lints each with the
 * rules that it recommends, and openapi-typescript makes the types of each. Run in a copy of the project.
 */
const config = await createConfig({ extends: ["recommended"] });
for (const entry of readdirSync("generated", { withFileTypes: true }).filter((each) => each.isDirectory())) {
  const file = resolve("generated", entry.name, "openapi.yaml");
  await lint({ ref: file, config });
  astToString(await openapiTS(pathToFileURL(file), { silent: true }));
}
