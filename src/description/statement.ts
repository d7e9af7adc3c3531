import type { Evidence } from "./evidence.ts";

/** The statement of the contract that a check relies on. */
export interface Statement {
  /** The bundle, relative to the project's folder: `generated/bitpeak.ru/openapi.yaml`. */
  readonly file: string;
  /** JSON pointer into it. */
  readonly pointer: string;
  readonly evidence: Evidence["level"];
  /** What was assumed, if the statement is inferred. */
  readonly assumption?: string;
}
