import { step } from "../../description/index.ts";
import { findingOf, findingsOn, shown } from "../judging/index.ts";
import type { Call, Exchange } from "../wire/index.ts";
import type { Run } from "./run.ts";

/** How often doubts of one kind are confirmed. A defect that is everywhere is known by then. */
const oftenForOneKind = 3;
/** If this many answers of a run differ, it is no accident. */
const tooMany = 3;

/** Whether an answer is as expected, in ways that the contract can't tell from the answer alone. */
export type IsFine = (exchange: Exchange) => boolean;

/**
 * Sends a request. Repeats it if the answer would break a documented statement and repeating is harmless, that is for reads. Both answers
 * are kept. If the second is fine, the run continues with it, and the difference is a finding of its own.
 */
export async function sendToBeSure(run: Run, call: Call, isFine: IsFine): Promise<Exchange> {
  const first = await run.transport.send(call);
  const doubt = doubtOf(run, first, isFine);
  if (doubt === undefined || !mayAskAgain(run, doubt)) return first;
  const again = { ...call, purpose: `${call.purpose} (repeated)`, again: true };
  const second = { ...(await run.transport.send(again)), first: first.outcome };
  if (second.sign !== undefined) return first;
  if (doubtOf(run, second, isFine) === undefined) {
    // The same doubt can be confirmed again next time.
    run.doubts.delete(doubt);
    tellUnstable(run, first, second);
  } else run.ledger.pass({ check: "unstable", operation: call.operation });
  return second;
}

/** A short text that identifies the doubt about an answer; undefined if there is none, or if the answer does not come from the API. */
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
        message:
          "The same request got two different answers: the first broke the contract, the second did not.",
        got: `first ${shown(first.outcome)}; then ${shown(second.outcome)}`,
        pointer: step(operation.pointer, "responses"),
        level: run.differences < tooMany ? "warning" : "failure",
        cause: "unstable",
        exchange: first,
      },
    ),
  );
}
