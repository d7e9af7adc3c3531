import { BodyTooLargeError, parseBody, readBody } from "./body.ts";
import type { Budget } from "./budget.ts";
import type { Clock } from "./clock.ts";
import { wrongKey, wrongScheme } from "./curl.ts";
import type { Call, Credential, Exchange, Outcome } from "./exchange.ts";
import type { Journal } from "./journal.ts";
import { type Pace, waitAfter } from "./pace.ts";

/** The keys of a run. They are sent to the base URL's origin and nowhere else, and are masked in whatever is put out. */
export interface Keys {
  readonly valid: string;
  /** A second account's, where there is one. */
  readonly other?: string;
}

export interface TransportOptions {
  readonly baseUrl: string;
  readonly keys: Keys;
  readonly journal: Journal;
  readonly budget: Budget;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  /** For one request with its answer, in milliseconds. */
  readonly timeout: number;
  readonly userAgent: string;
  readonly onRequest: (exchange: Exchange) => void;
}

/** The run can't go on: nobody answers, or the instance wants no more requests, or a person stopped it. */
export class RunStopped extends Error {
  readonly reason: "unreachable" | "timeouts" | "rate-limit" | "aborted" | "key-refused" | "budget";

  constructor(reason: RunStopped["reason"], message: string) {
    super(message);
    this.name = "RunStopped";
    this.reason = reason;
  }
}

/** A request would have touched a handler that this run has not created. It was not sent. */
export class NotOursError extends Error {}

const retriesAfter429 = 2;
/** All waiting that an instance may ask for in one run, in milliseconds. */
const patience = 300_000;
const timeoutsInARow = 2;
const timeoutsAtAll = 3;

/**
 * Sends requests one at a time and keeps every exchange. Everything that must hold for all of them is here, and only here:
 * whose handlers may be touched, where the key goes, how long and how much is read, how fast it goes.
 */
export class Transport {
  readonly exchanges: Exchange[] = [];
  readonly #options: TransportOptions;
  #waited = 0;
  #timeouts = 0;
  #allTimeouts = 0;
  #stopped: RunStopped | undefined;
  #signal: AbortSignal | undefined;

  constructor(options: TransportOptions, signal?: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  /** Requests sent so far, repeated ones included. */
  get count(): number {
    return this.#options.budget.sent;
  }

  /** Lets requests go out again after a stop, for the clean-up; a person's wish to stop was heard. */
  resume(): void {
    this.#options.budget.startCleaning();
    this.#stopped = undefined;
    this.#signal = undefined;
    this.#timeouts = 0;
    this.#allTimeouts = 0;
  }

  /** The URL of a call, and of a path below the base URL. */
  urlOf({ link, operation, id, query }: Call): string {
    if (link !== undefined) return this.#ownUrl(link);
    const path = operation.path.replace(/\{[^}]+\}/, encodeURIComponent(String(id ?? "")));
    const search = new URLSearchParams((query ?? []).map(([name, value]) => [name, value])).toString();
    return `${this.#options.baseUrl}${path}${search === "" ? "" : `?${search}`}`;
  }

  /** A link with the path and the query as they are, at the origin that the key may go to. */
  #ownUrl(link: URL): string {
    return new URL(`${link.pathname}${link.search}`, this.#options.baseUrl).href;
  }

  /**
   * Sends a request and waits for the whole answer. Does not throw for anything that the instance does. Throws RunStopped
   * when the run is to end, and NotOursError before a request that would touch a foreign handler.
   */
  async send(call: Call): Promise<Exchange> {
    const method = call.method ?? call.operation.method;
    this.#guard(call, method);
    if (this.#stopped !== undefined) throw this.#stopped;
    const url = this.urlOf(call);
    const { budget } = this.#options;
    if (!budget.hasRoom(false)) {
      throw new RunStopped(
        "budget",
        `${budget.sent} requests were sent; the rest is kept for cleaning up, so not everything was checked.`,
      );
    }
    for (let attempt = 0; ; attempt++) {
      const startedAt = this.#options.clock.now();
      const outcome = await this.#attempt(call, method, url);
      const exchange: Exchange = {
        call,
        method,
        url,
        outcome,
        startedAt,
        milliseconds: this.#options.clock.now() - startedAt,
        findings: [],
        sound: false,
      };
      if (outcome.kind === "answer" && outcome.status === 429) {
        if (attempt < retriesAfter429 && (await this.#waitFor(outcome))) {
          budget.turnAway();
          this.#keep(exchange);
          continue;
        }
        this.#stopped = new RunStopped(
          "rate-limit",
          "The instance answers 429, too many requests, again and again.",
        );
      }
      if (outcome.kind === "failure") {
        // A connection may be closed by a server that has waited long enough, just as a request goes out on it.
        if (outcome.reason === "reset" && method === "GET" && attempt === 0 && budget.hasRoom(true)) {
          this.#keep(exchange);
          continue;
        }
        this.#noteFailure(outcome.reason, outcome.message);
      } else {
        this.#timeouts = 0;
      }
      this.#keep(exchange);
      return exchange;
    }
  }

  #keep(exchange: Exchange): void {
    this.exchanges.push(exchange);
    this.#options.onRequest(exchange);
  }

