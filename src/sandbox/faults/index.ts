/** Ways in which a sandbox can deviate from the contract, so that checks of the contract can be tested. */
import { nearest, type OperationKind, some } from "../../description/index.ts";
import type { Model } from "../model.ts";
import { accessFaults } from "./access.ts";
import { createFaults } from "./create.ts";
import { deleteFaults } from "./delete.ts";
import type { Fault } from "./fault.ts";
import { filterFaults } from "./filters.ts";
import { linkFaults } from "./links.ts";
import { leniencyFaults, pagingFaults } from "./paging.ts";
import { shapeFaults } from "./shape.ts";
import { sideEffectFaults } from "./side-effects.ts";
import { protocolFaults } from "./transport.ts";
import { updateFaults } from "./update.ts";
import { valueFaults } from "./values.ts";

export type { Fault } from "./fault.ts";

/** All faults by name. */
export const faults: ReadonlyMap<string, Fault> = new Map(
  [
    ...protocolFaults,
    ...accessFaults,
    ...shapeFaults,
    ...pagingFaults,
    ...linkFaults,
    ...leniencyFaults,
    ...filterFaults,
    ...createFaults,
    ...updateFaults,
    ...deleteFaults,
    ...sideEffectFaults,
    ...valueFaults,
  ].map((fault) => [fault.name, { ...fault, appliesTo: (model) => canHave(fault, model) }]),
);

/** An instance can have a fault if it has an operation that the fault is of, and what else it is about. */
function canHave(fault: Fault, model: Model): boolean {
  const isThere = fault.operations.some((kind) => model.roles.operations(kind).length > 0);
  return isThere && fault.appliesTo?.(model) !== false;
}

/** Asked for a fault that does not exist, or that is about something that no served instance has. */
export class UnknownFaultError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnknownFaultError";
  }
}

/** The fault of a name. Throws UnknownFaultError where there is none, or none of the instances can have it. */
export function findFault(
  name: string,
  instances: readonly string[],
  modelOf: (name: string) => Model,
): Fault {
  const fault = faults.get(name);
  if (fault === undefined) {
    throw new UnknownFaultError(
      `Unknown fault ${JSON.stringify(name)}: ${nearest(name, [...faults.keys()])}. --list-faults of the sandbox command (listFaults() in code) names them all.`,
    );
  }
  if (instances.every((instance) => fault.appliesTo?.(modelOf(instance)) === false))
    throw new UnknownFaultError(`The fault ${name} is about something that ${some(instances)} lacks.`);
  return fault;
}

/** All faults, in the order of the registry. */
export function listFaults(): readonly Fault[] {
  return [...faults.values()];
}

/**
 * The faults that a key may have switched on for its own requests to an instance: what opens the handlers of others is not among them, nor what
 * is about keys that are unknown.
 */
export function switchableFaults(model: Model, kind: OperationKind): readonly Fault[] {
  return [...faults.values()].filter(
    (fault) =>
      fault.operations.includes(kind) &&
      fault.appliesTo?.(model) !== false &&
      fault.admit === undefined &&
      fault.reachesOthers !== true,
  );
}

/** The fault that is switched on; the name was checked before. */
export function switchedFault(name: string | undefined): Fault | undefined {
  return name === undefined ? undefined : faults.get(name);
}
