import { instanceNames, loadDescription } from "../description/index.ts";
import { type Fault, listFaults } from "../sandbox/index.ts";
import { readModel } from "../sandbox/model.ts";
import { checkFor, consequencesOf } from "./fault-checks.ts";
import type { Finding } from "./finding.ts";
import { findingsOf } from "./report.ts";
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
const timeout = 2_000;
const timeoutOfTheLate = 150;

/** The instances on which a fault means something. */
export function instancesWith(fault: Fault): string[] {
  return instanceNames.filter((name) => fault.appliesTo?.(readModel(loadDescription(name))) !== false);
}

/** Checks one faulty sandbox. */
export async function tryFault(fault: Fault, instance: string): Promise<PowerResult> {
  const isLate = typeof fault.delivery === "object";
  const { report } = await checkSandbox({
    instance,
    fault: fault.name,
    clock: impatient,
    timeout: isLate ? timeoutOfTheLate : timeout,
  });
  const check = checkFor(fault.name);
  const findings = findingsOf(report).filter((it) => it.level !== "note");
  const expected = new Set([check, ...consequencesOf(fault.name)]);
  const others = findings.filter((it) => !expected.has(it.check)).map(placeOf);
  return {
    fault: fault.name,
    instance,
    caught: findings.some((it) => it.check === check),
    others: [...new Set(others)],
  };
}

function placeOf({ check, operation, subject }: Finding): string {
  return `${check}${subject === undefined ? "" : `[${subject}]`} of ${operation}`;
}

/** Checks the sandboxes of these instances with each fault that they can have. */
export async function measurePower(
  instances: readonly string[],
  onStart: (next: { fault: string; instance: string }) => void = () => undefined,
): Promise<PowerResult[]> {
  const results: PowerResult[] = [];
  for (const fault of listFaults()) {
    for (const instance of instancesWith(fault).filter((it) => instances.includes(it))) {
      onStart({ fault: fault.name, instance });
      results.push(await tryFault(fault, instance));
    }
  }
  return results;
}

/** Which check catches which fault, as a page in Markdown. */
export function powerTable(): string {
  const faults = listFaults();
  const rows = faults.map((fault) => {
    const instances = instancesWith(fault);
    const where = instances.length === instanceNames.length ? "all" : instances.join(", ");
    const also = consequencesOf(fault.name).join(", ");
    return `| \`${fault.name}\` | ${fault.description} | ${where} | ${checkFor(fault.name) ?? "-"} | ${also} |`;
  });
  const runs = faults.reduce((sum, fault) => sum + instancesWith(fault).length, 0);
  return [
    "<!-- Written by `npm run -s contract -- --power > docs/faults.md`. Do not edit. -->",
    "",
    "# What the contract checks catch",
    "",
    "The sandbox can deviate from the contract in these ways, one at a time (`npm run sandbox -- --fault NAME`). The tests run the",
    `checks against every fault on every instance that can have it, ${runs} runs in all: each is caught by the check that is named`,
    "here, and no check fails but that one and those that follow from the fault.",
    "",
    "| fault | what the instance does | instances | caught by | follows from it |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
