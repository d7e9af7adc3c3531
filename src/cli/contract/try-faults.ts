import { failingWithoutFault, type Trial, trials, tryFaults } from "../../contract-lab/index.ts";
import { loadDescription, nearest, shortList } from "../../description/index.ts";
import { listFaults } from "../../sandbox/index.ts";
import { UsageError } from "./options.ts";
import { overwrite } from "./progress.ts";

/**
 * Runs the checks against sandboxes with a fault. Prints which faults go unnoticed and which checks fail without a reason. Tries none if a
 * check fails without a fault. Throws UsageError.
 */
export async function showTrials(
  instances: readonly string[],
  fault: string | undefined,
  failing = failingWithoutFault,
): Promise<void> {
  const chosen = chosenTrials(instances, fault);
  const { stderr } = process;
  const say = (text: string) => {
    if (stderr.isTTY) overwrite(stderr, text);
  };
  for (const instance of new Set(chosen.map((it) => it.instance))) {
    say(`${instance} without a fault`);
    const checks = await failing(loadDescription(instance));
    if (checks.length === 0) continue;
    say("");
    console.log(
      `${instance}: ${checks.join(", ")} fails without a fault, too. Mend that first: npm run contract -- --sandbox ${instance}`,
    );
    process.exitCode = 1;
    return;
  }
  const outcomes = await tryFaults(chosen, (next) => say(`${next.fault.name} on ${next.instance}`));
  say("");
  const bad = outcomes.filter((it) => !it.caught || it.others.length > 0);
  for (const { fault, instance, check, caught, others } of bad) {
    const where = `${fault} on ${instance}`;
    if (check === undefined) console.log(`${where}: src/contract-lab/fault-checks.ts names no check for it.`);
    else if (!caught)
      console.log(`${where}: ${check} does not fail. See its part of: ${commandOf(instance, fault)}`);
    if (others.length > 0)
      console.log(
        `${where}: also fails ${others.join(", ")}. If that is right, list it in src/contract-lab/consequences.ts.`,
      );
  }
  console.log(
    `${outcomes.length - bad.length} of ${outcomes.length} are caught by the check that should, and by no other.`,
  );
  process.exitCode = bad.length > 0 ? 1 : 0;
}

/** Shows what a check met in a run with a fault, or that it met nothing. */
const commandOf = (instance: string, fault: string) =>
  `npm run contract -- --sandbox ${instance} --fault ${fault}`;

/** All faults, on one instance each or on each that is named; or a single fault on all instances that can have it. */
function chosenTrials(instances: readonly string[], fault: string | undefined): Trial[] {
  const all = trials(instances.length === 0 && fault === undefined);
  const names = listFaults().map((it) => it.name);
  if (fault !== undefined && !names.includes(fault))
    throw new UsageError(`Unknown fault ${JSON.stringify(fault)}: ${nearest(fault, names)}.`);
  const chosen = all.filter(
    (it) =>
      (fault === undefined || it.fault.name === fault) &&
      (instances.length === 0 || instances.includes(it.instance)),
  );
  if (chosen.length === 0)
    throw new UsageError(
      `The fault ${fault} is about something that ${instances.length === 0 ? "every instance" : shortList(instances)} lacks.`,
    );
  return chosen;
}
