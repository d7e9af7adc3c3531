import { keyPattern } from "../client/mask.ts";

/** Replaces a key in a text. */
export type Mask = (text: string) => string;

/** What replaces a key. */
export const masked = "[key]";

/** The patterns of a longer key would themselves be too long, in characters. */
const longestPattern = 512;

/** Masks a key in texts: as it is, percent-encoded, with JSON escapes, and in Base64. */
export function maskOf(key: string | undefined): Mask {
  if (key === undefined || key === "") return (text) => text;
  if (key.length > longestPattern) return (text) => text.replaceAll(key, masked);
  const pattern = keyPattern(key);
  return (text) => text.replace(pattern, masked);
}
