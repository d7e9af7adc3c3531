import type { Model, Operation } from "../../description/index.ts";
import type { CheckName, Target } from "../findings/index.ts";
import type { Complaint } from "../judging/index.ts";
import type { Run, Stage } from "../run/index.ts";

/** One rule that is checked wherever the contract has something that it applies to. */
export interface Check {
  /** Schemathesis' name for it, if it has one. */
  readonly name: CheckName;
  /** What it proves, as one sentence. */
  readonly proves: string;
  /** Whether it needs handlers that the run creates. */
  readonly write: boolean;
  /** The requests whose answers it looks at. */
  readonly stages: readonly Stage[];
  /** Where it applies on an instance. */
  targets(model: Model): Place[];
  /** Judges what a run has seen. Checks of single answers have no `judge`: they report as the answers arrive. */
  judge?(run: Run, verdict: Verdict): void;
}

/** Where a check applies: an operation, a part of it if the check has parts, and the statement. */
export interface Place {
  readonly operation: Operation;
  readonly subject?: string;
  /** The statement that is checked. */
  readonly pointer: string;
}

/** One place for each of the given operations that the instance has. */
export function placesOf(
  operations: readonly (Operation | undefined)[],
  pointer: (operation: Operation) => string,
): Place[] {
  return operations
    .filter((operation) => operation !== undefined)
    .map((operation) => ({ operation, pointer: pointer(operation) }));
}

/** How a check reports its results. */
export interface Verdict {
  /** The check passed. `statements`: the contract's statements that this proves. */
  holds(place: OperationPart, statements?: Iterable<string>): void;
  /** The check failed. */
  breaks(place: OperationPart, complaint: Complaint): void;
  /** The check could not be made. */
  cannot(place: OperationPart, reason: string): void;
}

/** Where a check has a result. */
export type OperationPart = Omit<Target, "check">;
