import type { Operation } from "../../description/index.ts";
import type { CheckName, Finding } from "../findings/index.ts";
import type { Pair } from "../instance/index.ts";
import type { Credential } from "./credentials.ts";
import type { Sign } from "./sign.ts";

/** What the contract lets one expect of a request, and which check speaks up when something else comes. */
export interface Expectation {
  readonly statuses: readonly number[];
  readonly check: CheckName;
  readonly subject?: string;
  /** The statement that this rests on. */
  readonly pointer: string;
  /** The end of a sentence that begins with the request: `is refused with 401`. */
  readonly sentence: string;
  /** 401 and 403 tell of the account and its key then, not of the contract. */
  readonly accountDecides?: boolean;
  /** What is assumed, where no statement of the contract says it. */
  readonly assumption?: string;
  /** The statements of the contract that are proven when it comes as expected. */
  readonly statements?: readonly string[];
}

/** A request that a scenario asks for. */
export interface Call {
  /** What it is for, for people: `page 2 by link`. */
  readonly purpose: string;
  readonly operation: Operation;
  /** The id in the path, where the operation names one resource. */
  readonly id?: number | string;
  readonly query?: readonly Pair[];
  readonly form?: readonly Pair[];
  readonly credential?: Credential;
  /** Another method than the operation's. */
  readonly method?: string;
  /** A link that is followed instead of a URL that is built. */
  readonly link?: URL;
  readonly expect?: Expectation;
  /** Asked for once more, to be sure: it goes on top of the run's limit. */
  readonly again?: boolean;
}

/** What a request led to. */
export type Outcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      /** Names in lower case. */
      readonly headers: ReadonlyMap<string, string>;
      /** The body as text, as it came. */
      readonly text: string;
      /** The body as JSON; undefined where there is none, or none that can be read. */
      readonly json: unknown;
      /** Why the body is no JSON that can be looked at, where it is not, as the end of a sentence. */
      readonly unreadable: string | undefined;
    }
  | {
      readonly kind: "failure";
      readonly reason: "unreachable" | "reset" | "timeout" | "incomplete" | "too-large";
      readonly message: string;
    };

/** A request as it was sent, with what came of it. */
export interface Exchange {
  readonly call: Call;
  readonly method: string;
  readonly url: string;
  readonly outcome: Outcome;
  /** Milliseconds since 1970, and how long it took. */
  readonly startedAt: number;
  readonly milliseconds: number;
  /** Whether it seems that not the API has answered. */
  readonly sign?: Sign;
  /** Why the request had gone out before, where it had: what came of that. */
  readonly again?: string;
  /** What the same request was answered with before, where it was made once more to be sure. */
  readonly first?: Outcome;
  /** What the answer as such breaks; filled in when the exchange is recorded. */
  findings: readonly Finding[];
  /** The expected status came, with an answer that keeps the contract: further conclusions may be drawn from it. */
  sound: boolean;
}

/** The JSON of a sound answer; undefined of any other, and for no exchange. */
export function soundJson(exchange: Exchange | undefined): unknown {
  return exchange?.sound && exchange.outcome.kind === "answer" ? exchange.outcome.json : undefined;
}
