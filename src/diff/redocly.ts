import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** A change as in `redocly diff --format json`. */
export interface RatedChange {
  /** JSON pointer to the place, through all `$ref`s. */
  readonly path: string;
  /** The OpenAPI type of the node there: `Operation`, `Parameter`, `Schema`. */
  readonly typeName: string;
  readonly kind: "added" | "removed" | "modified";
  readonly impact: "major" | "minor" | "patch";
  /** The rules that rate the change; empty if it has the default rating. */
  readonly verdicts: readonly { readonly ruleId: string; readonly message: string }[];
  /** The keyword that is modified. */
  readonly property?: string;
  readonly base?: Side;
  readonly revision?: Side;
}

interface Side {
  /** JSON pointer to the place in the file, without `$ref`s. */
  readonly pointer: string;
  readonly value?: unknown;
}

const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const config = fileURLToPath(new URL("redocly.yaml", import.meta.url));

/** The changes between two bundles, both as YAML. */
export async function ratedChanges(before: string, after: string): Promise<readonly RatedChange[]> {
  const folder = await mkdtemp(join(tmpdir(), "contract-diff-"));
  try {
    const [base, revision, output] = ["before.yaml", "after.yaml", "diff.json"].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await Promise.all([writeFile(base, before), writeFile(revision, after)]);
    const options = ["--config", config, "--format", "json", "--output", output, "--fail-on", "none"];
    const quiet = { REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
    await promisify(execFile)(process.execPath, [cli, "diff", ...options, base, revision], {
      cwd: folder,
      env: { ...process.env, ...quiet },
    });
    return (JSON.parse(await readFile(output, "utf8")) as { changes: RatedChange[] }).changes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
