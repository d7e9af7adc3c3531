import type { Model, Operation } from "../../description/index.ts";
import type { CheckName, Target } from "../findings/index.ts";
import type { Complaint } from "../judging/index.ts";
import type { Run, Stage } from "../run/index.ts";

/** One thing that is checked, at every place of the contract where it means something. */
export interface Check {
  /** In Schemathesis' terms where it has one. */
  readonly name: CheckName;
  /** What it proves, in a sentence. */
  readonly proves: string;
  /** Whether it needs handlers of its own. */
  readonly write: boolean;
  /** The traffic that it looks at. */
  readonly stages: readonly Stage[];
  /** Where it applies on an instance. */
  targets(model: Model): Place[];
  /** Looks at what a run has seen. Checks of answers as such have none: they speak while the answers come in. */
  judge?(run: Run, verdict: Verdict): void;
}

export interface Place {
  readonly operation: Operation;
  readonly subject?: string;
  /** The statement that it is about. */
  readonly pointer: string;
}

/** One place for each of the operations that the instance has. */
export function placesOf(
  operations: readonly (Operation | undefined)[],
  pointer: (operation: Operation) => string,
): Place[] {
  return operations
    .filter((operation) => operation !== undefined)
    .map((operation) => ({ operation, pointer: pointer(operation) }));
}

/** How a check says what it has found. */
export interface Verdict {
  /** It held; `statements` are those of the contract that are proven by that. */
  holds(place: Spot, statements?: Iterable<string>): void;
  /** It did not. */
  breaks(place: Spot, complaint: Complaint): void;
  /** It could not be made. */
  cannot(place: Spot, reason: string): void;
}

export type Spot = Omit<Target, "check">;
