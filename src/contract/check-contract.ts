import { type Description, loadDescription } from "../description/index.ts";
import { checks as allChecks, type Check, type Verdict } from "./checks/index.ts";
import { cleanUp, nothingLeft, type Sweep, sweep } from "./cleanup/clean-up.ts";
import { keyOf, Ledger, targetKey } from "./findings/ledger.ts";
import { type Model, modelOf } from "./instance/model.ts";
import { statementsOf } from "./instance/statements.ts";
import { unknownId } from "./instance/values.ts";
import { accountOf, Journal } from "./journal/journal.ts";
import { newRunId } from "./journal/marker.ts";
import { findingOf } from "./judging/complaint.ts";
import { judgeSlash } from "./judging/whole-answers.ts";
import { provableStatements } from "./plan/provable.ts";
import { mostRequests } from "./plan/requests.ts";
import { maskedExchange, maskedLeftovers, maskedReport, maskOf } from "./report/mask.ts";
import type { CheckResult, Power, Report, Status } from "./report/report.ts";
import { type Run, settle, settleLostCreates } from "./run/run.ts";
import { listIsThere } from "./scenario/create.ts";
import { playScenario } from "./scenario/index.ts";
import { Budget } from "./wire/budget.ts";
import { type Clock, systemClock } from "./wire/clock.ts";
import type { Keys } from "./wire/credentials.ts";
import type { Call, Exchange } from "./wire/exchange.ts";
import { Pace } from "./wire/pace.ts";
import { RunStopped } from "./wire/stopped.ts";
import { Transport } from "./wire/transport.ts";

export interface CheckOptions {
  /** The name of the instance whose contract is checked, or `family`. */
  readonly instance?: string | undefined;
  /** The contract itself, in place of that name. */
  readonly description?: Description | undefined;
  /** Where it is served; by default where its contract says. */
  readonly baseUrl?: string | undefined;
  readonly keys: Keys;
  /** Also create, update and delete handlers. Off by default. */
  readonly write?: boolean | undefined;
  /** Names of checks; all by default. */
  readonly only?: readonly string[] | undefined;
  /** Milliseconds between two requests; none by default. */
  readonly interval?: number | undefined;
  /** For one request with its answer, in milliseconds; 10 s by default. */
  readonly timeout?: number | undefined;
  /** Where journals are kept; without a folder there is none on disk, and a killed run leaves no trace but its marker. */
  readonly journalFolder?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
  readonly clock?: Clock | undefined;
  /** Ends the run; it still cleans up. */
  readonly signal?: AbortSignal | undefined;
  readonly onWait?: ((milliseconds: number, reason: string) => void) | undefined;
  readonly onRequest?: ((exchange: Exchange) => void) | undefined;
}

export interface Checked {
  readonly report: Report;
  /** All traffic, for a HAR file, the keys masked. */
  readonly exchanges: readonly Exchange[];
}

const userAgent = "notification-handlers-api contract checks";

/**
 * Checks an instance against its contract and leaves it as it was. Does not throw for anything that the instance does.
 * Throws UnknownInstanceError, BundleError and UnknownCheckError, and RunStopped when the journal can't be begun.
 */
export async function checkContract(options: CheckOptions): Promise<Checked> {
  const chosen = chosenChecks(options.only);
  const { run, folder } = prepare(options, chosen);
  let stopped: RunStopped | undefined;
  let swept: Sweep | undefined;
  let leftovers = nothingLeft;
  try {
    await playScenario(run, chosen, async () => {
      swept = await sweep(run, { folder, whole: false, young: false });
    });
  } catch (error) {
    if (!(error instanceof RunStopped)) throw error;
    stopped = error;
  } finally {
    stopped ??= run.transport.stopped;
    settle(run);
    leftovers = await cleanUp(run);
    stopped ??= run.transport.stopped;
    settle(run);
    settleLostCreates(run);
    for (const it of run.transport.redirects) judgeSlash(run.model, run.ledger, it);
  }
  for (const check of chosen) if (run.write || !check.write) check.judge?.(run, verdictOf(run, check));
  const results = resultsOf(run, chosen);
  const power = powerOf(run, chosen);
  const left = {
    handlers: [
      ...leftovers.handlers,
      ...(swept?.left.handlers ?? []).filter(({ id }) => !run.journal.owns(id)),
    ],
    unknown: [...leftovers.unknown, ...(swept?.left.unknown ?? [])],
  };
  // The sweep may have had to stop between looking at a handler and deleting it; then the clean-up did.
  const sweptLate = (swept?.left.handlers ?? [])
    .map(({ id }) => id)
    .filter((id) => run.journal.owns(id) && !run.journal.left.has(id));
  const verdict = verdictOn(results, stopped, power);
  // Of who is not there nothing else is to be said.
  const hollow = verdict === "unavailable" ? [] : hollowness(run, results);
  const report: Report = {
    instance: run.model.description.name,
    baseUrl: run.baseUrl,
    run: run.id,
    write: run.write,
    startedAt: new Date(run.startedAt).toISOString(),
    milliseconds: run.clock.now() - run.startedAt,
    requests: run.transport.count,
    verdict,
    ...(stopped !== undefined && { reason: stopped.message }),
    results,
    power,
    hollow,
    leftovers: left,
    swept: [...(swept?.deleted ?? []), ...sweptLate],
  };
  const mask = maskOf(options.keys);
  return {
    report: maskedReport(report, mask),
    exchanges: run.transport.exchanges.map((it) => maskedExchange(it, mask)),
  };
}

