import { Baseline } from "../baseline/index.ts";
import { type Checked, checkContract } from "../check-contract.ts";
import { nothingLeft } from "../cleanup/index.ts";
import type { CheckOptions } from "../prepare.ts";
import type { Report } from "../report/index.ts";
import type { Keys } from "../wire/index.ts";
import { certificateEnd } from "./certificate.ts";
import { hasKeys, type Member } from "./member.ts";
import type { HostPace } from "./run-fleet.ts";

type Common = Pick<
  CheckOptions,
  "only" | "journalFolder" | "signal" | "fetch" | "clock" | "onWait" | "onStep"
>;

/** Checks a member whose keys are known. Throws what checkContract throws. */
export function runMember(
  member: Member & { readonly keys: Keys },
  pace: HostPace,
  common: Common,
): Promise<Checked> {
  const { name, instance, baseUrl, write, timeout, keys } = member;
  const baseline = baselineFor(member, common.clock?.now());
  const options = { ...common, ...pace, name, instance, baseUrl, write, timeout, keys, baseline };
  return withCertificate(checkContract(options), baseUrl, common.signal);
}

/** The baseline entries of a member that are valid today. `now`: milliseconds since 1970. */
export function baselineFor({ baseline, name }: Member, now = Date.now()): Baseline | undefined {
  return baseline === undefined ? undefined : new Baseline(baseline, name, now);
}

/** Reads the host's certificate during the run. */
async function withCertificate(
  checking: Promise<Checked>,
  baseUrl: string,
  signal: AbortSignal | undefined,
): Promise<Checked> {
  const [checked, end] = await Promise.all([checking, certificateEnd(baseUrl, signal)]);
  if (end === undefined) return checked;
  const report = { ...checked.report, certificateEnds: new Date(end).toISOString() };
  return {
    report,
    get exchanges() {
      return checked.exchanges;
    },
  };
}

/** Checks a member. Never throws: errors go into the report, so that other members are still checked. */
export async function checkMember(member: Member, pace: HostPace, common: Common): Promise<Checked> {
  const now = common.clock?.now() ?? Date.now();
  if (!hasKeys(member)) return reportAlone(unchecked(member, reasonOf(member), now));
  try {
    return await runMember(member, pace, common);
  } catch (error) {
    return reportAlone(unchecked(member, `The run broke off: ${(error as Error).message}`, now));
  }
}

function reasonOf({ keys }: Member): string {
  return "missing" in keys ? keys.missing : "";
}

function reportAlone(report: Report): Checked {
  return { report, exchanges: [] };
}

/** The report of a member that could not be checked. */
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
    coverage: { statements: 0, provable: 0, proven: 0, unproven: [], beyond: [] },
    hollow: [],
    leftovers: nothingLeft,
    swept: [],
    answerTimes: {},
  };
}
