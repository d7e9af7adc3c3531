import { checkOptions } from "./check-options.ts";
import { cleanUp, type Leftovers, nothingLeft, type Sweep, sweep } from "./cleanup/index.ts";
import { judgeSlash } from "./judging/index.ts";
import { chosenChecks } from "./plan/index.ts";
import { type CheckOptions, prepare } from "./prepare.ts";
import {
  coverageOf,
  gapsOf,
  maskedExchange,
  maskedReport,
  maskOf,
  type Report,
  resultsOf,
  shownMaskOf,
  verdictOf,
  verdictOn,
} from "./report/index.ts";
import { type Run, settle, settleLostCreates } from "./run/index.ts";
import { playScenario } from "./scenario/index.ts";
import { RunStopped } from "./stopped.ts";
import type { Exchange } from "./wire/index.ts";

/** The result of a run: a report, in which keys are masked, and the traffic. */
export interface Checked {
  readonly report: Report;
  /** All traffic, for a HAR file. The keys are masked each time it is read. */
  readonly exchanges: readonly Exchange[];
}

/**
 * Checks an instance against its contract and leaves it as it was. Never throws because of what the instance does. Throws TypeError for
 * invalid options, UnknownInstanceError, BundleError and UnknownCheckError, and RunStopped if the journal can't be started.
 */
export async function checkContract(options: CheckOptions): Promise<Checked> {
  checkOptions(options);
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
  stopped ??= notFound(run);
  for (const check of chosen) if (run.write || !check.write) check.judge?.(run, verdictOf(run, check));
  const { baseline } = options;
  const results = resultsOf(run, chosen, (it) => baseline?.judge(it) ?? it);
  const coverage = coverageOf(run, chosen);
  const verdict = verdictOn(results, stopped, coverage);
  // If the instance is unavailable, there is nothing else to say about it.
  const hollow = [...(verdict === "unavailable" ? [] : gapsOf(run, results)), ...(swept?.damage ?? [])];
  const report: Report = {
    name: options.name ?? run.model.description.name,
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
    coverage,
    hollow,
    ...afterSweep(run, leftovers, swept),
    answerTimes: answerTimesOf(run.transport.exchanges),
    ...(baseline !== undefined && { baseline: baseline.state(results, stopped === undefined) }),
  };
  const mask = maskOf(options.keys);
  return {
    report: maskedReport(report, shownMaskOf(options.keys)),
    get exchanges() {
      return run.transport.exchanges.map((it) => maskedExchange(it, mask));
    },
  };
}

/** Why a run has proven nothing whose every request, also those without a valid key, was answered with 404: the API is not at its base URL. */
function notFound({ baseUrl, model, transport }: Run): RunStopped | undefined {
  const { exchanges } = transport;
  const hasOther = exchanges.some(({ outcome }) => outcome.kind === "failure" || outcome.status !== 404);
  if (hasOther || !exchanges.some(({ call }) => call.credential === "none")) return undefined;
  const expected = `the contract's is ${model.description.baseUrl}`;
  return new RunStopped(
    "not-found",
    `Every request was answered with 404: check the base URL, ${baseUrl} (${expected}).`,
  );
}

/** What is left in the account, and what the sweep has deleted of earlier runs. */
function afterSweep(
  { journal }: Run,
  { handlers, unknown }: Leftovers,
  swept: Sweep | undefined,
): Pick<Report, "leftovers" | "swept"> {
  const missed = swept?.left.handlers ?? [];
  // A sweep may have stopped between checking a handler and deleting it; then the clean-up has deleted it.
  const sweptLate = missed.map(({ id }) => id).filter((id) => journal.owns(id) && !journal.left.has(id));
  return {
    leftovers: {
      handlers: [...handlers, ...missed.filter(({ id }) => !journal.owns(id))],
      unknown: [...unknown, ...(swept?.left.unknown ?? [])],
    },
    swept: [...(swept?.deleted ?? []), ...sweptLate],
  };
}

function answerTimesOf(exchanges: readonly Exchange[]): Report["answerTimes"] {
  const times: Record<string, number[]> = {};
  for (const { call, outcome, milliseconds } of exchanges) {
    if (outcome.kind !== "answer") continue;
    const { id } = call.operation;
    times[id] ??= [];
    times[id].push(milliseconds);
  }
  return times;
}
