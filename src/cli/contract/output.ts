import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import {
  type Checked,
  changesSince,
  HarWriter,
  issuesOf,
  junitOf,
  metricsOf,
  pageOf,
  proposeBaseline,
  type Report,
  readReports,
  reportFileOf,
  summaryOf,
} from "../../contract/index.ts";
import { type Options, UsageError } from "./options.ts";

/** The files that a command writes, and the one that it compares with. */
export class Outputs {
  readonly #options: Options;
  readonly #earlier: ReadonlyMap<string, Report> | undefined;
  readonly #har: HarWriter | undefined;

  /** Throws UsageError before a run whose results could not be written, and SettingsError for invalid files. */
  constructor(options: Options) {
    this.#options = options;
    const { json, junit, html, metrics, summary, issues, har, writeBaseline, compare } = options;
    for (const file of [json, junit, html, metrics, summary, issues, har, writeBaseline])
      refuseUnwritable(file);
    if (writeBaseline !== undefined) proposeBaseline(writeBaseline, [], 0);
    if (compare !== undefined) this.#earlier = new Map(readReports(compare).map((it) => [it.name, it]));
    if (har !== undefined) this.#har = new HarWriter(har, version());
  }

  /** Takes the result of a run, and returns its report with the changes. The traffic is written to its file at once. */
  take(checked: Checked): Report {
    this.#har?.add(checked.exchanges);
    const { report } = checked;
    const earlier = this.#earlier?.get(report.name);
    return earlier === undefined ? report : { ...report, changes: changesSince(earlier, report) };
  }

  /** The reports that the earlier file does not have. */
  unknownBefore(reports: readonly Report[]): string[] {
    return this.#earlier === undefined
      ? []
      : reports.filter(({ name }) => !this.#earlier?.has(name)).map(({ name }) => name);
  }

  async save(reports: readonly Report[], now: number): Promise<void> {
    const { json, junit, html, metrics, summary, issues, writeBaseline } = this.#options;
    this.#har?.close();
    save(json, `${JSON.stringify(reportFileOf(reports), null, 2)}\n`);
    save(junit, () => junitOf(reports));
    save(html, () => pageOf(reports, now));
    save(summary, () => summaryOf(reports));
    save(issues, () => `${JSON.stringify(issuesOf(reports), null, 2)}\n`);
    if (metrics !== undefined) save(metrics, await metricsOf(reports));
    if (writeBaseline !== undefined) save(writeBaseline, proposeBaseline(writeBaseline, reports, now));
  }
}

/** Throws UsageError if the file could not be written. */
export function refuseUnwritable(file: string | undefined): void {
  if (file === undefined) return;
  if (file === "") throw new UsageError("The name of a file to write is empty.");
  try {
    if (existsSync(file)) {
      accessSync(file, constants.W_OK);
      if (statSync(file).isDirectory()) throw new Error("it is a folder");
    } else accessSync(dirname(resolve(file)), constants.W_OK);
  } catch (error) {
    throw new UsageError(`${file} can't be written: ${(error as Error).message}`);
  }
}

/** Writes a file, if one was asked for. Throws UsageError. */
export function save(file: string | undefined, content: string | (() => string)): void {
  if (file === undefined) return;
  try {
    writeFileSync(file, typeof content === "string" ? content : content());
  } catch (error) {
    throw new UsageError(`${file} can't be written: ${(error as Error).message}`);
  }
}

function version(): string {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  return String((JSON.parse(text) as { version: string }).version);
}
