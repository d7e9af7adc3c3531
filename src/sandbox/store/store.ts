import type { Eventual } from "./eventual.ts";

/** What the store keeps of a handler, next to its id. */
export interface HandlerRecord {
  readonly type: string;
  readonly name: string;
  readonly enabled: boolean;
  /** Seconds since 1970, UTC. */
  readonly created: number;
  /** Seconds since 1970, UTC; null until the first change. */
  readonly changed: number | null;
  /** The handler as answers show it, with the id that it is given: a JSON object. */
  document(id: number): string;
}

/** What a list can be ordered by. */
export type Order = "id" | "name" | "created" | "changed";

/** Which handlers of an account a list asks for. */
export interface ListQuery {
  readonly type?: string | undefined;
  readonly enabled?: boolean | undefined;
  /** Handlers whose document has each of these texts, or numbers as texts, at its place: the names on the way to it. */
  readonly equal?: readonly { readonly at: readonly string[]; readonly to: string }[] | undefined;
  /** Handlers whose name contains this text: letter case does not count, no character is special. */
  readonly search?: string | undefined;
  /** Handlers that were created or changed in this time; both ends belong to it. Seconds since 1970. */
  readonly range?:
    | {
        readonly of: "created" | "changed";
        readonly from?: number | undefined;
        readonly to?: number | undefined;
      }
    | undefined;
  /** Equal values stand in the order of their ids. */
  readonly order: { readonly by: Order; readonly descending: boolean };
  readonly offset: number;
  readonly limit: number;
}

export interface ListResult {
  /** The handlers' documents, joined by commas; in UTF-8, as it goes to the client. */
  readonly rows: Buffer;
  /** How many handlers the query finds on all pages. */
  readonly total: number;
}

/** A key's handlers with one instance. */
export interface Account {
  readonly id: number;
  readonly keyHash: Buffer;
}

/** An API key, of which only the hash is stored. It is good for every instance, with an account of its own in each. */
export interface Key {
  readonly id: number;
  /** What it is for, as it was said when the key was added. */
  readonly name: string;
  readonly hash: Buffer;
  /** Seconds since 1970, UTC. */
  readonly added: number;
}

/** The handlers of an account as they were at a moment, kept under a name. */
export interface Snapshot {
  readonly name: string;
  /** When it was saved, in milliseconds since 1970, UTC. */
  readonly taken: number;
  /** How many handlers it has. */
  readonly handlers: number;
}

/** So many snapshots an account may have. */
export const mostSnapshots = 100;

/** Everything in a store at one moment, in the order in which a store takes it. */
export interface Content {
  readonly keys: readonly Omit<Key, "id">[];
  readonly accounts: readonly (Account & { readonly instance: string })[];
  /** The last id that was given to a handler, be it there or not. */
  readonly lastId: number;
  readonly handlers: Blocks;
  readonly snapshots: readonly (Snapshot & { readonly id: number; readonly account: number })[];
  /** All handlers of snapshots; their `account` is the id of the snapshot. */
  readonly snapshotHandlers: Blocks;
}

/** Handlers, some hundreds at a time. */
type Blocks = AsyncIterable<readonly StoredHandler[]> | Iterable<readonly StoredHandler[]>;

export interface StoredHandler extends Omit<HandlerRecord, "document" | "name"> {
  readonly account: number;
  readonly id: number;
  readonly foldedName: string;
  readonly document: string;
}

/**
 * Where the handlers are. Each method does all or nothing: what it gave is stored, and survives the death of the process where the store
 * is no memory. They fail with StoreError when the store can't do it: throw it, or reject with it. A store that answers at once gives
 * values, so that whoever calls it need not wait; one that is elsewhere gives promises.
 * Handler ids increase over the whole store and are never given twice.
 */
export interface Store {
  /** All keys, the oldest first. */
  keys(): Eventual<Key[]>;
  /** Adds keys unless they are there. Gives the ids of all of them. */
  addKeys(keys: readonly Omit<Key, "id">[]): Eventual<number[]>;
  /** Makes a key unknown; its handlers stay, for the day when the same key is added again. False where there is no such key. */
  removeKey(id: number): Eventual<boolean>;
  /** The account that a key has with an instance, made where it is not there; undefined for an unknown key. */
  account(instance: string, keyHash: Buffer): Eventual<number | undefined>;
  /** The accounts of an instance, the oldest first. */
  accounts(instance: string): Eventual<Account[]>;
  create(account: number, record: HandlerRecord): Eventual<number>;
  /** Creates many in one transaction. Gives their ids, in the order of the records. */
  createMany(account: number, records: Iterable<HandlerRecord>): Eventual<number[]>;
  /** Creates many in one transaction, unless the account has any; false where it has. */
  createIfEmpty(account: number, records: Iterable<HandlerRecord>): Eventual<boolean>;
  /** The handler's document, or undefined where the account has no handler of this id. */
  read(account: number, id: number): Eventual<string | undefined>;
  /**
   * Replaces a handler by what `change` makes of its document, and of nothing older; false where there is none. `change` may be called
   * again where another request was faster.
   */
  update(account: number, id: number, change: (document: string) => HandlerRecord): Eventual<boolean>;
  remove(account: number, id: number): Eventual<boolean>;
  /** Fails with StorePageError for a page that is too large. */
  list(account: number, query: ListQuery): Eventual<ListResult>;
  /** Deletes all handlers of an account. */
  clear(account: number): Eventual<void>;
  /** The snapshots of an account, by name. */
  snapshots(account: number): Eventual<readonly Snapshot[]>;
  /** Keeps the handlers of an account as they are under a name, in place of what the name had; undefined where there are `mostSnapshots` others. */
  saveSnapshot(account: number, name: string, taken: number): Eventual<Snapshot | undefined>;
  /** Puts the handlers of a snapshot in place of the account's, with their ids; undefined where there is no such snapshot. */
  restoreSnapshot(account: number, name: string): Eventual<Snapshot | undefined>;
  /** False where there is no such snapshot. */
  removeSnapshot(account: number, name: string): Eventual<boolean>;
  /** Counts a request of an account in a window of time, named by its number. Gives how many there were, this one among them. */
  countRequest(account: number, window: number): Eventual<number>;
  /** Fails where the store does not answer. */
  ping(): Eventual<void>;
  /** Gives all that is in the store, as it was at one moment, while others may write. */
  export<T>(take: (content: Content) => Promise<T>): Promise<T>;
  /** Takes what another store had. Fails where there are handlers, or keys. */
  import(content: Content): Promise<void>;
  close(): Eventual<void>;
}

/** Why a store could not be opened, or could not do what it was asked for. The message is one sentence for the operator. */
export class StoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
  }
}

/** Another process was writing: nothing was done, and may be tried again. */
export class StoreBusyError extends StoreError {}

/** The database can't be reached, or the connection broke: what was asked for may have been done, or not. */
export class StoreAwayError extends StoreError {}

/** A page that holds more is not put together: it would take the memory and the time of all other requests. */
export const mostPageBytes = 32 * 1024 * 1024;

/** So many handlers, of a body of 1 MiB each, are never far above that. */
export const unmeasuredRows = 50;

/** The handlers of a page are too large to be put together. */
export class StorePageError extends StoreError {
  constructor() {
    super("The page is larger than 32 MiB.");
  }
}