  #guard(call: Call, method: string): void {
    if (method === "GET" || method === "HEAD" || method === "OPTIONS" || call.id === undefined) return;
    if (!this.#options.journal.owns(call.id)) {
      throw new NotOursError(`${method} of handler ${call.id} was not sent: this run has not created it.`);
    }
  }

  #noteFailure(reason: Extract<Outcome, { kind: "failure" }>["reason"], message: string): void {
    this.#timeouts = reason === "timeout" ? this.#timeouts + 1 : 0;
    if (reason === "timeout") this.#allTimeouts++;
    if (reason === "unreachable") this.#stopped = new RunStopped("unreachable", message);
    if (this.#timeouts >= timeoutsInARow || this.#allTimeouts >= timeoutsAtAll) {
      this.#stopped = new RunStopped("timeouts", `${this.#allTimeouts} requests had no answer in time.`);
    }
  }

  /** Waits as long as the answer asks for; false when that is longer than anyone wants to wait. */
  async #waitFor(outcome: Extract<Outcome, { kind: "answer" }>): Promise<boolean> {
    const wait = waitAfter(outcome.headers.get("retry-after"), this.#options.clock.now());
    if (wait === undefined || this.#waited + wait > patience) return false;
    this.#waited += wait;
    await this.#options.pace.pause(wait, "the instance asked for it (429)", this.#signal);
    return true;
  }

  async #attempt(call: Call, method: string, url: string): Promise<Outcome> {
    const { pace, fetch, timeout } = this.#options;
    await pace.turn(this.#signal);
    if (this.#signal?.aborted) {
      this.#stopped = new RunStopped("aborted", "The run was stopped.");
      throw this.#stopped;
    }
    this.#options.budget.send();
    const own = AbortSignal.timeout(timeout);
    try {
      const response = await fetch(url, {
        method,
        headers: this.#headers(call.credential ?? "valid"),
        body: bodyOf(call),
        redirect: "manual",
        signal: this.#signal === undefined ? own : AbortSignal.any([own, this.#signal]),
      });
      const { text, json, unreadable } = parseBody(await readBody(response));
      return {
        kind: "answer",
        status: response.status,
        headers: new Map(response.headers),
        text,
        json,
        unreadable,
      };
    } catch (error) {
      if (this.#signal?.aborted) {
        this.#stopped = new RunStopped("aborted", "The run was stopped.");
        // Whether the request was carried out is not known: the journal holds the intention, and the clean-up looks.
        throw this.#stopped;
      }
      return failureOf(error, own.aborted, timeout, this.#options.baseUrl);
    }
  }

  #headers(credential: Credential): Record<string, string> {
    const { keys, userAgent } = this.#options;
    const key = {
      valid: keys.valid,
      scheme: keys.valid,
      other: keys.other,
      wrong: wrongKey,
      none: undefined,
    }[credential];
    return {
      accept: "application/json",
      "user-agent": userAgent,
      ...(key !== undefined && {
        authorization: `${credential === "scheme" ? wrongScheme : "Bearer"} ${key}`,
      }),
    };
  }
}

function bodyOf({ form }: Call): FormData | null {
  if (form === undefined) return null;
  const data = new FormData();
  for (const [name, value] of form) data.append(name, value);
  return data;
}

const unreachableCodes =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS.*|ERR_SSL.*|CERT_.*|DEPTH_ZERO.*|SELF_SIGNED.*|UNABLE_TO.*)$/;

function failureOf(error: unknown, timedOut: boolean, timeout: number, baseUrl: string): Outcome {
  if (error instanceof BodyTooLargeError)
    return { kind: "failure", reason: "too-large", message: error.message };
  if (timedOut) {
    return { kind: "failure", reason: "timeout", message: `No whole answer within ${timeout / 1_000} s.` };
  }
  const { cause, message } = error as Error & { cause?: Error & { code?: string } };
  const code = cause?.code ?? "";
  // Fetch itself keeps away from some ports: https://fetch.spec.whatwg.org/#port-blocking
  if (unreachableCodes.test(code) || cause?.message === "bad port") {
    const message = `${new URL(baseUrl).origin} can't be reached (${code || cause?.message}).`;
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
