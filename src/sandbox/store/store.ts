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

export interface Account {
  readonly id: number;
  readonly keyHash: Buffer;
}

/**
 * Where the handlers are. All methods are synchronous and all or nothing: what returned is stored, and survives the
 * death of the process where the store is a file. They throw StoreError when the store can't do it.
 * Handler ids increase over the whole store and are never given twice.
 */
export interface Store {
  /** The accounts of an instance. */
  accounts(instance: string): Account[];
  /** Adds the account of a key unless it is there. */
  addAccount(instance: string, keyHash: Buffer): Account;
  /** Adds the accounts of all keys with all instances, unless they are there, in one transaction at most. */
  addAccounts(instances: readonly string[], keyHashes: readonly Buffer[]): void;
  create(account: number, record: HandlerRecord): number;
  /** Creates many in one transaction. Gives their ids, in the order of the records. */
  createMany(account: number, records: Iterable<HandlerRecord>): number[];
  /** Creates many in one transaction, unless the account has any; false where it has. */
  createIfEmpty(account: number, records: Iterable<HandlerRecord>): boolean;
  /** The handler's document, or undefined where the account has no handler of this id. */
  read(account: number, id: number): string | undefined;
  /** Replaces a handler by what `change` makes of its document, in one transaction; false where there is none. */
  update(account: number, id: number, change: (document: string) => HandlerRecord): boolean;
  remove(account: number, id: number): boolean;
  /** Throws StorePageError for a page that is too large. */
  list(account: number, query: ListQuery): ListResult;
  /** Deletes all handlers of an account. */
  clear(account: number): void;
  /**
   * How long a write may keep the process waiting while another process writes, before it throws StoreBusyError; in milliseconds. A
   * store is opened with much patience; whoever serves requests has little.
   */
  waitAtMost(milliseconds: number): void;
  close(): void;
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

/** The handlers of a page are too large to be put together. */
export class StorePageError extends StoreError {
  constructor() {
    super("The page is larger than 32 MiB.");
  }
}
