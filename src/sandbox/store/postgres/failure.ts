import { StoreAwayError, StoreError } from "../store.ts";

/** SQLSTATEs of a server that is unavailable: it is stopping or starting, or has no connection left. */
const away = new Set(["57P01", "57P02", "57P03", "57P05", "53300"]);

/** SQLSTATEs of a prepared statement that is missing, or exists already: a pooler has switched to another session. */
const otherSession = new Set(["26000", "42P05"]);

/** SQLSTATEs of a transaction that was rolled back because of a conflict with another (serialization failure, deadlock). It may be retried. */
const undone = new Set(["40001", "40P01"]);

interface DriverError extends Error {
  readonly code?: string;
  readonly routine?: string;
}

/** Whether a statement failed only because a pooler switched sessions. */
export function isOtherSession(error: unknown): boolean {
  return otherSession.has((error as DriverError).code ?? "");
}

/** Whether the database has rolled everything back, so that the transaction can be retried. */
export function isRolledBack(error: unknown): boolean {
  return isOtherSession(error) || undone.has((error as DriverError).code ?? "");
}

/** An error of the driver or the server as a StoreError. Their messages name users and databases, but never a password. */
export function failureOf(what: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { code = "" } = error as DriverError;
  const isState = /^[\dA-Z]{5}$/.test(code) && (error as DriverError).routine !== undefined;
  const isAway = isState ? code.startsWith("08") || away.has(code) : !isRefusedByDriver(error);
  const Failure = isAway ? StoreAwayError : StoreError;
  return new Failure(`The database could not ${what}: ${sentenceOf(error)}.`, { cause: error });
}

/** Whether the driver refused the query before sending anything: the connection is fine. */
function isRefusedByDriver(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

/** The first line of an error's message, without its final full stop. If several addresses were tried: the error of the first one. */
export function sentenceOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const { message, code } = first as DriverError;
  return (message || code || "no reason is given").split("\n", 1)[0]?.replace(/\.$/, "") ?? "";
}
