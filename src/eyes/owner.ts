import { hash } from "node:crypto";

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
