import { StoreAwayError, StoreError } from "../store.ts";

/** States of a server that does not serve, or not any more: it is stopped, starts, or has no connection left. */
const away = new Set(["57P01", "57P02", "57P03", "57P05", "53300"]);

/** A prepared statement is not there, or is there already: a pooler gave the transaction another session than the one before. */
const otherSession = new Set(["26000", "42P05"]);

/** States of a transaction that was undone for another's sake; it may be tried again. */
const undone = new Set(["40001", "40P01"]);

interface DriverError extends Error {
  readonly code?: string;
  readonly routine?: string;
}

/** Whether nothing was done because a prepared statement was in another session. */
export function isOtherSession(error: unknown): boolean {
  return otherSession.has((error as DriverError).code ?? "");
}

/** Whether the database did or undid nothing of what was asked for, so that it can be asked again. */
export function isUndone(error: unknown): boolean {
  return isOtherSession(error) || undone.has((error as DriverError).code ?? "");
}

/** What failed, as a StoreError. Messages of the driver and the server name users and databases, but no password. */
export function failureOf(what: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { code = "" } = error as DriverError;
  const isState = /^[\dA-Z]{5}$/.test(code) && (error as DriverError).routine !== undefined;
  const isAway = isState ? code.startsWith("08") || away.has(code) : !isRefusedByDriver(error);
  const Failure = isAway ? StoreAwayError : StoreError;
  return new Failure(`The database could not ${what}: ${sentenceOf(error)}.`, { cause: error });
}

/** What was wrong before anything was sent is no fault of the connection. */
function isRefusedByDriver(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

/** The first line of an error's message, without the point at its end. Of several addresses that were tried, the first one's. */
export function sentenceOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const { message, code } = first as DriverError;
  return (message || code || "no reason is given").split("\n", 1)[0]?.replace(/\.$/, "") ?? "";
}
