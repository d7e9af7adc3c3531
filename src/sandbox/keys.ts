import { hash, randomBytes } from "node:crypto";
import { after, type Eventual } from "./store/index.ts";

/** A new API key: 32 random bytes as 64 hexadecimal digits. */
export function makeKey(): string {
  return randomBytes(32).toString("hex");
}

/** What is stored of a key. Keys are long random texts, so one round of SHA-256 is enough: there is nothing to guess. */
export function hashKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

/** So long a key that was found good is taken for good without another look, in milliseconds. */
const trustMilliseconds = 1000;

/** So many headers are remembered, of this length at most. */
const mostRemembered = 10_000;
const longestRemembered = 200;

/**
 * Finds the account whose key an Authorization header carries (`Bearer <key>`, RFC 6750; the scheme's letter case does not count); undefined
 * where it carries no good one. A key that was added is good at once, and one that was taken away is not good after a second: what was found
 * good is remembered that long. The time tells nothing of keys: they are looked up by their hashes, and remembered headers in a Map, which compares
 * a text only where its seeded hash is the same.
 * `find`: the account of a key's hash.
 */
export function createKeyCheck(
  find: (keyHash: Buffer) => Eventual<number | undefined>,
): (authorization: string | undefined) => Eventual<number | undefined> {
  const good = new Map<string, { readonly account: number; readonly until: number }>();
  return (authorization) => {
    if (authorization === undefined || authorization.length < 8) return undefined;
    const known = good.get(authorization);
    const now = performance.now();
    if (known !== undefined && now < known.until) return known.account;
    if (known !== undefined) good.delete(authorization);
    if (authorization[6] !== " " || authorization.slice(0, 6).toLowerCase() !== "bearer") return undefined;
    return after(find(hashKey(authorization.slice(7).trim())), (account) => {
      if (account === undefined || authorization.length > longestRemembered) return account;
      if (good.size >= mostRemembered) good.clear();
      good.set(authorization, { account, until: now + trustMilliseconds });
      return account;
    });
  };
}
