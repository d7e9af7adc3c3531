import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DocsError } from "./error.ts";

const manifest = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
const { version, bin } = JSON.parse(readFileSync(manifest, "utf8")) as {
  version: string;
  bin: { redocly: string };
};

/** The folder of the installed Redocly CLI, which carries the Redoc that its pages run. */
export const redoclyFolder = dirname(manifest);

/** What Redocly made of the same input before; kept where package managers keep such things, so that nothing needs it. */
const cacheFolder = fileURLToPath(
  new URL("../../node_modules/.cache/notification-handlers-docs/", import.meta.url),
);

/**
 * Runs a command of the Redocly CLI that writes one file, and returns the file's text. The same input with the same version is
 * answered from a cache.
 *
 * @param input   everything that the output depends on: files by their name, written into the folder that the command runs in
 * @param command the arguments, after which the output's name is added
 * @throws {DocsError} with what the command printed, when it fails
 */
export async function runRedocly(
  input: Readonly<Record<string, string>>,
  command: readonly string[],
): Promise<string> {
  const hash = createHash("sha256")
    .update(JSON.stringify([version, command, input]))
    .digest("hex")
    .slice(0, 32);
  const cached = join(cacheFolder, hash);
  if (existsSync(cached)) return readFileSync(cached, "utf8");
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, "run-"));
  for (const [name, text] of Object.entries(input)) writeFileSync(join(folder, name), text);
  await run([join(redoclyFolder, bin.redocly), ...command, "--output", "output"], folder);
  const output = readFileSync(join(folder, "output"), "utf8");
  renameSync(join(folder, "output"), cached);
  rmSync(folder, { recursive: true });
  return output;
}

function run(args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd,
      env: {
        ...process.env,
        NODE_OPTIONS: "",
        REDOCLY_TELEMETRY: "off",
        REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
        REDOCLY_SUPPRESS_NOTIFICATIONS: "true",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (printed += String(data)));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new DocsError(`redocly ${args[1]} failed:\n${printed.trim()}`));
    });
  });
}
