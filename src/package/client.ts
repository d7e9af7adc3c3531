import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { copyTo } from "./copy.ts";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

/**
 * The client in JavaScript with its declarations, and of generated/ the same, with the types and the description of every instance that is
 * there. It is compiled without Node's types: it must not need them.
 */
export async function buildClient(root: string, target: string): Promise<void> {
  await promisify(execFile)(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", target], {
    cwd: root,
  });
  // tsc does not copy what is a declaration already, nor what is no TypeScript.
  await copyTo(root, target, "generated", /schema\.d\.ts$|\.yaml$/);
}
