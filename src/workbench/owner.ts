import { hash } from "node:crypto";
import { keyIn } from "../http/index.ts";

/** What belongs to a key is found by this. It tells nothing of the key. */
export type Owner = string;

/** So many owners are remembered: the same few keys come again and again. */
const mostRemembered = 100;

const remembered = new Map<string, Owner>();

/** Whose things a key leads to. */
export function ownerOf(key: string): Owner {
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const owner = hash("sha256", key, "base64");
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, owner);
  return owner;
}

/** The header that came last, and whose it is: mostly the next one is the same. */
let last: { readonly authorization: string; readonly owner: Owner } | undefined;

/** Whose things the key of an Authorization header leads to; undefined where it carries none. */
export function ownerIn(authorization: string | undefined): Owner | undefined {
  if (authorization === last?.authorization) return last?.owner;
  const key = keyIn(authorization);
  if (authorization === undefined || key === undefined) return undefined;
  const owner = ownerOf(key);
  last = { authorization, owner };
  return owner;
}
