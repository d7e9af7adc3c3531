import { readFileSync } from "node:fs";
import { SettingsError } from "../../settings/index.ts";
import { type Report, reportVersion } from "../report/index.ts";

/**
 * Reads what an earlier run wrote with `--json`: the current version, or the list of reports from before there were versions. Throws
 * SettingsError for anything else.
 */
export function readReports(file: string): Report[] {
  const content = jsonOf(file);
  const version = Array.isArray(content) ? 0 : (content as { version?: unknown } | null)?.version;
  if (version !== 0 && version !== reportVersion) {
    const what =
      typeof version === "number" ? `is of version ${version}` : "has no version, so it is not from --json";
    throw new SettingsError(
      `${file} ${what}: --compare reads version ${reportVersion}, and lists from before there were versions.`,
    );
  }
  const runs: unknown = Array.isArray(content) ? content : (content as { runs?: unknown }).runs;
  if (!Array.isArray(runs)) throw new SettingsError(`${file} has no list of runs: it is not from --json.`);
  return runs.map((it, index) => {
    if (!isReport(it))
      throw new SettingsError(`${file}: run ${index + 1} is no report: it is not from --json.`);
    return { ...it, name: it.name ?? it.instance };
  });
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new SettingsError(`${file} can't be read: ${(error as Error).message}`);
  }
}

function isReport(it: unknown): it is Report & { name?: string } {
  const { instance, startedAt, verdict, results } = (it ?? {}) as Partial<Record<keyof Report, unknown>>;
  return (
    [instance, startedAt, verdict].every((text) => typeof text === "string") &&
    Array.isArray(results) &&
    results.every((result) => Array.isArray((result as { findings?: unknown } | null)?.findings))
  );
}
