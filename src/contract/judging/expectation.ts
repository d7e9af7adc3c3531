import type { Model, Operation } from "../../description/index.ts";
import type { CheckName } from "../findings/index.ts";
import type { Expectation } from "../wire/index.ts";

/** The expectation for a request that the contract allows. */
export function accepted(
  model: Model,
  operation: Operation,
  check: CheckName = "positive_data_acceptance",
  pointer?: string,
): Expectation {
  return {
    statuses: [200],
    check,
    pointer: pointer ?? model.status(operation, 200),
    sentence: "is answered with 200",
  };
}

/** The expectation for a request that must be refused: the statuses that the contract states, and the check that reports. */
export function refused(
  model: Model,
  operation: Operation,
  status: number,
  check: CheckName,
  subject?: string,
): Expectation {
  return {
    statuses: [status],
    check,
    ...(subject !== undefined && { subject }),
    pointer: model.status(operation, status),
    sentence: `is refused with ${status}`,
  };
}
