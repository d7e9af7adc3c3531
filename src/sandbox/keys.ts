import { hash, randomBytes } from "node:crypto";
import { after, type Eventual } from "./store/index.ts";

/** A new API key: 32 random bytes as 64 hexadecimal digits. */
export function makeKey(): string {
  return randomBytes(32).toString("hex");
}

/** The hash of a key, which is stored. Keys are long random texts that can't be guessed, so one round of SHA-256 is enough. */
export function hashKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

/** How long a valid key is accepted without another look-up, in milliseconds. */
const trustMilliseconds = 1000;

/** How many headers are cached, and their maximal length. */
const mostRemembered = 10_000;
const longestRemembered = 200;

/**
 * Finds the account of the key in an Authorization header (`Bearer <key>`, RFC 6750; the scheme is case-insensitive); undefined if it has
 * no valid one. A new key is valid at once. A revoked key is invalid after a second, because valid keys are cached that long. The response
 * time reveals nothing about keys: they are looked up by their hashes, and cached headers in a Map, which compares texts only if their
 * seeded hashes are equal. `find`: finds the account of a key's hash.
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
