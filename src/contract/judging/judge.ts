import { type Model, step } from "../../description/index.ts";
import type { Finding, Ledger } from "../findings/index.ts";
import { asked } from "../instance/index.ts";
import { type Exchange, isCertain } from "../wire/index.ts";
import { bodyRemarks } from "./body.ts";
import { sentenceOf } from "./present.ts";
import {
  broken,
  findingsIn,
  held,
  isSound,
  type Judged,
  judgedOf,
  type Remark,
  recordRemarks,
} from "./remark.ts";
import { statusRemarks } from "./status.ts";
import { judgeBrokenConnection, outageFinding } from "./whole-answers.ts";

/**
 * Judges a single answer, and decides whether other checks may rely on it. One cause gives findings of one check: an HTML page is a wrong
 * content type, and not also a missing property.
 */
export function judge(model: Model, ledger: Ledger, exchange: Exchange): void {
  if (exchange.again !== undefined) judgeBrokenConnection(model, ledger, exchange);
  const remarks = remarksOn(model, exchange);
  exchange.findings = findingsIn(remarks);
  exchange.sound = isSound(remarks);
  recordRemarks(ledger, exchange.call.operation, remarks);
}

/** The findings about a single answer. */
export function findingsOn(model: Model, exchange: Exchange): Finding[] {
  return findingsIn(remarksOn(model, exchange));
}

function remarksOn(model: Model, exchange: Exchange): Remark[] {
  const { sign, outcome, call } = exchange;
  if (sign !== undefined && isCertain(sign))
    return [{ kind: "finding", finding: outageFinding(model, exchange, sign) }];
  if (outcome.kind === "failure") {
    return [
      broken({ model, exchange }, "answers_in_full", {
        message: `${sentenceOf(exchange)} got no complete answer.`,
        got: outcome.message,
        pointer: step(call.operation.pointer, "responses"),
        ...(outcome.reason === "unreachable" && { level: "unprovable" as const }),
      }),
    ];
  }
  const judged = judgedOf(model, exchange, outcome);
  const status = [held("answers_in_full"), ...statusRemarks(judged)];
  if (findingsIn(status).length > 0) return status;
  // The contract describes no answer for a method without an operation.
  const remarks = [...status, ...(call.method === undefined ? bodyRemarks(judged) : [])];
  return [...remarks, ...conclusions(judged, remarks)];
}

/** The expectation was met. A refusal is proven by its status; an acceptance needs a readable answer, too. */
function conclusions({ exchange, operation, answer, expect }: Judged, remarks: readonly Remark[]): Remark[] {
  const { status, unreadable } = answer;
  const { check, subject, statements = [] } = expect;
  const isRead =
    unreadable === undefined && findingsIn(remarks).every((it) => it.check !== "content_type_conformance");
  if (status === 200 && !(check === "positive_data_acceptance" ? isRead : isSound(remarks)))
    return [{ kind: "cannot", check, subject, reason: "the answer can't be read" }];
  const taken =
    status === 200 && exchange.call.id !== undefined
      ? operation.parameters.filter((it) => it.in === "path")
      : [];
  const proven = [...statements, ...taken.map((it) => asked(operation, it.name))];
  return [
    // A resource that was found was requested as the contract allows.
    ...(check === "ensure_resource_availability" ? [held("positive_data_acceptance")] : []),
    held(check, proven, subject),
  ];
}
