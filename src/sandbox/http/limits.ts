import { defaultLimits } from "../../form/index.ts";

/** What a request may be. Sizes in bytes, times in milliseconds. */
export const limits = {
  bodyBytes: 1024 * 1024,
  headerBytes: 16 * 1024,
  /** 100 fields, names and values of 64 KiB, no files. */
  form: defaultLimits,
  /** From the first byte of a request to the last of its headers, and of its body. */
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  /** How often the two are looked at. */
  timeoutCheck: 1_000,
  keepAliveTimeout: 30_000,
} as const;
