import { createMemory, type Memory } from "./memory.ts";
import type { Owner } from "./owner.ts";
import { type RequestRecord, releaseBodies } from "./record.ts";

/** Limits of what is kept. */
interface LogBounds {
  /** How many requests of a key. */
  readonly perKey: number;
  /** The memory of all requests, in bytes. */
  readonly bytes: number;
  /** How many keys. */
  readonly keys: number;
}

/** More of a key are never kept. */
export const mostRequests = 500;

const defaultBounds: LogBounds = { perKey: mostRequests, bytes: 32 * 1024 * 1024, keys: 1000 };

/** The requests of one key, as a ring buffer: the oldest is at `first`. */
interface Own {
  readonly ring: (RequestRecord | undefined)[];
  first: number;
  count: number;
  bytes: number;
  /** The id of the last request that was cleared by its owner. */
  forgotten: number;
}

/** The last requests to an app. */
export interface RequestLog {
  /** The id of the last request. Ids increase, also across restarts. */
  readonly last: number;
  nextId(): number;
  /** Memory for the bodies of records. It is reused when a record is forgotten. */
  readonly memory: Memory;
  /** `owner`: whose request it is; undefined for one that everybody may see. */
  add(record: RequestRecord, owner: Owner | undefined): void;
  /** The requests that an owner may see after the one with id `since`, the oldest first. */
  list(owner: Owner, since: number): RequestRecord[];
  find(owner: Owner, id: number): RequestRecord | undefined;
  /** Clears the requests of an owner. Requests that everybody may see are hidden from this owner only. */
  clear(owner: Owner): void;
  /** Calls `told` with each request that the owner may see. Returns a function that ends it. */
  follow(owner: Owner, told: (record: RequestRecord) => void): () => void;
}

/**
 * Creates a log in memory. When it is full, the oldest requests of the key with the most are forgotten, so that a busy key takes nothing
 * from others.
 */
export function createRequestLog(bounds: Partial<LogBounds> = {}): RequestLog {
  const { perKey, bytes: mostBytes, keys: mostKeys } = { ...defaultBounds, ...bounds };
  const memory = createMemory();
  const shared = makeOwn(0);
  const owned = new Map<Owner, Own>();
  const followers = new Set<{ readonly owner: Owner; readonly told: (record: RequestRecord) => void }>();
  let bytes = 0;
  // Ids start at the time in microseconds, so a process that starts later begins above, and ids stay integers.
  let last = Date.now() * 1000;

  function ownOf(owner: Owner): Own {
    const known = owned.get(owner);
    if (known !== undefined) return known;
    if (owned.size >= mostKeys) forgetIdlest();
    const made = makeOwn(0);
    owned.set(owner, made);
    return made;
  }

  function remember(own: Own, record: RequestRecord): void {
    if (own.count === perKey) forgetFirst(own);
    own.ring[(own.first + own.count) % perKey] = record;
    own.count += 1;
    own.bytes += record.size;
    bytes += record.size;
  }

  function forgetFirst(own: Own): void {
    const record = own.ring[own.first];
    if (record === undefined) return;
    own.ring[own.first] = undefined;
    own.first = (own.first + 1) % perKey;
    own.count -= 1;
    own.bytes -= record.size;
    bytes -= record.size;
    releaseBodies(record, memory);
  }

  function forgetAll(own: Own): void {
    while (own.count > 0) forgetFirst(own);
  }

  /** Forgets the key that has been idle for the longest time. */
  function forgetIdlest(): void {
    const lastOf = ({ ring, first, count, forgotten }: Own) =>
      ring[(first + count - 1) % perKey]?.id ?? forgotten;
    const [idlest, own] = [...owned].reduce((one, other) =>
      lastOf(one[1]) <= lastOf(other[1]) ? one : other,
    );
    forgetAll(own);
    owned.delete(idlest);
  }

  function clear(owner: Owner): void {
    forgetAll(ownOf(owner));
    owned.set(owner, makeOwn(last));
  }

  function largest(): Own {
    let found = shared;
    for (const own of owned.values()) if (own.bytes > found.bytes) found = own;
    return found;
  }

  function seenBy(owner: Owner): RequestRecord[] {
    const { ring, forgotten } = owned.get(owner) ?? makeOwn(0);
    const seen: RequestRecord[] = [];
    for (const record of ring) if (record !== undefined) seen.push(record);
    for (const record of shared.ring) if (record !== undefined && record.id > forgotten) seen.push(record);
    return seen.sort((one, other) => one.id - other.id);
  }

  return {
    get last() {
      return last;
    },
    nextId() {
      last += 1;
      return last;
    },
    memory,
    add(record, owner) {
      remember(owner === undefined ? shared : ownOf(owner), record);
      while (bytes > mostBytes) forgetFirst(largest());
      for (const follower of followers)
        if (owner === undefined || follower.owner === owner) follower.told(record);
    },
    list: (owner, since) => seenBy(owner).filter(({ id }) => id > since),
    find: (owner, id) => seenBy(owner).find((record) => record.id === id),
    clear,
    follow(owner, told) {
      const follower = { owner, told };
      followers.add(follower);
      return () => void followers.delete(follower);
    },
  };
}

function makeOwn(forgotten: number): Own {
  return { ring: [], first: 0, count: 0, bytes: 0, forgotten };
}
