import type { CheckName, Finding } from "../contract/findings/index.ts";
import { findingsOf } from "../contract/report/index.ts";
import { type Description, instanceNames, loadDescription } from "../description/index.ts";
import { type Fault, listFaults } from "../sandbox/index.ts";
import { consequencesOf } from "./consequences.ts";
import { checkFor } from "./fault-checks.ts";
import { canHave } from "./fault-needs.ts";
import { checkSandbox } from "./sandboxes.ts";

/** A fault, and the instance whose sandbox is to have it. */
export interface Trial {
  readonly fault: Fault;
  readonly instance: string;
}

/** What the checks say of a sandbox with a fault. */
export interface Outcome {
  readonly fault: string;
  readonly instance: string;
  /** The check that is to catch it, where one is named. */
  readonly check: CheckName | undefined;
  /** Whether it has. */
  readonly caught: boolean;
  /** Checks that failed without reason. */
  readonly others: readonly string[];
}

/** Waits for nothing: a sandbox that asks for patience has its own reasons. */
const impatient = { now: () => Date.now(), sleep: async () => {} };

/**
 * How long a sandbox has for an answer, in milliseconds. The ones that answer late take half a minute; all others are there at
 * once, and this is what a busy machine may take on top.
 */
const timeout = 5_000;
const timeoutOfTheLate = 150;

/** The instances on which a fault means something. */
export function instancesWith(fault: Fault): string[] {
  return instanceNames.filter((name) => canHave(fault, loadDescription(name)));
}

/**
 * On which instances each fault is tried. Spread: each on one of those that can have it, in turn, so that all instances get their share;
 * else on all of them.
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
 * Checks one faulty sandbox.
 *
 * @param isNarrow whether only the checks are made that are to notice it, in half the time: of the others nothing is known then
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

function placeOf({ check, operation, subject }: Finding): string {
  return `${check}${subject === undefined ? "" : `[${subject}]`} of ${operation}`;
}

/** Checks faulty sandboxes, one after the other. */
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
