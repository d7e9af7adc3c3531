import type { CheckName, Level } from "../findings/index.ts";

/** What is new, gone and unchanged since an earlier run on the same instance. Findings are compared by check, place and statement. */
export interface Changes {
  /** When the earlier run began, ISO 8601. */
  readonly since: string;
  /** Its outcome, in the words of the version that wrote it. */
  readonly verdict: string;
  readonly new: readonly Change[];
  /** Not found again, although the run checked for it. */
  readonly gone: readonly Change[];
  /** Not found again, because the run had no result there. */
  readonly unchecked: readonly Change[];
  /** How many findings are the same. */
  readonly unchanged: number;
}

/** A finding that is new or gone. */
export interface Change {
  readonly level: Level;
  readonly check: CheckName;
  readonly operation: string;
  readonly subject?: string;
  readonly message: string;
}
