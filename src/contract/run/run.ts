import type { Model } from "../../description/index.ts";
import type { CheckName, Ledger } from "../findings/index.ts";
import type { Pair } from "../instance/index.ts";
import type { Journal } from "../journal/index.ts";
import type { Clock, Exchange, Transport } from "../wire/index.ts";

/** A handler as in an answer. */
export type Resource = Readonly<Record<string, unknown>>;

/** A part of the traffic. The requests of a stage are sent together, or not at all. */
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
  /** The requested page; undefined for the default. */
  readonly page: number | undefined;
  readonly size: number | undefined;
  /** The requested filters. */
  readonly filters: readonly Pair[];
  /** Undefined if the answer was not valid. */
  readonly content:
    | {
        readonly items: readonly Resource[];
        readonly meta: Readonly<Record<"page" | "page-size" | "total" | "total-pages", number>>;
        readonly links: Readonly<Record<string, string | null>>;
      }
    | undefined;
}

/** A handler that the run has created, or tried to create. */
export interface Created {
  readonly type: string;
  readonly name: string;
  /** The text in its name that servers often damage. */
  readonly text: string | undefined;
  readonly fields: readonly Pair[];
  readonly exchange: Exchange;
  /** The id, if it is certain that the run has created the handler. */
  readonly id: number | undefined;
  /** The request that showed the handler after its create: a read, or a list if there is no read. */
  readonly read: Exchange | undefined;
  /** The handler right after its create; undefined if the answer was not valid. */
  readonly resource: Resource | undefined;
  /** Before and after the create, in seconds since 1970, by the instance's clock if it is known. */
  readonly between: readonly [number, number];
}

/** A handler that the run has certainly created. */
export type Owned = Created & { readonly id: number };

export function isOwned(created: Created): created is Owned {
  return created.id !== undefined;
}

/** An update, and the handler before and after it. */
export interface Update {
  readonly created: Created;
  /** What was changed. */
  readonly kind: "off" | "on" | "field" | "type";
  readonly sent: readonly Pair[];
  readonly before: Resource;
  readonly exchange: Exchange;
  readonly read: Exchange;
  /** The handler after the update; undefined if the answer was not valid. */
  readonly after: Resource | undefined;
}

/** A filtered list, and which handlers it should contain. */
export interface Filtering {
  /** The check that judges it. */
  readonly check: CheckName;
  readonly subject: string | undefined;
  readonly reading: Reading;
  readonly belongs: (resource: Resource) => boolean;
  /** Which handlers it should contain, in words. */
  readonly sentence: string;
  /** The statement that is broken if it contains others. */
  readonly pointer: string;
  /** Statements that are broken instead, if the list is as it would be without them. */
  readonly alternatives: readonly Alternative[];
  /** Statements that are proven if the list is right, besides the parameters of the request. */
  readonly statements: readonly string[];
}

/** What a list contains if a single statement does not hold. */
export interface Alternative {
  readonly pointer: string;
  readonly belongs: (resource: Resource) => boolean;
}

/** An ordered list, and the property that it is ordered by. */
export interface Ordering {
  readonly reading: Reading;
  readonly value: string;
  readonly property: string;
  /** Undefined if no direction was requested: both are accepted. */
  readonly descending: boolean | undefined;
}

/** How long to wait before the list is read again, in milliseconds, if it lags behind a write. */
export const waitsForLag: readonly number[] = [1_000, 2_000, 4_000];

/** A run of the checks: its means, and what it has seen so far. Scenarios fill it, checks read it. */
export interface Run {
  readonly model: Model;
  readonly id: string;
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly write: boolean;
  /** Why the run only reads, although it was asked to write. */
  readonly readsOnly: string | undefined;
  /** Whether there is a second account's key. */
  readonly otherAccount: boolean;
  /** Every list that was read, in this order: in a run that writes, before and after what it creates, changes and deletes. */
  readonly readings: Reading[];
  /**
   * Handlers that were read because they were in a list, with their form in the list. Empty in a run that writes, which reads what is in
   * `created` and `updates`.
   */
  readonly reads: { readonly exchange: Exchange; readonly listed: Resource }[];
  readonly created: Created[];
  readonly updates: Update[];
  readonly filterings: Filtering[];
  readonly orderings: Ordering[];
  /** The list before the run changed anything, and after its clean-up. */
  before: Reading | undefined;
  after: Reading | undefined;
  /** The handlers of the whole account after the creates, if all pages could be read. */
  everything: readonly Resource[] | undefined;
  /** The list that they were read from; of several pages, the last. */
  whole: Reading | undefined;
  /** The pages in order: the first by its number, the others by `links`. */
  walk: Reading[];
  /** One page on both paths of the list. */
  forms: readonly [documented: Reading, byLink: Reading] | undefined;
  /** Ids of handlers that were deleted successfully. */
  readonly deleted: Set<number>;
  /** Those of them that were deleted before the last list was read. */
  deletedBefore: ReadonlySet<number>;
  /** Answers that are not judged yet: they may be signs of an outage. */
  readonly suspects: Exchange[];
  /** Creates whose connection dropped. */
  readonly lostCreates: Exchange[];
  /** Why no more handlers could be created, if the account has a limit. */
  limit: string | undefined;
  /** How long after the last create the list showed all handlers of the run, in milliseconds; undefined if it did at once. */
  lag: number | undefined;
  /** The same for the deletes of the clean-up. */
  lagOfDelete: number | undefined;
  /** Whether the pages differed each time they were read: somebody else changes the account. */
  unrest: boolean;
  /** How often each doubtful answer was confirmed. */
  readonly doubts: Map<string, number>;
  /** How many requests had an answer that broke the contract, and one that did not when they were repeated. */
  differences: number;
  /** The number in the last handler's name. */
  lastNumber: number;
}
