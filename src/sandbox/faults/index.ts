/** Ways in which a sandbox can deviate from the contract, so that checks of the contract can be tested. */
import { nearest, type OperationKind, shortList } from "../../description/index.ts";
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

/** Whether an instance can have a fault: it has one of the fault's operations, and what else the fault is about. */
function canHave(fault: Fault, model: Model): boolean {
  const isThere = fault.operations.some((kind) => model.roles.operations(kind).length > 0);
  return isThere && fault.appliesTo?.(model) !== false;
}

/** There is no such fault, or no served instance can have it. */
export class UnknownFaultError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnknownFaultError";
  }
}

/** The fault with a name. Throws UnknownFaultError if there is none, or no instance can have it. */
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
    throw new UnknownFaultError(`The fault ${name} is about something that ${shortList(instances)} lacks.`);
  return fault;
}

/** All faults, in the order of the registry. */
export function listFaults(): readonly Fault[] {
  return [...faults.values()];
}

/**
 * The faults that a key may switch on for its own requests to an instance. Excluded are faults that expose the handlers of others, and
 * faults about unknown keys.
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

/** The fault that is switched on; its name was checked before. */
export function switchedFault(name: string | undefined): Fault | undefined {
  return name === undefined ? undefined : faults.get(name);
}
