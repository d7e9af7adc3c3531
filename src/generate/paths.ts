import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json. */
export const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/** The root file of the hand-written contract. */
export const sourceFile = join(projectRoot, "openapi", "openapi.yaml");

/** The description of the workbench's own paths. */
export const workbenchSource = join(projectRoot, "src", "workbench", "openapi.yaml");

/** The register of instances, and the lint rules. */
export const registerFile = join(projectRoot, "redocly.yaml");

/** The page with the table of the instances. */
export const readmeFile = join(projectRoot, "README.md");

/** The path of a generated file. */
export function generatedPath(...parts: string[]): string {
  return join(projectRoot, "generated", ...parts);
}
