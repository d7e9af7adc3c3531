import type { Operation } from "../../description/index.ts";
import type { CheckName } from "./check-name.ts";
import { bySeverity, type Finding } from "./finding.ts";

/** The place of a result: an operation, and a part of it if the check has parts. */
export interface Target {
  readonly check: CheckName;
  readonly operation: Operation;
  readonly subject?: string | undefined;
}

/** Identifies a place in the ledger. */
export function targetKey({ check, operation, subject }: Target): string {
  return keyOf(check, operation.id, subject);
}

/** The same from its parts: `listNotificationHandlers page_size[type]`. */
export function keyOf(check: CheckName, operation: string, subject: string | undefined): string {
  return `${operation} ${check}${subject === undefined ? "" : `[${subject}]`}`;
}

/** How many different findings are reported for one place. */
const differentAtMost = 50;

/** Collects the results of the checks. */
export class Ledger {
  readonly #findings = new Map<string, Finding[]>();
  readonly #passes = new Map<string, number>();
  readonly #reasons = new Map<string, string>();
  readonly #proven = new Set<string>();

  /** The check passed. `statements`: the contract's statements that this proves. */
  pass(target: Target, statements: Iterable<string> = []): void {
    const key = targetKey(target);
    this.#passes.set(key, (this.#passes.get(key) ?? 0) + 1);
    for (const statement of statements) this.#proven.add(statement);
  }

  /** Findings that are the same, at the same place, are reported once with a count. */
  add(finding: Finding): void {
    const key = keyOf(finding.check, finding.operation, finding.subject);
    const findings = this.#findings.get(key) ?? [];
    const index = findings.findIndex(
      (it) =>
        it.expected.pointer === finding.expected.pointer &&
        it.level === finding.level &&
        similar(it, finding),
    );
    const known = findings[index];
    if (known === undefined && findings.length >= differentAtMost) closeWith(findings, finding);
    else if (known === undefined) findings.push(finding);
    else findings[index] = { ...known, times: known.times + finding.times };
    this.#findings.set(key, findings);
  }

  /** The check could not be made, with the reason. */
  cannot(target: Target, reason: string): void {
    const key = targetKey(target);
    if (!this.#reasons.has(key)) this.#reasons.set(key, reason);
  }

  findings(key: string): readonly Finding[] {
    return this.#findings.get(key) ?? [];
  }

  passes(key: string): number {
    return this.#passes.get(key) ?? 0;
  }

  reason(key: string): string | undefined {
    return this.#reasons.get(key);
  }

  get proven(): ReadonlySet<string> {
    return this.#proven;
  }

  get targets(): ReadonlySet<string> {
    return new Set([...this.#findings.keys(), ...this.#passes.keys(), ...this.#reasons.keys()]);
  }
}

/** Replaces further findings at a place that already has too many. It has the highest severity of those that it replaces. */
function closeWith(findings: Finding[], { cause: _, ...finding }: Finding): void {
  const message = `There are more than ${differentAtMost} different findings here. The others are left out.`;
  const index = findings.findIndex((it) => it.message === message);
  const known = findings[index];
  if (known === undefined) findings.push({ ...finding, message });
  else {
    const [graver] = bySeverity(known, finding);
    findings[index] = { ...graver, message, times: known.times + finding.times };
  }
}

/** Findings are the same if they have the same cause, or differ only in numbers. */
function similar(one: Finding, other: Finding): boolean {
  if (one.cause !== undefined || other.cause !== undefined) return one.cause === other.cause;
  return shapeOf(one.message) === shapeOf(other.message);
}

function shapeOf(message: string): string {
  return message.replaceAll(/\d+/g, "0");
}
