import type { Operation } from "../../description/index.ts";
import type { CheckName, Finding } from "../findings/index.ts";
import type { Pair } from "../instance/index.ts";
import type { Credential } from "./credentials.ts";
import type { Sign } from "./sign.ts";

/** The expected answer to a request, and the check that reports anything else. */
export interface Expectation {
  readonly statuses: readonly number[];
  readonly check: CheckName;
  readonly subject?: string;
  /** The statement that demands it. */
  readonly pointer: string;
  /** The end of a sentence that begins with the request: `is refused with 401`. */
  readonly sentence: string;
  /** With it, 401 and 403 are about the account and its key, not about the contract. */
  readonly accountDecides?: boolean;
  /** The assumption, if no statement of the contract demands it. */
  readonly assumption?: string;
  /** The contract's statements that are proven if it is met. */
  readonly statements?: readonly string[];
}

/** A request of a scenario. */
export interface Call {
  /** Its purpose, for people: `page 2 by link`. */
  readonly purpose: string;
  readonly operation: Operation;
  /** The id in the path, if the operation has one. */
  readonly id?: number | string;
  readonly query?: readonly Pair[];
  readonly form?: readonly Pair[];
  readonly credential?: Credential;
  /** A method that replaces the operation's. */
  readonly method?: string;
  /** A link to follow, instead of a URL from the operation. */
  readonly link?: URL;
  readonly expect?: Expectation;
  /** Repeated for confirmation: it does not count against the run's limit. */
  readonly again?: boolean;
}

/** The result of a request. */
export type Outcome =
  | {
      readonly kind: "answer";
      readonly status: number;
      /** Names in lower case. */
      readonly headers: ReadonlyMap<string, string>;
      /** The body as text, as received. */
      readonly text: string;
      /** The body as JSON; undefined if there is none, or an unreadable one. */
      readonly json: unknown;
      /** Why the body can't be used as JSON, as the end of a sentence. */
      readonly unreadable: string | undefined;
    }
  | {
      readonly kind: "failure";
      readonly reason: "unreachable" | "reset" | "timeout" | "incomplete" | "too-large";
      readonly message: string;
    };

/** A request as it was sent, with its result. */
export interface Exchange {
  readonly call: Call;
  readonly method: string;
  readonly url: string;
  readonly outcome: Outcome;
  /** Start in milliseconds since 1970, and duration. */
  readonly startedAt: number;
  readonly milliseconds: number;
  /** Set if the answer may not come from the API. */
  readonly sign?: Sign;
  /** Why the request was sent again: the result of the first one. */
  readonly again?: string;
  /** The previous answer to the same request, if it was repeated for confirmation. */
  readonly first?: Outcome;
  /** What the answer itself breaks; filled in when the exchange is recorded. */
  findings: readonly Finding[];
  /** Whether the answer is as expected and keeps the contract, so that other checks may rely on it. */
  sound: boolean;
}

/** The JSON of a sound answer; undefined for any other, and without an exchange. */
export function soundJson(exchange: Exchange | undefined): unknown {
  return exchange?.sound && exchange.outcome.kind === "answer" ? exchange.outcome.json : undefined;
}
