import type { Operation } from "../../description/index.ts";
import type { CheckName } from "./check-name.ts";
import type { Finding } from "./finding.ts";

/** What a check speaks about: an operation, and a part of it where the check has parts. */
export interface Target {
  readonly check: CheckName;
  readonly operation: Operation;
  readonly subject?: string | undefined;
}

export function targetKey({ check, operation, subject }: Target): string {
  return keyOf(check, operation.id, subject);
}

export function keyOf(check: CheckName, operation: string, subject: string | undefined): string {
  return `${operation} ${check}${subject === undefined ? "" : `[${subject}]`}`;
}

/** So many different findings are told of one place. */
const differentAtMost = 50;

/** What the checks have said so far. */
export class Ledger {
  readonly #findings = new Map<string, Finding[]>();
  readonly #passes = new Map<string, number>();
  readonly #reasons = new Map<string, string>();
  readonly #proven = new Set<string>();

  /** The check was made and held. `statements` are those of the contract that it has proven by that. */
  pass(target: Target, statements: Iterable<string> = []): void {
    const key = targetKey(target);
    this.#passes.set(key, (this.#passes.get(key) ?? 0) + 1);
    for (const statement of statements) this.#proven.add(statement);
  }

  /** The same thing at the same place of the contract is told once, with how often it was seen. */
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

  /** The check could not be made, and why. */
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

/** The last finding of a place of which there is more to say than anyone would read. It is as grave as the gravest that it stands for. */
function closeWith(findings: Finding[], { cause: _, ...finding }: Finding): void {
  const message = `More than ${differentAtMost} different things were found here. The others are not told.`;
  const index = findings.findIndex((it) => it.message === message);
  const known = findings[index];
  if (known === undefined) findings.push({ ...finding, message });
  else {
    const graver = finding.level === "failure" ? finding : known;
    findings[index] = { ...graver, message, times: known.times + finding.times };
  }
}

/** Two findings of one cause, or that differ in numbers only, are the same, seen twice. */
function similar(one: Finding, other: Finding): boolean {
  if (one.cause !== undefined || other.cause !== undefined) return one.cause === other.cause;
  return shapeOf(one.message) === shapeOf(other.message);
}

function shapeOf(message: string): string {
  return message.replaceAll(/\d+/g, "0");
}
