import { type Operation, step } from "../../description/index.ts";
import { answers } from "../instance/index.ts";
import { negated, sentenceOf, shown } from "./present.ts";
import { broken, held, type Judged, type Remark } from "./remark.ts";

/** Judges the status of an answer. If it is wrong, the rest of the answer is not judged. */
export function statusRemarks(judged: Judged): Remark[] {
  const { model, exchange, operation, answer, expect } = judged;
  const { status } = answer;
  const got = shown(answer);
  if (status === 429) {
    const message = "The instance keeps answering 429, however long the run waits.";
    const pointer = model.status(operation, 429);
    return [broken(judged, "rate_limit", { message, got, pointer, level: "unprovable" })];
  }
  if (status >= 500) {
    const message = `${sentenceOf(exchange)} led to a server error.`;
    const pointer = model.status(operation, 500);
    return [broken(judged, "not_a_server_error", { message, got, pointer })];
  }
  const known = held("not_a_server_error");
  // A repeated delete may find that the first one has succeeded.
  const isDone = exchange.again !== undefined && exchange.method === "DELETE" && status === 404;
  if (isDone || expect.statuses.includes(status))
    return [known, held("status_code_conformance", [answers(operation, status)])];
  return [known, accountSays(judged) ? denial(judged, got) : unexpected(judged, got)];
}

/** Whether the status is about the account and its key, and not about the contract. */
function accountSays({ model, exchange, operation, answer, expect }: Judged): boolean {
  const isDenied = answer.status === 403 || answer.status === 401;
  const isOwn = (exchange.call.credential ?? "valid") === "valid";
  return isDenied && isOwn && (operation === model.operations.create || expect.accountDecides === true);
}

function denial(judged: Judged, got: string): Remark {
  const { check, pointer, subject, accountDecides } = judged.expect;
  const message = accountDecides
    ? "The instance refuses the API key."
    : "The account may not create handlers: its plan or its key does not allow it.";
  return broken(judged, check, { message, got, pointer, level: "unprovable" }, subject);
}

function unexpected(judged: Judged, got: string): Remark {
  const { exchange, operation, answer, expect } = judged;
  const { status } = answer;
  const { assumption, subject, check, sentence } = expect;
  const isStray = exchange.call.method === undefined && !isNamed(operation, status);
  const complaint = {
    message: isStray
      ? `${sentenceOf(exchange)} is answered with ${status}, which the contract does not list for the operation.`
      : `${sentenceOf(exchange)} ${negated(sentence)}.`,
    got,
    pointer: brokenBy(judged),
    ...(assumption !== undefined && { assumption }),
    ...(isStray && isSuccess(status) && { cause: `status ${status}` }),
  };
  return isStray
    ? broken(judged, "status_code_conformance", complaint)
    : broken(judged, check, complaint, subject);
}

/**
 * The statement that a wrong status breaks. Which 2xx an operation answers with may be inferred (as for a delete); that it succeeds is not.
 */
function brokenBy({ model, operation, answer, expect }: Judged): string {
  const isForSuccess = expect.pointer === model.status(operation, 200);
  return isForSuccess && answer.status >= 300 ? step(operation.pointer, "responses") : expect.pointer;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Whether an operation states this status itself. Its default answer covers all other errors, but no success. */
function isNamed(operation: Operation, status: number): boolean {
  return [String(status), `${Math.floor(status / 100)}XX`].some((it) => operation.responses.has(it));
}
