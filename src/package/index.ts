/** The npm package: what is in it, how it is built, and whether it is fit to be published. */
export { buildPackage, packageFolder, projectRoot } from "./build.ts";
export { checkPackage, packPackage } from "./check.ts";