/**
 * Deletes what earlier runs left behind, and does nothing else. `young`: also what runs of the last hour left whose journal is
 * not here, and which may still go on. Throws RunStopped when the instance can't be reached or
 * refuses the key, and what checkContract throws.
 */
export async function sweepInstance(
  options: CheckOptions & { readonly young?: boolean | undefined },
): Promise<Sweep & { readonly requests: number }> {
  const { run, folder } = prepare({ ...options, write: true });
  try {
    const result = await sweep(run, { folder, whole: true, young: options.young ?? false });
    const first = run.readings[0]?.exchange;
    const status = first?.outcome.kind === "answer" ? first.outcome.status : 0;
    if (run.transport.stopped !== undefined) throw run.transport.stopped;
    if (status !== 200)
      throw new RunStopped("key-refused", `The list can't be read: ${status || "no answer"}.`);
    const left = maskedLeftovers(result.left, maskOf(options.keys));
    const young = maskedLeftovers({ handlers: result.young, unknown: [] }, maskOf(options.keys)).handlers;
    return { ...result, left, young, requests: run.transport.count };
  } finally {
    run.journal.close();
  }
}

/** The contract that is to be checked. Throws UnknownInstanceError and BundleError. */
export function descriptionOf({
  instance,
  description,
}: Pick<CheckOptions, "instance" | "description">): Description {
  if (description !== undefined) return description;
  if (instance === undefined) throw new Error("Neither an instance nor a description was named.");
  return loadDescription(instance);
}

/** `chosen`: the checks that bound the run's requests; without them there is no bound. */
function prepare(
  options: CheckOptions,
  chosen?: readonly Check[],
): { run: Run & { startedAt: number }; folder: string | undefined } {
  const { keys, clock = systemClock } = options;
  const model = modelOf(descriptionOf(options));
  const baseUrl = (options.baseUrl ?? model.description.baseUrl).replace(/\/+$/, "");
  const startedAt = clock.now();
  const id = newRunId(startedAt);
  const wanted = options.write ?? false;
  const write = wanted && model.readsOnly === undefined;
  const limit = chosen === undefined ? Number.POSITIVE_INFINITY : mostRequests(model, chosen, write);
  const folder = write ? options.journalFolder : undefined;
  const header = {
    run: id,
    instance: model.description.name,
    baseUrl,
    account: accountOf(baseUrl, keys.valid),
    process: process.pid,
  };
  const journal = Journal.start(folder, header);
  const pace = new Pace(options.interval ?? 0, clock, options.onWait ?? (() => undefined));
  const mask = maskOf(keys);
  const transport = new Transport(
    {
      baseUrl,
      keys,
      journal,
      budget: new Budget(limit, journal, write),
      pace,
      clock,
      fetch: options.fetch ?? fetch,
      timeout: options.timeout ?? 10_000,
      userAgent,
      probes: probesOf(model),
      onRequest: (it) => options.onRequest?.(maskedExchange(it, mask)),
    },
    options.signal,
  );
  const run = {
    model,
    id,
    baseUrl,
    transport,
    journal,
    ledger: new Ledger(),
    clock,
    write,
    readsOnly: wanted ? model.readsOnly : undefined,
    otherAccount: keys.other !== undefined,
    startedAt,
    readings: [],
    reads: [],
    created: [],
    updates: [],
    filterings: [],
    orderings: [],
    before: undefined,
    after: undefined,
    everything: undefined,
    whole: undefined,
    walk: [],
    forms: undefined,
    deleted: new Set<number>(),
    deletedBefore: new Set<number>(),
    suspects: [],
    lostCreates: [],
    limit: undefined,
    lag: undefined,
    unrest: false,
    lastNumber: 0,
  };
  return { run, folder };
}

