/** A value that is there at once, as from a file, or comes later, as from a server. */
export type Eventual<T> = T | Promise<T>;

/** Goes on with a value: at once where it is there, since a promise that nothing waits for costs each request microseconds. */
export function after<T, U>(value: Eventual<T>, action: (value: T) => Eventual<U>): Eventual<U> {
  return value instanceof Promise ? value.then(action) : action(value);
}
