import type { Check, Verdict } from "../checks/index.ts";
import { type Finding, keyOf, targetKey } from "../findings/index.ts";
import { statementsOf } from "../instance/index.ts";
import { findingOf } from "../judging/index.ts";
import { provableStatements } from "../plan/index.ts";
import type { Run } from "../run/index.ts";
import { listIsThere } from "../scenario/index.ts";
import type { RunStopped } from "../stopped.ts";
import type { CheckResult, Coverage, Report, Status } from "./report.ts";

type Accept = (finding: Finding) => Finding;

/** Lets a check report its results to the ledger of a run. */
export function verdictOf(run: Run, { name }: Check): Verdict {
  return {
    holds: (place, statements) => run.ledger.pass({ ...place, check: name }, statements),
    breaks: (place, complaint) => run.ledger.add(findingOf(run.model, { ...place, check: name }, complaint)),
    cannot: (place, reason) => run.ledger.cannot({ ...place, check: name }, reason),
  };
}

/** The result of each check at each place. `accept`: applies a baseline to a finding. */
export function resultsOf(run: Run, chosen: readonly Check[], accept: Accept = (it) => it): CheckResult[] {
  return chosen.flatMap((check) => {
    const known = new Set<string>();
    const results = check.targets(run.model).map((place) => {
      const target = { check: check.name, operation: place.operation, subject: place.subject };
      known.add(targetKey(target));
      const findings = run.ledger.findings(targetKey(target)).map(accept);
      const held = run.ledger.passes(targetKey(target));
      const reason = run.ledger.reason(targetKey(target));
      const status = statusOf(findings, held, reason);
      const { evidence } = run.model.statement(place.operation, place.pointer);
      return {
        check: check.name,
        operation: place.operation.id,
        ...(place.subject !== undefined && { subject: place.subject }),
        status,
        ...(status === "unprovable" && {
          reason: findings.find((it) => it.level === "unprovable")?.message ?? reason ?? "",
        }),
        ...(status === "skipped" && { reason: skipReason(run, check) }),
        pointer: place.pointer,
        evidence,
        held,
        findings,
      };
    });
    return [...results, ...strayResults(run, check, known, accept)];
  });
}

/** Findings at places that the check does not list: unexpected answers. */
function strayResults(run: Run, check: Check, known: ReadonlySet<string>, accept: Accept): CheckResult[] {
  return run.model.description.operations.flatMap((operation) => {
    const key = keyOf(check.name, operation.id, undefined);
    const findings = known.has(key) ? [] : run.ledger.findings(key).map(accept);
    const [first] = findings;
    if (first === undefined) return [];
    const { pointer, evidence } = first.expected;
    const status = statusOf(findings, 0, undefined);
    return [{ check: check.name, operation: operation.id, status, pointer, evidence, held: 0, findings }];
  });
}

function statusOf(findings: CheckResult["findings"], held: number, reason: string | undefined): Status {
  const has = (level: string) => findings.some((it) => it.level === level);
  if (has("failure")) return "failed";
  if (has("accepted")) return "accepted";
  if (has("warning")) return "warned";
  if (has("unprovable")) return "unprovable";
  if (has("note")) return "noted";
  if (held > 0) return "passed";
  return reason === undefined ? "skipped" : "unprovable";
}

function skipReason(run: Run, check: Check): string {
  if (check.name === "rate_limit") return "no request was answered with 429";
  if (check.name === "unstable") return "no read had to be repeated";
  if (check.write && !run.write) return run.readsOnly ?? "needs --write";
  if (check.stages.includes("isolation") && check.stages.length === 1 && !run.otherAccount)
    return "needs a second account's key";
  return run.write ? "the run met nothing to check" : (run.readsOnly ?? "nothing to check without --write");
}

/** How much of the contract the run could prove with the chosen checks, and did. */
export function coverageOf(run: Run, chosen: readonly Check[]): Coverage {
  const all = statementsOf(run.model);
  const { proven } = run.ledger;
  const provable = provableStatements(run.model, { checks: chosen, write: run.write });
  for (const statement of proven) provable.add(statement);
  const within = all.filter((it) => provable.has(it));
  return {
    statements: all.length,
    provable: within.length,
    proven: within.filter((it) => proven.has(it)).length,
    unproven: within.filter((it) => !proven.has(it)),
    beyond: all.filter((it) => !provable.has(it)),
  };
}

/** The outcome of a run. `stopped`: why it ended early, if it did. */
export function verdictOn(
  results: readonly CheckResult[],
  stopped: RunStopped | undefined,
  coverage: Coverage,
): Report["verdict"] {
  const failed = results.some((it) => it.status === "failed");
  // Something that answers nothing at all may be any server.
  const isMute = stopped?.reason === "timeouts" && coverage.proven === 0;
  const isElsewhere = stopped?.reason === "key-refused" || stopped?.reason === "not-found";
  if (failed && !isElsewhere && !isMute) return "deviates";
  if (stopped !== undefined) return unavailable.has(stopped.reason) ? "unavailable" : "not set up";
  // A check that has only warned, or found what is accepted, has also got its answer.
  const judged = results.some(
    (it) => ["warned", "accepted"].includes(it.status) || (it.held > 0 && it.status !== "unprovable"),
  );
  return judged && coverage.proven > 0 ? "honoured" : "not set up";
}

const unavailable: ReadonlySet<string> = new Set(["unreachable", "timeouts", "rate-limit", "outage"]);

/** Why the run proves less than it seems to, in sentences. */
export function gapsOf(run: Run, results: readonly CheckResult[]): string[] {
  const { exchanges } = run.transport;
  const answered = exchanges.filter((it) => it.outcome.kind === "answer" && it.outcome.status === 200);
  const reasons: string[] = run.readsOnly === undefined ? [] : [run.readsOnly];
  if (answered.length === 0) reasons.push("No request was answered with 200.");
  else if (!run.readings.some((it) => (it.content?.items.length ?? 0) > 0) && run.created.length === 0) {
    reasons.push("The account has no handlers, so no handler was checked.");
  }
  if (run.write && run.before !== undefined && !listIsThere(run)) {
    reasons.push(
      "No handler was created: the list can't be read, so a new handler could not be found again and deleted.",
    );
  }
  if (run.limit !== undefined) reasons.push(`Inconclusive: ${run.limit}.`);
  if (run.write && run.created.length > 0 && run.created.every((it) => it.id === undefined)) {
    reasons.push("No handler could be created, so updates and deletes were not checked.");
  }
  if (results.length > 0 && results.every((it) => it.status === "skipped" || it.status === "unprovable")) {
    reasons.push("Every check was skipped or inconclusive.");
  }
  return reasons;
}
