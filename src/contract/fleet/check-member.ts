import { Baseline } from "../baseline/index.ts";
import { type Checked, checkContract } from "../check-contract.ts";
import { nothingLeft } from "../cleanup/leftovers.ts";
import type { CheckOptions } from "../prepare.ts";
import type { Report } from "../report/report.ts";
import { hasKeys, type Member } from "./member.ts";
import type { Turn } from "./run-fleet.ts";

type Common = Pick<
  CheckOptions,
  "only" | "journalFolder" | "signal" | "fetch" | "clock" | "onWait" | "onStep"
>;

/** Checks a member. Does not throw: what goes wrong is in the report, and the others go on. */
export async function checkMember(member: Member, turn: Turn, common: Common): Promise<Checked> {
  const { name, instance, baseUrl, write, timeout, baseline } = member;
  const now = common.clock?.now() ?? Date.now();
  if (!hasKeys(member))
    return reportAlone(unchecked(member, "missing" in member.keys ? member.keys.missing : "", now));
  try {
    return await checkContract({
      ...common,
      ...turn,
      name,
      instance,
      baseUrl,
      write,
      timeout,
      keys: member.keys,
      ...(baseline !== undefined && { baseline: new Baseline(baseline, name, now) }),
    });
  } catch (error) {
    return reportAlone(unchecked(member, `The run broke off: ${(error as Error).message}`, now));
  }
}

function reportAlone(report: Report): Checked {
  return { report, exchanges: [] };
}

/** The report of a run that could not be made. */
export function unchecked(member: Member, reason: string, now: number): Report {
  const { name, instance, baseUrl, write } = member;
  return {
    name,
    instance,
    baseUrl,
    run: "",
    write,
    startedAt: new Date(now).toISOString(),
    milliseconds: 0,
    requests: 0,
    verdict: "not set up",
    reason,
    results: [],
    power: { statements: 0, provable: 0, proven: 0, unproven: [], beyond: [] },
    hollow: [],
    leftovers: nothingLeft,
    swept: [],
    answerTimes: {},
  };
}