/** What may be asked for to see whether the API is there: another operation than the list, the list, and the list without a key. */
function probesOf({ operations: { list, read } }: Model): Call[] {
  const purpose = "whether the API is there";
  return [
    ...(read === undefined ? [] : [{ purpose, operation: read, id: unknownId }]),
    { purpose, operation: list },
    { purpose, operation: list, credential: "none" },
  ];
}

/** The checks of those names, or all. Throws UnknownCheckError. */
export function chosenChecks(only: readonly string[] | undefined): readonly Check[] {
  if (only === undefined || only.length === 0) return allChecks;
  const unknown = only.find((name) => !allChecks.some((it) => it.name === name));
  if (unknown !== undefined) throw new UnknownCheckError(unknown);
  return allChecks.filter((it) => only.includes(it.name));
}

/** Asked for a check that does not exist. */
export class UnknownCheckError extends Error {
  constructor(name: string) {
    super(`Unknown check ${JSON.stringify(name)}: --list names them all.`);
    this.name = "UnknownCheckError";
  }
}

function verdictOf(run: Run, { name }: Check): Verdict {
  return {
    holds: (place, statements) => run.ledger.pass({ ...place, check: name }, statements),
    breaks: (place, complaint) => run.ledger.add(findingOf(run.model, { ...place, check: name }, complaint)),
    cannot: (place, reason) => run.ledger.cannot({ ...place, check: name }, reason),
  };
}

function resultsOf(run: Run, chosen: readonly Check[]): CheckResult[] {
  return chosen.flatMap((check) => {
    const known = new Set<string>();
    const results = check.targets(run.model).map((place) => {
      const target = { check: check.name, operation: place.operation, subject: place.subject };
      known.add(targetKey(target));
      const findings = run.ledger.findings(targetKey(target));
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
    return [...results, ...strayResults(run, check, known)];
  });
}

/** Findings at places that the check does not list: an answer that nobody would have thought of. */
function strayResults(run: Run, check: Check, known: ReadonlySet<string>): CheckResult[] {
  return run.model.description.operations.flatMap((operation) => {
    const key = keyOf(check.name, operation.id, undefined);
    const findings = known.has(key) ? [] : run.ledger.findings(key);
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
  if (has("warning")) return "warned";
  if (has("unprovable")) return "unprovable";
  if (has("note")) return "noted";
  if (held > 0) return "passed";
  return reason === undefined ? "skipped" : "unprovable";
}

function skipReason(run: Run, check: Check): string {
  if (check.name === "rate_limit") return "no limit was met";
  if (check.write && !run.write) return run.readsOnly ?? "needs --write";
  if (check.stages.includes("isolation") && check.stages.length === 1 && !run.otherAccount)
    return "needs a second account's key";
  return run.write ? "there was no occasion" : (run.readsOnly ?? "there was no occasion without --write");
}

function powerOf(run: Run, chosen: readonly Check[]): Power {
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

function verdictOn(
  results: readonly CheckResult[],
  stopped: RunStopped | undefined,
  power: Power,
): Report["verdict"] {
  const failed = results.some((it) => it.status === "failed");
  // Who answers nothing at all may be anybody.
  const isMute = stopped?.reason === "timeouts" && power.proven === 0;
  if (failed && stopped?.reason !== "key-refused" && !isMute) return "deviates";
  if (stopped !== undefined) return unavailable.has(stopped.reason) ? "unavailable" : "not set up";
  const held = results.some((it) => it.held > 0 && it.status !== "unprovable");
  return held && power.proven > 0 ? "honoured" : "not set up";
}

const unavailable: ReadonlySet<string> = new Set(["unreachable", "timeouts", "rate-limit", "outage"]);

function hollowness(run: Run, results: readonly CheckResult[]): string[] {
  const { exchanges } = run.transport;
  const answered = exchanges.filter((it) => it.outcome.kind === "answer" && it.outcome.status === 200);
  const reasons: string[] = run.readsOnly === undefined ? [] : [run.readsOnly];
  if (answered.length === 0) reasons.push("No request was answered with 200.");
  else if (!run.readings.some((it) => (it.content?.items.length ?? 0) > 0) && run.created.length === 0) {
    reasons.push("The account has no handlers, so none was seen.");
  }
  if (run.write && run.before !== undefined && !listIsThere(run)) {
    reasons.push("Nothing was created: no list can be read, so nothing could be found again and deleted.");
  }
  if (run.limit !== undefined) reasons.push(`Not provable: ${run.limit}.`);
  if (run.write && run.created.length > 0 && run.created.every((it) => it.id === undefined)) {
    reasons.push("No handler could be created, so nothing is known about changing and deleting.");
  }
  if (results.length > 0 && results.every((it) => it.status === "skipped" || it.status === "unprovable")) {
    reasons.push("Every check was skipped or could not be made.");
  }
  return reasons;
}
