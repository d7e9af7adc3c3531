import { hash } from "node:crypto";

/** What belongs to a key is found by this. It tells nothing of the key. */
export type Owner = string;

/** Whose things a key leads to. */
export function ownerOf(key: string): Owner {
  return hash("sha256", key, "base64");
}
