import type { Journal } from "../journal/index.ts";
import { RunStopped } from "../stopped.ts";
import { parseBody, readBody } from "./body.ts";
import type { Budget } from "./budget.ts";
import type { Clock } from "./clock.ts";
import type { Keys } from "./credentials.ts";
import type { Call, Exchange, Outcome } from "./exchange.ts";
import { failureOf } from "./failure.ts";
import { limits } from "./limits.ts";
import { signOf, Watch } from "./outage.ts";
import { type Pace, waitAfter } from "./pace.ts";
import { bodyOf, headersOf, urlOf } from "./request.ts";
import { meanings, type Sign } from "./sign.ts";
import { isToOtherSlash, methodAndPath, withOtherSlash } from "./slash.ts";

/** What a transport needs. */
export interface TransportOptions {
  readonly baseUrl: string;
  readonly keys: Keys;
  readonly journal: Journal;
  readonly budget: Budget;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  /** The time limit of a request with its answer, in milliseconds. */
  readonly timeout: number;
  readonly userAgent: string;
  /** Requests that test whether the API is there. */
  readonly probes: readonly Call[];
  readonly onRequest: (exchange: Exchange) => void;
}

/** A request would have changed a handler that this run has not created. It was not sent. */
export class NotOursError extends Error {}

const retriesAfter429 = 2;
/** How long an instance may make one run wait in total, in milliseconds. */
const patience = 300_000;
const timeoutsAtAll = 3;
/** How often a request whose answer was lost is repeated. */
const repetitions = 2;
/** The wait before a request is repeated to an instance that was out of service, in milliseconds. It doubles each time. */
const waitForService = 1_000;

/**
 * Sends requests one at a time and records every exchange. Rules that hold for all requests are enforced here, and only here: whose
 * handlers may be changed, where the key is sent, how long to wait, how much to read, how fast to send.
 */
export class Transport {
  readonly exchanges: Exchange[] = [];
  readonly #options: TransportOptions;
  /** Redirects that only added or removed the final slash of a path; they were followed. */
  readonly redirects: Exchange[] = [];
  readonly #watch = new Watch();
  /** Methods and paths for which the other form of the slash is used. */
  readonly #turned = new Set<string>();
  #waited = 0;
  #timeouts = 0;
  /** Characters of all answers so far. */
  #read = 0;
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

  /** Why no more requests are sent. */
  get stopped(): RunStopped | undefined {
    return this.#stopped;
  }

