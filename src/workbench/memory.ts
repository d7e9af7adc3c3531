/**
 * Memory for bodies, used again and again: bodies that live for a few hundred requests, each in memory of its own, would have the garbage collector look
 * at all there is every few hundred requests.
 */
export interface Memory {
  /** Bytes of one's own. */
  copy(bytes: Buffer): Buffer;
  /** Takes a copy back. Whoever still looks at it sees other bytes, which may be another key's. */
  release(copy: Buffer): void;
}

/** Memory is given in blocks of a multiple of this, in bytes. */
const step = 1024;

/** What `length` bytes take of a memory. */
export function blockBytes(length: number): number {
  return Math.ceil(length / step) * step;
}

/** `mostFree`: more bytes are not held back for the next body. */
export function createMemory(mostFree = 1024 * 1024): Memory {
  /** By size. */
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
        // Nobody took so much of it: bodies have other sizes now.
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
