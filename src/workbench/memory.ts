/**
 * A pool of memory for bodies. Bodies live for a few hundred requests. With memory of their own, each would cause more work for the garbage
 * collector.
 */
export interface Memory {
  /** A copy that lives in the pool. */
  copy(bytes: Buffer): Buffer;
  /** Returns a copy to the pool. Whoever still reads it sees other bytes, perhaps of another key. */
  release(copy: Buffer): void;
}

/** Block sizes are multiples of this, in bytes. */
const step = 1024;

/** The size of the block that holds `length` bytes. */
export function blockBytes(length: number): number {
  return Math.ceil(length / step) * step;
}

/** `mostFree`: how many free bytes are kept for later bodies. */
export function createMemory(mostFree = 1024 * 1024): Memory {
  /** Free blocks by size. */
  const free = new Map<number, ArrayBufferLike[]>();
  let freeBytes = 0;
  return {
    copy(bytes) {
      const size = blockBytes(bytes.length);
      const known = free.get(size)?.pop();
      if (known !== undefined) freeBytes -= size;
      const block = known ?? Buffer.allocUnsafeSlow(size).buffer;
      const copy = Buffer.from(block, 0, bytes.length);
      bytes.copy(copy);
      return copy;
    },
    release({ buffer, byteLength }) {
      const size = blockBytes(byteLength);
      if (freeBytes + size > mostFree) {
        // No block was reused: bodies have other sizes now.
        free.clear();
        freeBytes = 0;
      }
      if (size > mostFree) return;
      freeBytes += size;
      const others = free.get(size);
      if (others === undefined) free.set(size, [buffer]);
      else others.push(buffer);
    },
  };
}