  /** Allows requests again after a stop, for the clean-up, also after a person's stop. */
  resume(): void {
    this.#options.budget.startCleaning();
    if (this.#stopped?.reason === "outage") this.#watch.expectOutage();
    else this.#watch.clear();
    this.#stopped = undefined;
    this.#signal = undefined;
    this.#timeouts = 0;
    this.#read = 0;
  }

  /** Whether a request may still be repeated. */
  get mayRepeat(): boolean {
    return this.#stopped === undefined && this.#options.budget.mayRepeat();
  }

  /**
   * Sends a request and waits for the whole answer. Never throws because of what the instance does. Throws RunStopped if the run must end,
   * and NotOursError before a request that would change a foreign handler.
   */
  async send(call: Call): Promise<Exchange> {
    const method = call.method ?? call.operation.method;
    this.#guard(call, method);
    if (this.#stopped !== undefined) throw this.#stopped;
    let url = this.#urlOf(call);
    const { budget } = this.#options;
    if (call.again && budget.mayRepeat()) budget.repeat();
    else if (!budget.hasRoom()) {
      throw new RunStopped(
        "budget",
        `The limit of requests is reached: ${budget.sent} were sent, and the rest is kept for the clean-up. Not everything was checked.`,
      );
    }
    let again: string | undefined;
    for (let attempt = 0; ; attempt++) {
      const exchange = await this.#once(call, method, url, again);
      const { outcome, sign } = exchange;
      if (outcome.kind === "answer" && outcome.status === 429) {
        if (attempt < retriesAfter429 && (await this.#waitFor(outcome))) {
          budget.turnAway();
          this.#keep(exchange);
          continue;
        }
        this.#stopped = new RunStopped("rate-limit", "The instance keeps answering 429, too many requests.");
      }
      if (isToOtherSlash(exchange) && !this.#turned.has(methodAndPath(call)) && budget.mayRepeat()) {
        budget.repeat();
        this.#keep(exchange);
        this.redirects.push(exchange);
        this.#turned.add(methodAndPath(call));
        url = withOtherSlash(url);
        continue;
      }
      await this.#look(exchange);
      const mayGoAgain =
        this.#stopped === undefined && sign !== undefined && isRepeatable(call, method, sign);
      this.#keep(exchange);
      if (!mayGoAgain || attempt >= repetitions || !budget.mayRepeat()) return exchange;
      budget.repeat();
      again = outcome.kind === "failure" ? outcome.message : `${outcome.status}, out of service.`;
      if (sign !== "network") {
        const wait = waitForService * 2 ** attempt;
        await this.#options.pace.pause(wait, "the instance is out of service", this.#signal);
      }
    }
  }

  async #once(call: Call, method: string, url: string, again?: string): Promise<Exchange> {
    await this.#options.pace.turn(this.#signal);
    const startedAt = this.#options.clock.now();
    const outcome = await this.#attempt(call, method, url);
    const milliseconds = this.#options.clock.now() - startedAt;
    const sign = signOf(outcome);
    return {
      call,
      method,
      url,
      outcome,
      startedAt,
      milliseconds,
      findings: [],
      sound: false,
      ...(sign !== undefined && { sign }),
      ...(again !== undefined && { again }),
    };
  }

  /** Decides whether the run must stop after an answer. If perhaps only one operation is broken, it probes another. */
  async #look({ call, outcome, sign }: Exchange): Promise<void> {
    if (this.#stopped !== undefined) return;
    if (outcome.kind === "failure" && outcome.reason === "unreachable") {
      this.#stopped = new RunStopped("unreachable", outcome.message);
      return;
    }
    if (sign === "silence") this.#timeouts++;
    const advice = this.#watch.see(sign, call);
    if (sign === undefined) return;
    const isTooLate = sign === "silence" && (advice === "look" || this.#timeouts >= timeoutsAtAll);
    if (advice === "stop" || (advice === "look" && !(await this.#isThere())))
      this.#stopped = new RunStopped("outage", outageMessage(sign, outcome));
    else if (isTooLate)
      this.#stopped = new RunStopped("timeouts", `${this.#timeouts} requests had no answer in time.`);
  }

  /** Whether the API answers any probe. */
  async #isThere(): Promise<boolean> {
    const { probes, budget } = this.#options;
    const call = this.#watch.other(probes);
    this.#watch.clear();
    if (call === undefined || !budget.mayRepeat()) return true;
    budget.repeat();
    const exchange = await this.#once(call, call.operation.method, this.#urlOf(call));
    this.#keep(exchange);
    return exchange.sign === undefined && exchange.outcome.kind === "answer";
  }

  /** Waits, unless a person stops the run. */
  pause(milliseconds: number, reason: string): Promise<void> {
    return this.#options.pace.pause(milliseconds, reason, this.#signal);
  }

  #keep(exchange: Exchange): void {
    this.exchanges.push(exchange);
    this.#options.onRequest(exchange);
  }

  #urlOf(call: Call): string {
    const url = urlOf(call, this.#options.baseUrl);
    return this.#turned.has(methodAndPath(call)) ? withOtherSlash(url) : url;
  }

  /** Throws NotOursError for a request that would change a handler of others. */
  #guard(call: Call, method: string): void {
    if (method === "GET" || method === "HEAD" || method === "OPTIONS" || call.id === undefined) return;
    if (!this.#options.journal.owns(call.id)) {
      throw new NotOursError(`${method} of handler ${call.id} was not sent: this run did not create it.`);
    }
  }

  /** Waits as long as the answer asks for. False if that is too long. */
  async #waitFor(outcome: Extract<Outcome, { kind: "answer" }>): Promise<boolean> {
    const wait = waitAfter(outcome.headers.get("retry-after"), this.#options.clock.now());
    if (wait === undefined || this.#waited + wait > patience) return false;
    this.#waited += wait;
    await this.#options.pace.pause(wait, "the instance asked for it (429)", this.#signal);
    return true;
  }

  async #attempt(call: Call, method: string, url: string): Promise<Outcome> {
    const { fetch, timeout } = this.#options;
    if (this.#signal?.aborted) throw this.#abort();
    this.#options.budget.send();
    // Node takes whole milliseconds only.
    const own = AbortSignal.timeout(Math.ceil(timeout));
    // Writes are not cut short: an instance may still carry one out later, after the clean-up has looked.
    const cut = method === "GET" ? this.#signal : undefined;
    try {
      const response = await fetch(url, {
        method,
        headers: headersOf(call, this.#options),
        body: bodyOf(call),
        redirect: "manual",
        signal: cut === undefined ? own : AbortSignal.any([own, cut]),
      });
      const { text, json, unreadable } = parseBody(await readBody(response));
      this.#count(text.length);
      return {
        kind: "answer",
        status: response.status,
        headers: new Map(response.headers),
        text,
        json,
        unreadable,
      };
    } catch (error) {
      if (cut?.aborted) throw this.#abort();
      return failureOf(error, own.aborted, timeout, this.#options.baseUrl);
    }
  }

  #abort(): RunStopped {
    this.#stopped = new RunStopped("aborted", "The run was stopped.");
    return this.#stopped;
  }

  #count(characters: number): void {
    this.#read += characters;
    if (this.#read <= limits.run) return;
    const most = `${limits.run / 1024 / 1024} MiB`;
    this.#stopped ??= new RunStopped(
      "volume",
      `The answers of the instance are more than ${most}. Not everything was checked.`,
    );
  }
}

/** Which requests may be repeated: all except a create, since repeating them changes nothing more. */
function isRepeatable({ id }: Call, method: string, sign: Sign): boolean {
  return (sign === "network" || sign === "out-of-service") && (method === "GET" || id !== undefined);
}

function outageMessage(sign: Sign, outcome: Outcome): string {
  const what = outcome.kind === "failure" ? "" : ` (${outcome.status})`;
  return `${meanings[sign]}${what}.`;
}
