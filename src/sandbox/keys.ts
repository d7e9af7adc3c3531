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
 * Finds the account whose key an Authorization header carries (`Bearer <key>`, RFC 6750; the scheme's letter case does not
 * count). All accounts are compared, each in constant time, so that the time tells nothing of the keys. Headers that were
 * found good are remembered, one per account at most, and compared the same way, so that a key is seldom hashed twice.
 */
export function createKeyCheck(
  accounts: readonly Account[],
): (authorization: string | undefined) => number | undefined {
  const good: { readonly header: Buffer; readonly account: number }[] = [];
  return (authorization) => {
    if (authorization === undefined || authorization.length < 8) return undefined;
    const header = Buffer.from(authorization);
    let account: number | undefined;
    for (const known of good) {
      if (known.header.length === header.length && timingSafeEqual(known.header, header))
        account = known.account;
    }
    if (account !== undefined) return account;
    account = accountOf(accounts, authorization);
    if (account !== undefined && good.length < accounts.length) good.push({ header, account });
    return account;
  };
}

function accountOf(accounts: readonly Account[], authorization: string): number | undefined {
  if (authorization[6] !== " " || authorization.slice(0, 6).toLowerCase() !== "bearer") return undefined;
  const sent = hashKey(authorization.slice(7).trim());
  let found: number | undefined;
  for (const { id, keyHash } of accounts) if (timingSafeEqual(keyHash, sent)) found = id;
  return found;
}
