import type { Finding } from "../contract/findings/index.ts";
import { findingsOf } from "../contract/report/index.ts";
import { type Description, instanceNames, loadDescription } from "../description/index.ts";
import { type Fault, listFaults } from "../sandbox/index.ts";
import { checkFor, consequencesOf } from "./fault-checks.ts";
import { canHave, needsOfFaults } from "./fault-needs.ts";
import { checkSandbox } from "./sandboxes.ts";

/** What the checks say of a sandbox with a fault. */
export interface PowerResult {
  readonly fault: string;
  readonly instance: string;
  /** Whether the check that is to catch it has done so. */
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
export function trials(spread: boolean): { readonly fault: Fault; readonly instance: string }[] {
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
export async function tryFault(
  fault: Fault,
  description: Description,
  isNarrow = false,
): Promise<PowerResult> {
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
    caught: findings.some((it) => it.check === check),
    others: [...new Set(others)],
  };
}

function placeOf({ check, operation, subject }: Finding): string {
  return `${check}${subject === undefined ? "" : `[${subject}]`} of ${operation}`;
}

/** Checks the sandboxes of these instances with each fault that they can have; without any named, each fault on one. */
export async function measurePower(
  instances: readonly string[] | undefined,
  onStart: (next: { fault: string; instance: string }) => void = () => undefined,
): Promise<PowerResult[]> {
  const results: PowerResult[] = [];
  for (const { fault, instance } of trials(instances === undefined)) {
    if (instances?.includes(instance) === false) continue;
    onStart({ fault: fault.name, instance });
    results.push(await tryFault(fault, loadDescription(instance)));
  }
  return results;
}

/** Which check catches which fault, as a page in Markdown. */
export function powerTable(): string {
  const needed = needsOfFaults();
  const rows = listFaults().map((fault) => {
    const also = consequencesOf(fault.name).join(", ");
    const needs = needed.get(fault.name)?.join(", ") ?? "";
    return `| \`${fault.name}\` | ${fault.description} | ${needs} | ${checkFor(fault.name) ?? "-"} | ${also} |`;
  });
  return [
    "<!-- Written by `npm run -s contract -- --power > docs/faults.md`. Do not edit. -->",
    "",
    "# What the contract checks catch",
    "",
    "The sandbox can deviate from the contract in these ways, one at a time (`npm run sandbox -- --fault NAME`), where the instance has",
    "what the fault is about. The tests run the checks against every fault: each is caught by the check that is named here, and no",
    "check finds anything but that one and those that follow from the fault.",
    "",
    "| fault | what the instance does | needs | caught by | follows from it |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
