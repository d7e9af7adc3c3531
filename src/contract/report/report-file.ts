import type { Report } from "./report.ts";

/**
 * The version of the format that `--json` writes. Within a version, properties are only added. Removing one, or changing its meaning, makes
 * a new version.
 */
export const reportVersion = 1;

/** The format that `--json` writes: the reports of one run or of a fleet. */
export interface ReportFile {
  /** The version of the format. */
  readonly version: 1;
  readonly runs: readonly Report[];
}

/** The content of a `--json` file. */
export function reportFileOf(runs: readonly Report[]): ReportFile {
  return { version: reportVersion, runs };
}
