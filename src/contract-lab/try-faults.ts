import type { CheckName } from "../contract/findings/index.ts";
import { type Finding, findingsOf } from "../contract/index.ts";
import { type Description, instanceNames, loadDescription } from "../description/index.ts";
import { type Fault, listFaults } from "../sandbox/index.ts";
import { consequencesOf } from "./consequences.ts";
import { checkFor } from "./fault-checks.ts";
import { canHave } from "./fault-needs.ts";
import { checkSandbox, impatient } from "./sandboxes.ts";

/** A fault, and the instance whose sandbox gets it. */
export interface Trial {
  readonly fault: Fault;
  readonly instance: string;
}

/** The result of checking a sandbox with a fault. */
export interface Outcome {
  readonly fault: string;
  readonly instance: string;
  /** The check that must catch it, if one is named. */
  readonly check: CheckName | undefined;
  /** Whether it did. */
  readonly caught: boolean;
  /** Checks that failed without a reason. */
  readonly others: readonly string[];
}

/**
 * The time limit of an answer, in milliseconds. A sandbox with a fault that delays answers takes half a minute; all others answer at once,
 * and this allows for a busy machine. With a late answer a run waits so long up to three times, and what is not late must not seem so.
 */
const timeout = 25_000;
const timeoutOfTheLate = 2_000;

/** The instances that can have a fault. */
export function instancesWith(fault: Fault): string[] {
  return instanceNames.filter((name) => canHave(fault, loadDescription(name)));
}

/**
 * The instances on which each fault is tried. `spread`: each fault on one instance that can have it, in turn, so that all instances get a
 * share; otherwise each on all of them.
 */
export function trials(spread: boolean): Trial[] {
  const shares = new Map<string, number>();
  return listFaults().flatMap((fault) => {
    const instances = instancesWith(fault);
    const [least] = [...instances].sort((a, b) => (shares.get(a) ?? 0) - (shares.get(b) ?? 0));
    if (!spread || least === undefined) return instances.map((instance) => ({ fault, instance }));
    shares.set(least, (shares.get(least) ?? 0) + 1);
    return [{ fault, instance: least }];
  });
}

/**
 * Checks a sandbox with a fault.
 *
 * @param isNarrow run only the checks that must notice it, in half the time; nothing is known of the others then
 */
export async function tryFault(fault: Fault, description: Description, isNarrow = false): Promise<Outcome> {
  const check = checkFor(fault.name);
  const expected = new Set([check, ...consequencesOf(fault.name)]);
  const isLate = typeof fault.delivery === "object";
  const { report } = await checkSandbox({
    description,
    fault: fault.name,
    clock: impatient,
    timeout: isLate ? timeoutOfTheLate : timeout,
    only: isNarrow && check !== undefined ? [check, ...consequencesOf(fault.name)] : undefined,
  });
  const findings = findingsOf(report).filter((it) => it.level !== "note");
  const others = findings.filter((it) => !expected.has(it.check)).map(placeOf);
  return {
    fault: fault.name,
    instance: description.name,
    check,
    caught: findings.some((it) => it.check === check),
    others: [...new Set(others)],
  };
}

/** The checks that fail on a sandbox without a fault: of them, no fault proves anything. */
export async function failingWithoutFault(description: Description): Promise<string[]> {
  const { report } = await checkSandbox({ description, clock: impatient, timeout });
  const findings = findingsOf(report).filter((it) => it.level !== "note");
  return [...new Set(findings.map(placeOf))];
}

function placeOf({ check, operation, subject }: Finding): string {
  return `${check}${subject === undefined ? "" : `[${subject}]`} of ${operation}`;
}

/** Checks sandboxes with faults, one after the other. */
export async function tryFaults(
  trials: readonly Trial[],
  onStart: (next: Trial) => void = () => undefined,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const trial of trials) {
    onStart(trial);
    outcomes.push(await tryFault(trial.fault, loadDescription(trial.instance)));
  }
  return outcomes;
}
