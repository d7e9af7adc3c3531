import type { Eventual } from "./eventual.ts";

/** What the store keeps of a handler besides its id. */
export interface HandlerRecord {
  readonly type: string;
  readonly name: string;
  readonly enabled: boolean;
  /** Seconds since 1970, UTC. */
  readonly created: number;
  /** Seconds since 1970, UTC; null until the first change. */
  readonly changed: number | null;
  /** The handler as answers show it, with its id: a JSON object as text. */
  document(id: number): string;
}

/** What a list can be ordered by. */
export type Order = "id" | "name" | "created" | "changed";

/** Which handlers of an account a list asks for, and in which order. */
export interface ListQuery {
  readonly type?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** Handlers whose document has the value `to` (a number as text) at the place `at` (the property names that lead to it). All must match. */
  readonly equal?: readonly { readonly at: readonly string[]; readonly to: string }[] | undefined;
  /** Handlers whose name contains this text. Letter case is ignored; there are no wildcards. */
  readonly search?: string | undefined;
  /** Handlers that were created or changed in this range, both ends included. Seconds since 1970. */
  readonly range?:
    | {
        readonly of: "created" | "changed";
        readonly from?: number | undefined;
        readonly to?: number | undefined;
      }
    | undefined;
  /** Ties are ordered by id. */
  readonly order: { readonly by: Order; readonly descending: boolean };
  readonly offset: number;
  readonly limit: number;
}

/** A page of a list. */
export interface ListResult {
  /** The handlers' documents, joined by commas, in UTF-8: ready to be sent. */
  readonly rows: Buffer;
  /** How many handlers match the query, on all pages. */
  readonly total: number;
}

/** A key's handlers with one instance. */
export interface Account {
  readonly id: number;
  readonly keyHash: Buffer;
}

/** An API key. Only its hash is stored. It is valid for every instance, with a separate account in each. */
export interface Key {
  readonly id: number;
  /** The name that it was added with, which says what it is for. */
  readonly name: string;
  readonly hash: Buffer;
  /** Seconds since 1970, UTC. */
  readonly added: number;
}

/** A named copy of an account's handlers as they were at one moment. */
export interface Snapshot {
  readonly name: string;
  /** When it was saved, in milliseconds since 1970, UTC. */
  readonly taken: number;
  /** How many handlers it has. */
  readonly handlers: number;
}

/** How many snapshots an account may have. */
export const mostSnapshots = 100;

/** Everything in a store at one moment, in the order in which another store imports it. */
export interface Content {
  readonly keys: readonly Omit<Key, "id">[];
  readonly accounts: readonly (Account & { readonly instance: string })[];
  /** The last id that was given to a handler, even if that handler was deleted. */
  readonly lastId: number;
  readonly handlers: Blocks;
  readonly snapshots: readonly (Snapshot & { readonly id: number; readonly account: number })[];
  /** All handlers of snapshots; their `account` is the id of the snapshot. */
  readonly snapshotHandlers: Blocks;
}

/** Handlers in blocks of a few hundred. */
type Blocks = AsyncIterable<readonly StoredHandler[]> | Iterable<readonly StoredHandler[]>;

/** A handler as one store exports it and another imports it. */
export interface StoredHandler extends Omit<HandlerRecord, "document" | "name"> {
  readonly account: number;
  readonly id: number;
  readonly foldedName: string;
  readonly document: string;
}

/**
 * Where the handlers are kept. Each method does all or nothing. When it has returned, its change is stored and survives the death of the
 * process (unless the store is in memory). Methods throw StoreError, or reject with it. SQLite returns values, PostgreSQL promises.
 * Handler ids increase over the whole store and are never used twice.
 */
export interface Store {
  /** All keys, the oldest first. */
  keys(): Eventual<Key[]>;
  /** Adds the keys that are not there yet. Returns the ids of all of them. */
  addKeys(keys: readonly Omit<Key, "id">[]): Eventual<number[]>;
  /** Revokes a key. Its handlers stay, in case the same key is added again. False if there is no such key. */
  removeKey(id: number): Eventual<boolean>;
  /** The account of a key with an instance, created on first use; undefined for an unknown key. */
  account(instance: string, keyHash: Buffer): Eventual<number | undefined>;
  /** The accounts of an instance, the oldest first. */
  accounts(instance: string): Eventual<Account[]>;
  create(account: number, record: HandlerRecord): Eventual<number>;
  /** Creates handlers in one transaction. Returns their ids, in the order of the records. */
  createMany(account: number, records: Iterable<HandlerRecord>): Eventual<number[]>;
  /** Creates handlers in one transaction if the account has none. False if it has any. */
  createIfEmpty(account: number, records: Iterable<HandlerRecord>): Eventual<boolean>;
  /** The handler's document; undefined if the account has no handler with this id. */
  read(account: number, id: number): Eventual<string | undefined>;
  /**
   * Replaces a handler by what `change` makes of its current document. False if there is no such handler. `change` is called again if
   * another request changed the handler in the meantime.
   */
  update(account: number, id: number, change: (document: string) => HandlerRecord): Eventual<boolean>;
  remove(account: number, id: number): Eventual<boolean>;
  /** Fails with StorePageError for a page that is too large. */
  list(account: number, query: ListQuery): Eventual<ListResult>;
  /** Deletes all handlers of an account. */
  clear(account: number): Eventual<void>;
  /** The snapshots of an account, by name. */
  snapshots(account: number): Eventual<readonly Snapshot[]>;
  /** Saves the handlers of an account under a name. Replaces a snapshot of that name. Undefined if there are `mostSnapshots` others. */
  saveSnapshot(account: number, name: string, taken: number): Eventual<Snapshot | undefined>;
  /** Replaces the handlers of an account by those of a snapshot, ids included. Undefined if there is no such snapshot. */
  restoreSnapshot(account: number, name: string): Eventual<Snapshot | undefined>;
  /** False if there is no such snapshot. */
  removeSnapshot(account: number, name: string): Eventual<boolean>;
  /** Counts a request of an account in a numbered window of time. Returns the requests in that window, this one included. */
  countRequest(account: number, window: number): Eventual<number>;
  /** Fails if the store does not answer. */
  ping(): Eventual<void>;
  /** Passes everything in the store, as it was at one moment, to `take`. Others may write meanwhile. */
  export<T>(take: (content: Content) => Promise<T>): Promise<T>;
  /** Imports what another store exported. Fails if this store has handlers or keys. */
  import(content: Content): Promise<void>;
  close(): Eventual<void>;
}

/** A store can't be opened, or an operation failed. The message is one sentence for the operator. */
export class StoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
  }
}

/** Another process was writing. Nothing was done; the operation may be retried. */
export class StoreBusyError extends StoreError {}

/** The database can't be reached, or the connection broke. The operation may or may not have been done. */
export class StoreAwayError extends StoreError {}

/** Larger pages are refused: they would take memory and time from all other requests. */
export const mostPageBytes = 32 * 1024 * 1024;

/** The size of pages with at most this many handlers is not measured: bodies are limited to 1 MiB, so it can't be far above the limit. */
export const unmeasuredRows = 50;

/** A page is larger than `mostPageBytes`. */
export class StorePageError extends StoreError {
  constructor() {
    super("The page is larger than 32 MiB.");
  }
}
