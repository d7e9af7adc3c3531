import type { Report } from "./report.ts";

/**
 * The version of what `--json` writes. Within a version properties are only added; one that goes, or means something else, is a new
 * version.
 */
export const reportVersion = 1;

/** What `--json` writes: the reports of one run or of a fleet. */
export interface ReportFile {
  /** The form of this file: 1. */
  readonly version: 1;
  readonly runs: readonly Report[];
}

/** The reports as `--json` writes them. */
export function reportFileOf(runs: readonly Report[]): ReportFile {
  return { version: reportVersion, runs };
}
