import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Writes a changed copy of redocly.yaml to a temporary folder. @returns its path */
export async function changedRegister(change: (text: string) => string): Promise<string> {
  const text = readFileSync(join(root, "redocly.yaml"), "utf8");
  const changed = change(text);
  if (changed === text) throw new Error("The change found nothing to change in redocly.yaml.");
  const path = join(await mkdtemp(join(tmpdir(), "register-")), "redocly.yaml");
  writeFileSync(
    path,
    changed
      .replace("./src/redocly-plugin/index.js", join(root, "src/redocly-plugin/index.js"))
      .replaceAll("root: openapi/openapi.yaml", `root: ${join(root, "openapi/openapi.yaml")}`),
  );
  return path;
}
