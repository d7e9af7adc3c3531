import { mediaTypeOf } from "../../description/index.ts";
import type { Call, Outcome } from "./exchange.ts";
import type { Sign } from "./sign.ts";

/** Bad gateway, service unavailable, gateway timeout, and the statuses of content delivery networks for an unreachable server. */
function isOutOfService(status: number): boolean {
  return (status >= 502 && status <= 504) || (status >= 520 && status <= 530);
}

/** The sign of an outage in an outcome; undefined for an answer of the API. */
export function signOf(outcome: Outcome): Sign | undefined {
  if (outcome.kind === "failure") {
    if (outcome.reason === "timeout") return "silence";
    return outcome.reason === "reset" || outcome.reason === "incomplete" ? "network" : undefined;
  }
  const { status, headers } = outcome;
  const isPage = isWebPage(outcome);
  if (headers.has("cf-mitigated") || (status === 403 && isPage)) return "firewall";
  if (isOutOfService(status)) return "out-of-service";
  return isPage && (status === 200 || status >= 500) ? "page" : undefined;
}

/** Whether an answer is a web page. */
export function isWebPage(outcome: Outcome): boolean {
  if (outcome.kind === "failure" || outcome.json !== undefined) return false;
  const type = mediaTypeOf(outcome.headers.get("content-type") ?? "");
  return type === "text/html" || /^\s*<(!doctype|html)/i.test(outcome.text);
}

/** Whether an answer is the API's own refusal: JSON with a list of errors. */
export function isOwnRefusal(outcome: Outcome): boolean {
  if (outcome.kind === "failure") return false;
  const { json } = outcome;
  return typeof json === "object" && json !== null && Object.values(json).some(Array.isArray);
}

/** Signs that are certain, whatever the request was. */
export function isCertain(sign: Sign): boolean {
  return sign === "out-of-service" || sign === "firewall";
}

/** What to do after an answer. */
export type Advice =
  | "go on"
  /** Perhaps only one operation is broken: probe another one. */
  | "look"
  | "stop";

const inARow = 3;
const silencesInARow = 2;

/** Watches a run's answers for signs of an outage. */
export class Watch {
  #row: { readonly sign: Sign; readonly call: Call }[] = [];
  #enough: number | undefined;

  see(sign: Sign | undefined, call: Call): Advice {
    if (sign === undefined) {
      this.#row = [];
      return "go on";
    }
    if (this.#row.some((it) => it.sign !== sign)) this.#row = [];
    this.#row.push({ sign, call });
    const enough = this.#enough ?? (sign === "silence" ? silencesInARow : inARow);
    if (this.#row.length < enough) return "go on";
    return this.#enough !== undefined || isCertain(sign) || this.#isWide() ? "stop" : "look";
  }

  /** The first of these calls whose kind was not answered yet. */
  other(calls: readonly Call[]): Call | undefined {
    const known = new Set(this.#row.map(({ call }) => kindOf(call)));
    return calls.find((it) => !known.has(kindOf(it)));
  }

  /** It was no outage. */
  clear(): void {
    this.#row = [];
  }

  /** After an outage, the first sign of it is enough. */
  expectOutage(): void {
    this.#row = [];
    this.#enough = 1;
  }

  /** Whether more than one operation is unavailable to the account. Requests without its key may all get a web page. */
  #isWide(): boolean {
    const own = this.#row.filter(({ call }) => isOwn(call));
    return new Set(own.map(({ call }) => kindOf(call))).size > 1;
  }
}

function isOwn({ credential }: Call): boolean {
  return credential === undefined || credential === "valid";
}

/** The kind of a call. The two paths of the list are one kind. */
function kindOf(call: Call): string {
  const method = call.method ?? call.operation.method;
  return `${isOwn(call)} ${method} ${call.id === undefined ? "all" : "one"}`;
}
