import type { Model, Operation } from "../../description/index.ts";
import type { CheckName } from "../findings/index.ts";
import type { Expectation } from "../wire/index.ts";

/** What the contract lets one expect of a request that it allows. */
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

/** The statuses of a rejection that the contract states for an operation, and the check that asks for it. */
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
