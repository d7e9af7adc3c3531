import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { generate } from "../../src/generate/index.ts";
import { projectRoot } from "../../src/package/index.ts";
import { changedRegister } from "../generate/register.ts";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

test("an instance that is added to redocly.yaml has a client and an entry point of its own, with no change in src/", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sixth-"));
  const configPath = await changedRegister((text) =>
    text.replace(
      /^ {2}tistos\.com:\n(?: {4}.*\n)+/m,
      (entry) =>
        `${entry}${entry.replaceAll("tistos.com", "sixth.example").replace(/types: \[.*\]/, "types: [email, twilio]")}`,
    ),
  );
  await generate({ configPath, outDir: join(folder, "generated") });
  await mkdir(join(folder, "src"));
  await symlink(join(projectRoot, "src/client"), join(folder, "src/client"));
  await symlink(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  const files = {
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({
      extends: join(projectRoot, "tsconfig.json"),
      compilerOptions: { preserveSymlinks: true, types: [], rootDir: "." },
      include: ["main.ts"],
      exclude: [],
    }),
    "main.ts": `import { createClient } from "./src/client/index.ts";
import type { HandlerType } from "./generated/sixth.example/index.ts";
const client = createClient({ instance: "sixth.example", apiKey: "key" });
client.create({ type: "twilio", name: "x", twilio: "+1" });
// @ts-expect-error this instance has no slack
client.create({ type: "slack", name: "x" });
export const type: HandlerType = "twilio";
`,
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const compiled = promisify(execFile)(process.execPath, [tsc, "-p", "."], { cwd: folder }).catch(
    (error) => error,
  );
  expect((await compiled).stdout).toBe("");
  await rm(folder, { recursive: true });
});
