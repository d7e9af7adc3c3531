/** The npm packages: their content, how they are built, and whether they are ready to be published. */
export { buildPackage, type PackageName, packages } from "./build.ts";
export { checkPackage, packPackage } from "./check.ts";
export { checkDeclarations } from "./declarations.ts";
export { buildDevkit } from "./devkit.ts";
