import { BodyTooLargeError } from "./body.ts";
import type { Outcome } from "./exchange.ts";

const unreachableCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS.*|ERR_SSL.*|CERT_.*|DEPTH_ZERO.*|SELF_SIGNED.*|UNABLE_TO.*)$/;

/** What the codes mean that a wrong base URL or a network without a way out leads to. */
const meaningOfCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "its name can't be resolved at the moment",
  UND_ERR_CONNECT_TIMEOUT: "no connection in time",
};

/** Why a request has no complete answer. `timeout`: the time limit in milliseconds; `timedOut`: whether it was exceeded. */
export function failureOf(error: unknown, timedOut: boolean, timeout: number, baseUrl: string): Outcome {
  if (error instanceof BodyTooLargeError)
    return { kind: "failure", reason: "too-large", message: error.message };
  if (timedOut) {
    return { kind: "failure", reason: "timeout", message: `No complete answer within ${timeout / 1_000} s.` };
  }
  const { cause, message } = error as Error & { cause?: Error & { code?: string } };
  const code = cause?.code ?? "";
  // Fetch refuses some ports: https://fetch.spec.whatwg.org/#port-blocking
  if (unreachableCodes.test(code) || cause?.message === "bad port") {
    const meaning = meaningOfCodes[code];
    const why = meaning === undefined ? `(${code || cause?.message})` : `(${code}: ${meaning})`;
    const message = `${new URL(baseUrl).origin} can't be reached ${why}.`;
    return { kind: "failure", reason: "unreachable", message };
  }
  const what = code || cause?.message || message;
  return message === "terminated"
    ? {
        kind: "failure",
        reason: "incomplete",
        message: `The connection ended in the middle of the answer (${what}).`,
      }
    : { kind: "failure", reason: "reset", message: `The connection ended without an answer (${what}).` };
}
