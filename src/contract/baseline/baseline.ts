import { readSettings, type Settings, SettingsError, schemaOf } from "../../settings/index.ts";
import type { Acceptance, AcceptedEntry, BaselineFile, Finding } from "../findings/index.ts";
import type { BaselineState, CheckResult } from "../report/index.ts";

/** The accepted deviations of one instance, and which of them a run has found. */
export class Baseline {
  readonly #entries: readonly AcceptedEntry[];
  readonly #today: string;
  readonly #met = new Set<AcceptedEntry>();

  /** `instance`: its name in the report. `now`: milliseconds since 1970. */
  constructor(file: BaselineFile, instance: string, now: number) {
    this.#entries = file.accepted.filter((it) => it.instance === undefined || it.instance === instance);
    this.#today = new Date(now).toISOString().slice(0, 10);
  }

  /**
   * Turns a failure that is accepted into an accepted finding. A failure whose acceptance has expired stays a failure, and says so. Other
   * findings stay as they are.
   */
  judge(finding: Finding): Finding {
    if (finding.level !== "failure") return finding;
    const entries = this.#entries.filter((it) => covers(it, finding));
    for (const it of entries) this.#met.add(it);
    const entry = entries.find((it) => !this.#isOver(it)) ?? entries[0];
    if (entry === undefined) return finding;
    const acceptance: Acceptance = {
      reason: entry.reason,
      decidedBy: entry.decided_by,
      expires: entry.expires,
    };
    return { ...finding, acceptance, level: this.#isOver(entry) ? "failure" : "accepted" };
  }

  /** The state of the entries after a run. An entry whose check had no result in this run may still be needed. */
  state(results: readonly CheckResult[], isWhole: boolean): BaselineState {
    const unmet = this.#entries.filter((it) => !this.#met.has(it));
    const isGone = (entry: AcceptedEntry) => isWhole && wasChecked(entry, results);
    return {
      accepted: [...this.#met].filter((it) => !this.#isOver(it)).length,
      expired: [...this.#met].filter((it) => this.#isOver(it)),
      gone: unmet.filter(isGone),
      unchecked: unmet.filter((it) => !isGone(it)),
    };
  }

  #isOver({ expires }: AcceptedEntry): boolean {
    return expires < this.#today;
  }
}

function covers(entry: AcceptedEntry, finding: Finding): boolean {
  if (entry.check !== finding.check) return false;
  if (entry.cause !== undefined) return entry.cause === finding.cause;
  return (
    entry.operation === finding.operation &&
    entry.subject === finding.subject &&
    (entry.statement === undefined || entry.statement === finding.expected.pointer)
  );
}

function wasChecked({ check, operation, subject }: AcceptedEntry, results: readonly CheckResult[]): boolean {
  const result = results.find(
    (it) => it.check === check && it.operation === operation && it.subject === subject,
  );
  return result !== undefined && result.status !== "skipped" && result.status !== "unprovable";
}

/** Reads a baseline. Throws SettingsError, with the line, if it does not match its schema or names a date that does not exist. */
export function readBaseline(file: string): BaselineFile {
  const settings = readSettings<BaselineFile>(file, schemaOf("contract-baseline"));
  for (const [index, entry] of settings.value.accepted.entries()) refuseSlips(settings, index, entry);
  return settings.value;
}

function refuseSlips({ at }: Settings<BaselineFile>, index: number, entry: AcceptedEntry): void {
  const refuse = (name: keyof AcceptedEntry, why: string) => {
    throw new SettingsError(`${at(["accepted", index, name])}: ${why}`);
  };
  for (const name of ["reason", "decided_by"] as const)
    if (entry[name].trim() === "") refuse(name, `${name} is empty: fill it in.`);
  if (!isDay(entry.expires)) refuse("expires", `there is no day ${entry.expires}.`);
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
