import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Account } from "./store/index.ts";

/** A new API key: 32 random bytes as 64 hexadecimal digits. */
export function makeKey(): string {
  return randomBytes(32).toString("hex");
}

/** What is stored of a key. Keys are long random texts, so one round of SHA-256 is enough: there is nothing to guess. */
export function hashKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

/**
 * The account whose key an Authorization header carries (`Bearer <key>`, RFC 6750; the scheme's letter case does not
 * count). All accounts are compared, each in constant time, so that the time tells nothing of the keys.
 */
export function accountOf(
  accounts: readonly Account[],
  authorization: string | undefined,
): number | undefined {
  if (authorization === undefined || authorization.length < 8) return undefined;
  if (authorization[6] !== " " || authorization.slice(0, 6).toLowerCase() !== "bearer") return undefined;
  const sent = hashKey(authorization.slice(7).trim());
  let found: number | undefined;
  for (const { id, keyHash } of accounts) if (timingSafeEqual(keyHash, sent)) found = id;
  return found;
}
