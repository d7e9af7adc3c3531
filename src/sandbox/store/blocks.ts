/** Splits items into blocks of at most this size. */
export function* blocksOf<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let block: T[] = [];
  for (const item of items) {
    if (block.push(item) < size) continue;
    yield block;
    block = [];
  }
  if (block.length > 0) yield block;
}
