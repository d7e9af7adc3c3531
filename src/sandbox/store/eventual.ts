/** A value that is available now (SQLite), or a promise of it (PostgreSQL). */
export type Eventual<T> = T | Promise<T>;

/** Calls `action` with the value: at once if it is available, since a needless promise costs each request microseconds. */
export function after<T, U>(value: Eventual<T>, action: (value: T) => Eventual<U>): Eventual<U> {
  return value instanceof Promise ? value.then(action) : action(value);
}
