import { step } from "../../description/index.ts";
import { findingOf, findingsOn, shown } from "../judging/index.ts";
import type { Call, Exchange } from "../wire/index.ts";
import type { Run } from "./run.ts";

/** So often the answer to one kind of question is made sure of; what breaks at every place is known by then. */
const oftenForOneKind = 3;
/** From so many differences on within a run they are no accident. */
const tooMany = 3;

/** Whether an answer is what was expected, as far as the contract does not tell from the answer alone. */
export type IsFine = (exchange: Exchange) => boolean;

/**
 * Sends a request, and once more where the answer would break a documented statement and asking again does no harm: only what reads. Both
 * answers are kept. Where the second is fine, the run goes on with it, and the difference is a finding of its own.
 */
export async function sendToBeSure(run: Run, call: Call, isFine: IsFine): Promise<Exchange> {
  const first = await run.transport.send(call);
  const doubt = doubtOf(run, first, isFine);
  if (doubt === undefined || !mayAskAgain(run, doubt)) return first;
  const again = { ...call, purpose: `${call.purpose}, once more`, again: true };
  const second = { ...(await run.transport.send(again)), first: first.outcome };
  if (second.sign !== undefined) return first;
  if (doubtOf(run, second, isFine) === undefined) {
    // The next time it is in doubt again.
    run.doubts.delete(doubt);
    tellUnstable(run, first, second);
  } else run.ledger.pass({ check: "unstable", operation: call.operation });
  return second;
}

/** What is in doubt, in a word that is the same for the same thing; undefined where nothing is, or where it is no answer of the API. */
function doubtOf(run: Run, exchange: Exchange, isFine: IsFine): string | undefined {
  if (exchange.sign !== undefined || exchange.outcome.kind === "failure") return undefined;
  const failures = findingsOn(run.model, exchange).filter((it) => it.level === "failure");
  const { operation } = exchange.call;
  if (failures.length > 0)
    return failures.map((it) => `${it.check} ${operation.id} ${it.expected.pointer}`).join();
  return isFine({ ...exchange, sound: true })
    ? undefined
    : `${operation.id} ${exchange.call.query === undefined}`;
}

function mayAskAgain(run: Run, doubt: string): boolean {
  const times = run.doubts.get(doubt) ?? 0;
  const isFirstTime = doubt.includes("#") ? times === 0 : times < oftenForOneKind;
  if (!isFirstTime || !run.transport.mayRepeat) return false;
  run.doubts.set(doubt, times + 1);
  return true;
}

function tellUnstable(run: Run, first: Exchange, second: Exchange): void {
  const { operation } = first.call;
  run.differences++;
  run.ledger.add(
    findingOf(
      run.model,
      { check: "unstable", operation },
      {
        message: "The same request, made twice, has answers that differ: the first broke the contract.",
        got: `first ${shown(first.outcome)}; then ${shown(second.outcome)}`,
        pointer: step(operation.pointer, "responses"),
        level: run.differences < tooMany ? "warning" : "failure",
        cause: "unstable",
        exchange: first,
      },
    ),
  );
}
