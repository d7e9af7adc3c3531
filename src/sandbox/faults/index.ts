import type { Fault } from "./fault.ts";

export type { Fault, FaultContext } from "./fault.ts";

/** All faults by name. */
export const faults: ReadonlyMap<string, Fault> = new Map();

/** Asked for a fault that does not exist. */
export class UnknownFaultError extends Error {
  constructor(name: string) {
    super(`Unknown fault ${JSON.stringify(name)}.`);
    this.name = "UnknownFaultError";
  }
}

/** Throws UnknownFaultError. */
export function findFault(name: string): Fault {
  const fault = faults.get(name);
  if (fault === undefined) throw new UnknownFaultError(name);
  return fault;
}

/** All faults, in the order of the registry. */
export function listFaults(): readonly Fault[] {
  return [...faults.values()];
}
