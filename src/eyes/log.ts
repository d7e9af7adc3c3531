import type { Owner } from "./owner.ts";
import type { RequestRecord } from "./record.ts";

/** How much is kept. */
interface LogBounds {
  /** Requests of one key. */
  readonly perKey: number;
  /** All requests, in bytes of memory. */
  readonly bytes: number;
  /** Keys. */
  readonly keys: number;
}

const defaultBounds: LogBounds = { perKey: 500, bytes: 32 * 1024 * 1024, keys: 1000 };

/** The requests of one key, the oldest first. */
interface Own {
  readonly records: RequestRecord[];
  bytes: number;
  /** The id of the last request that was forgotten when it was asked for. */
  forgotten: number;
}

/** The last requests to an app. */
export interface RequestLog {
  /** The id of the last request; ids increase, also over restarts of the process. */
  readonly last: number;
  nextId(): number;
  /** `owner`: whose request it is; undefined for one that all see. */
  add(record: RequestRecord, owner: Owner | undefined): void;
  /** The requests that an owner sees, after the one with an id, the oldest first. */
  list(owner: Owner, since: number): RequestRecord[];
  find(owner: Owner, id: number): RequestRecord | undefined;
  /** Forgets the requests of an owner; those that all see, for the owner alone. */
  clear(owner: Owner): void;
  /** Tells of each request that an owner sees. Gives what ends it. */
  follow(owner: Owner, told: (record: RequestRecord) => void): () => void;
}

/** A log in memory. Where it gets too large, the oldest are forgotten of the key that has most: one that asks much takes nothing from the others. */
export function createRequestLog(bounds: Partial<LogBounds> = {}): RequestLog {
  const { perKey, bytes: mostBytes, keys: mostKeys } = { ...defaultBounds, ...bounds };
  const shared: Own = { records: [], bytes: 0, forgotten: 0 };
  const owned = new Map<Owner, Own>();
  const followers = new Set<{ readonly owner: Owner; readonly told: (record: RequestRecord) => void }>();
  let bytes = 0;
  // Milliseconds since 1970 in thousandths: a process that starts later begins above, and numbers stay whole.
  let last = Date.now() * 1000;

  function ownOf(owner: Owner): Own {
    const known = owned.get(owner);
    if (known !== undefined) return known;
    if (owned.size >= mostKeys) forgetIdlest();
    const made: Own = { records: [], bytes: 0, forgotten: 0 };
    owned.set(owner, made);
    return made;
  }

  function forgetFirst(own: Own): void {
    const size = own.records.shift()?.size ?? 0;
    own.bytes -= size;
    bytes -= size;
  }

  /** Forgets the key that has sent nothing for the longest time. */
  function forgetIdlest(): void {
    const lastOf = ({ records, forgotten }: Own) => records.at(-1)?.id ?? forgotten;
    const [idlest] = [...owned].reduce((one, other) => (lastOf(one[1]) <= lastOf(other[1]) ? one : other));
    bytes -= owned.get(idlest)?.bytes ?? 0;
    owned.delete(idlest);
  }

  function clear(owner: Owner): void {
    const own = ownOf(owner);
    bytes -= own.bytes;
    owned.set(owner, { records: [], bytes: 0, forgotten: last });
  }

  function largest(): Own {
    let found = shared;
    for (const own of owned.values()) if (own.bytes > found.bytes) found = own;
    return found;
  }

  function seenBy(owner: Owner): RequestRecord[] {
    const { records, forgotten } = owned.get(owner) ?? { records: [], forgotten: 0 };
    const others = shared.records.filter(({ id }) => id > forgotten);
    return [...records, ...others].sort((one, other) => one.id - other.id);
  }

  return {
    get last() {
      return last;
    },
    nextId() {
      last += 1;
      return last;
    },
    add(record, owner) {
      const own = owner === undefined ? shared : ownOf(owner);
      own.records.push(record);
      own.bytes += record.size;
      bytes += record.size;
      if (own.records.length > perKey) forgetFirst(own);
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
