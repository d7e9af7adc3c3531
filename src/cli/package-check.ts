import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../generate/paths.ts";
import {
  checkDeclarations,
  checkPackage,
  type PackageName,
  packages,
  packPackage,
} from "../package/index.ts";
import { createProgram } from "./program.ts";

createProgram("package:check", {
  does: "Packs the packages, and checks them with publint, with attw, and all their declarations with the compilers of users.",
  exitCodes: "0 they can be published, 1 one can't, 2 wrong usage",
}).parse();
const folder = await mkdtemp(join(tmpdir(), "package-"));
try {
  for (const name of Object.keys(packages) as PackageName[]) {
    const { tarball } = await packPackage(name, folder);
    const found = [
      ...(await checkPackage(name, tarball)),
      ...(await checkDeclarations(name, join(projectRoot, packages[name].folder))),
    ];
    for (const each of found) console.error(`The package ${name}: ${each}`);
    if (found.length > 0) process.exitCode = 1;
    else console.log(`The package ${name} can be published: publint, attw and TypeScript found nothing.`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
