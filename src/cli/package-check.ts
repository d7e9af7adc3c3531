import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, packPackage } from "../package/index.ts";
import { createProgram } from "./program.ts";

createProgram("package:check", {
  does: "Packs the client, and checks the tarball with publint and attw.",
  exitCodes: "0 it can be published, 1 it can't, 2 wrong usage",
}).parse();
const folder = await mkdtemp(join(tmpdir(), "package-"));
try {
  const { tarball } = await packPackage(folder);
  const found = await checkPackage(tarball);
  for (const each of found) console.error(each);
  if (found.length > 0) process.exitCode = 1;
  else console.log("The package can be published: publint and attw found nothing.");
} finally {
  await rm(folder, { recursive: true, force: true });
}
