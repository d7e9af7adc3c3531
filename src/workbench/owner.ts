import { hash } from "node:crypto";
import { keyIn } from "../http/index.ts";

/** Identifies the owner of a key. It reveals nothing about the key. */
export type Owner = string;

/** How many owners are cached: the same few keys come again and again. */
const mostRemembered = 100;

const remembered = new Map<string, Owner>();

/** The owner of a key. */
export function ownerOf(key: string): Owner {
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const owner = hash("sha256", key, "base64");
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, owner);
  return owner;
}

/** The last header and its owner: the next request mostly has the same. */
let last: { readonly authorization: string; readonly owner: Owner } | undefined;

/** The owner of the key in an Authorization header; undefined if it has none. */
export function ownerIn(authorization: string | undefined): Owner | undefined {
  if (authorization === last?.authorization) return last?.owner;
  const key = keyIn(authorization);
  if (authorization === undefined || key === undefined) return undefined;
  const owner = ownerOf(key);
  last = { authorization, owner };
  return owner;
}
