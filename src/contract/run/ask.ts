import { judge, judgeBrokenConnection, judgeOutage } from "../judging/index.ts";
import { type Call, type Exchange, isCertain } from "../wire/index.ts";
import { type IsFine, sendToBeSure } from "./confirm.ts";
import type { Run } from "./run.ts";

/**
 * Sends a request and judges its answer. A read is repeated before a documented statement is reported as broken. `isFine`: an additional
 * condition on the answer. Throws what the transport throws.
 */
export async function ask(run: Run, call: Call, isFine: IsFine = () => true): Promise<Exchange> {
  const isRead = (call.method ?? call.operation.method) === "GET";
  const exchange = isRead ? await sendToBeSure(run, call, isFine) : await run.transport.send(call);
  conclude(run, exchange);
  return exchange;
}

/** Judges an answer. An answer that may be a sign of an outage waits until that is known. */
export function conclude(run: Run, exchange: Exchange): void {
  const { sign } = exchange;
  if (sign !== undefined && !isCertain(sign)) {
    run.suspects.push(exchange);
    return;
  }
  if (sign === undefined) settle(run);
  judge(run.model, run.ledger, exchange);
}

/** Judges the answers that have waited: as signs of an outage, or as the API's own answers. A lost create is reported at the end. */
export function settle(run: Run): void {
  const isOutage = run.transport.stopped?.reason === "outage";
  for (const exchange of run.suspects.splice(0)) {
    if (isOutage) judgeOutage(run.model, run.ledger, exchange);
    else if (exchange.sign === "network" && exchange.call.operation === run.model.operations.create)
      run.lostCreates.push(exchange);
    else judge(run.model, run.ledger, exchange);
  }
}

/** A create is not repeated when its connection drops. If other creates were answered it was the network, otherwise it is the instance. */
export function settleLostCreates(run: Run): void {
  const { create } = run.model.operations;
  const answered = run.transport.exchanges.some(
    ({ call, outcome }) => call.operation === create && outcome.kind === "answer" && outcome.status < 300,
  );
  for (const exchange of run.lostCreates.splice(0)) {
    if (answered) judgeBrokenConnection(run.model, run.ledger, exchange);
    else judge(run.model, run.ledger, exchange);
  }
}
