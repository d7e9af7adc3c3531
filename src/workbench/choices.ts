import { type Description, nearest, type OperationKind, quote, rolesOf } from "../description/index.ts";
import { Refusal } from "../http/index.ts";
import { readCode } from "../preferences/index.ts";
import type { Behaviour, BehaviourState } from "./own-paths.ts";

/** A way to deviate from the contract. */
interface NamedFault {
  readonly name: string;
  readonly description: string;
}

/** The faults that can be switched on for an operation. */
type FaultsOf = (kind: OperationKind) => readonly NamedFault[];

/** What can be switched on for an instance. */
export function choicesOf(description: Description, faultsOf: FaultsOf): BehaviourState["choices"] {
  const { kindOf } = rolesOf(description);
  const choices: BehaviourState["choices"] = {};
  for (const operation of description.operations) {
    const kind = kindOf(operation);
    const statuses = [...operation.responses.keys()].map(Number).filter((status) => status >= 400);
    const faults = faultsOf(kind).map(({ name, description: does }) => ({ name, description: does }));
    choices[kind] ??= { statuses, faults };
  }
  return choices;
}

/** Checks that an instance can be given a behaviour. Throws a Refusal with one sentence for each problem. */
export function checkBehaviour(behaviour: Behaviour, description: Description, faultsOf: FaultsOf): void {
  const roles = rolesOf(description);
  const titles: string[] = [];
  for (const [name, { status, fault }] of Object.entries(behaviour)) {
    const kind = name as OperationKind;
    const [operation] = roles.operations(kind);
    if (operation === undefined) {
      titles.push(`${description.name} has no operation to ${kind}.`);
      continue;
    }
    if (status !== undefined) titles.push(...problemOf(() => readCode(operation, String(status))));
    const names = faultsOf(kind).map((it) => it.name);
    if (fault !== undefined && !names.includes(fault))
      titles.push(`${kind}.fault ${quote(fault)} can't be switched on here: ${nearest(fault, names)}.`);
  }
  if (titles.length > 0) throw new Refusal(400, titles);
}

function problemOf(check: () => unknown): readonly string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof Refusal) return error.titles;
    throw error;
  }
}
