import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { registerOf } from "./register.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A copy of the project, as it is in the working tree, whose register has this many instances. Returns its folder. */
export function copyProject(instances: number): string {
  const folder = mkdtempSync(join(tmpdir(), `growth-${instances}-`));
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  for (const file of listed.toString().split("\n").filter(Boolean)) {
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const register = join(folder, "redocly.yaml");
  writeFileSync(register, registerOf(readFileSync(register, "utf8"), instances));
  return folder;
}
