/** The npm packages: what is in them, how they are built, and whether they are fit to be published. */
export { buildPackage, type PackageName, packages, projectRoot } from "./build.ts";
export { checkPackage, packPackage } from "./check.ts";
export { buildDevkit } from "./devkit.ts";
