import type { Model } from "../../description/index.ts";
import type { CheckName, Ledger } from "../findings/index.ts";
import type { Pair } from "../instance/index.ts";
import type { Journal } from "../journal/index.ts";
import type { Clock, Exchange, Transport } from "../wire/index.ts";

/** A handler as an answer had it. */
export type Resource = Readonly<Record<string, unknown>>;

/** A part of the traffic: what its requests share, they show together. */
export type Stage =
  | "connect"
  | "auth"
  | "read"
  | "pages"
  | "sizes"
  | "filters"
  | "refusals"
  | "create"
  | "update"
  | "isolation"
  | "methods"
  | "delete";

/** A list that was read. */
export interface Reading {
  readonly exchange: Exchange;
  /** What was asked for; undefined where it was left to the default. */
  readonly page: number | undefined;
  readonly size: number | undefined;
  /** The filters that were asked for. */
  readonly filters: readonly Pair[];
  /** Undefined, all of it, where the answer was not sound. */
  readonly content:
    | {
        readonly items: readonly Resource[];
        readonly meta: Readonly<Record<"page" | "page-size" | "total" | "total-pages", number>>;
        readonly links: Readonly<Record<string, string | null>>;
      }
    | undefined;
}

/** A handler that the run has created, or tried to. */
export interface Created {
  readonly type: string;
  readonly name: string;
  /** Which of the hard texts its name carries. */
  readonly text: string | undefined;
  readonly fields: readonly Pair[];
  readonly exchange: Exchange;
  /** The id, when it is certain that the handler is the run's own. */
  readonly id: number | undefined;
  /** What it was seen by right after the create: a read, or a list where nothing can be read. */
  readonly read: Exchange | undefined;
  /** The handler as it was seen then; undefined where the answer was not sound. */
  readonly resource: Resource | undefined;
  /** Seconds since 1970, by the instance's clock where it tells, before and after the create. */
  readonly between: readonly [number, number];
}

/** A change, and what was seen before and after it. */
export interface Update {
  readonly created: Created;
  /** What was changed, in a word. */
  readonly kind: "off" | "on" | "field" | "type";
  readonly sent: readonly Pair[];
  readonly before: Resource;
  readonly exchange: Exchange;
  readonly read: Exchange;
  /** The handler as it was seen after it; undefined where the answer was not sound. */
  readonly after: Resource | undefined;
}

/** A filtered list, and which handlers belong in it. */
export interface Filtering {
  /** The check that judges it. */
  readonly check: CheckName;
  readonly subject: string | undefined;
  readonly reading: Reading;
  readonly belongs: (resource: Resource) => boolean;
  /** What belongs, in words. */
  readonly sentence: string;
  /** The statement that is broken where anything else is in the list. */
  readonly pointer: string;
  /** Statements that are broken instead where the list is what it would be without them. */
  readonly alternatives: readonly Alternative[];
  /** Statements of the contract that are proven where the list is right, besides the parameters that were asked for. */
  readonly statements: readonly string[];
}

/** What a list holds where a single statement does not hold. */
export interface Alternative {
  readonly pointer: string;
  readonly belongs: (resource: Resource) => boolean;
}

/** A list in an order, and the property that it is ordered by. */
export interface Ordering {
  readonly reading: Reading;
  readonly value: string;
  readonly property: string;
  /** Undefined where no direction was asked for: either will do. */
  readonly descending: boolean | undefined;
}

/** How long the list may lag behind a write, in milliseconds: so long is waited before it is read again. */
export const waitsForLag: readonly number[] = [1_000, 2_000, 4_000];

/** A run of the checks: what it may use, and what it has seen so far. Scenarios fill it, checks read it. */
export interface Run {
  readonly model: Model;
  readonly id: string;
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly write: boolean;
  /** Why the run only reads though it was asked to write. */
  readonly readsOnly: string | undefined;
  /** Whether there is a second account's key. */
  readonly otherAccount: boolean;
  readonly readings: Reading[];
  /** Handlers that were read because a list had them, as it had them. */
  readonly reads: { readonly exchange: Exchange; readonly listed: Resource }[];
  readonly created: Created[];
  readonly updates: Update[];
  readonly filterings: Filtering[];
  readonly orderings: Ordering[];
  /** The list before the run changed anything, and after it has cleaned up. */
  before: Reading | undefined;
  after: Reading | undefined;
  /** The handlers of the whole account after the creates, where its pages could all be read. */
  everything: readonly Resource[] | undefined;
  /** The list that told of them; of several pages, the last. */
  whole: Reading | undefined;
  /** The pages one after the other, the first by its number and the others by `links`. */
  walk: Reading[];
  /** One page in both forms of the URL. */
  forms: readonly [documented: Reading, byLink: Reading] | undefined;
  /** Ids of handlers that were deleted, with success. */
  readonly deleted: Set<number>;
  /** Of these, the ones that were deleted before the last list was read. */
  deletedBefore: ReadonlySet<number>;
  /** Answers that wait to be judged: they may be signs of an outage. */
  readonly suspects: Exchange[];
  /** Creates whose connection dropped. */
  readonly lostCreates: Exchange[];
  /** Why no more handlers could be created, where the account takes no more. */
  limit: string | undefined;
  /** How long after the last create the list showed all handlers of the run, in milliseconds; undefined where it did at once. */
  lag: number | undefined;
  /** The same of the deletes of the clean-up. */
  lagOfDelete: number | undefined;
  /** Whether the pages were others each time that they were read: somebody else is at work. */
  unrest: boolean;
  /** How often each thing that was in doubt was asked for once more. */
  readonly doubts: Map<string, number>;
  /** How many requests had an answer that broke the contract, and then one that did not. */
  differences: number;
  /** The number in the name that was given last. */
  lastNumber: number;
}
