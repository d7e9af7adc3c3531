import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The benches there are: the modules of this folder's parent. */
export const names: readonly string[] = readdirSync(join(import.meta.dirname, ".."))
  .filter((file) => file.endsWith(".ts") && file !== "index.ts")
  .map((file) => file.slice(0, -3))
  .sort();
