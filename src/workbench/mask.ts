import { keyPattern } from "../client/mask.ts";

/** Takes a key out of a text. */
export type Mask = (text: string) => string;

/** What stands in place of a key. */
export const masked = "[key]";

/** A pattern for all that a longer key may look like would itself be too long. */
const longestPattern = 512;

/** Takes a key out of texts: as it is, percent-encoded, with JSON's escapes, and in Base64. */
export function maskOf(key: string | undefined): Mask {
  if (key === undefined || key === "") return (text) => text;
  if (key.length > longestPattern) return (text) => text.replaceAll(key, masked);
  const pattern = keyPattern(key);
  return (text) => text.replace(pattern, masked);
}
