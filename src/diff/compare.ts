import { availableParallelism } from "node:os";
import { parse } from "yaml";
import { at, isNode, type Node } from "../description/nodes.ts";
import { type Change, changeOf, type Impact, impacts } from "./change.ts";
import type { Contracts } from "./contracts.ts";
import { ratedChanges } from "./redocly.ts";

/** How one instance's contract has changed. */
export interface ContractDiff {
  readonly instance: string;
  readonly state: "added" | "removed" | "changed" | "unchanged";
  /** The worst impact of its changes; undefined if there are none. */
  readonly impact: Impact | undefined;
  /** The worst first. */
  readonly changes: readonly Change[];
}

/** Compares the contracts of all instances, in parallel on all processors. */
export async function compareContracts(before: Contracts, after: Contracts): Promise<ContractDiff[]> {
  const instances = [...new Set([...before.keys(), ...after.keys()])];
  const diffs = new Map<string, ContractDiff>();
  const waiting = instances[Symbol.iterator]();
  const work = async () => {
    for (const instance of waiting)
      diffs.set(instance, await compareContract(instance, before.get(instance), after.get(instance)));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return instances.flatMap((instance) => diffs.get(instance) ?? []);
}

async function compareContract(
  instance: string,
  before: string | undefined,
  after: string | undefined,
): Promise<ContractDiff> {
  if (before === after) return { instance, state: "unchanged", impact: undefined, changes: [] };
  if (before === undefined) return { instance, state: "added", impact: "compatible", changes: [] };
  if (after === undefined) return { instance, state: "removed", impact: "breaking", changes: [] };
  const users = [usersIn(after), usersIn(before)];
  const usersOf = (pointer: string) =>
    users.map((each) => each.get(componentOf(pointer))).find((found) => found !== undefined) ?? [];
  const changes = (await ratedChanges(before, after)).map((rated) => changeOf(rated, usersOf));
  changes.sort((one, other) => impacts.indexOf(one.impact) - impacts.indexOf(other.impact));
  // Only comments or the order of keys differ: the contract is unchanged.
  return { instance, state: changes.length > 0 ? "changed" : "unchanged", impact: worstOf(changes), changes };
}

/** The worst impact; undefined if there is none. */
export function worstOf(all: readonly { readonly impact: Impact | undefined }[]): Impact | undefined {
  return impacts.find((impact) => all.some((each) => each.impact === impact));
}

/** The component that a pointer leads into, as `#/components/schemas/Flag`. */
function componentOf(pointer: string): string {
  return pointer.split("/").slice(0, 4).join("/");
}

/** The operations that use each component, also through other components. */
function usersIn(text: string): Map<string, string[]> {
  const document: unknown = parse(text);
  const users = new Map<string, string[]>();
  if (!isNode(document) || !isNode(document.paths)) return users;
  for (const [path, item] of Object.entries(document.paths)) {
    if (!isNode(item)) continue;
    for (const [method, operation] of Object.entries(item)) {
      for (const component of reachedFrom(operation, document)) {
        const named = users.get(component) ?? [];
        users.set(component, [...named, `${method.toUpperCase()} ${path}`]);
      }
    }
  }
  return users;
}

function reachedFrom(start: unknown, document: Node): Set<string> {
  const reached = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (isNode(value) && typeof value.$ref === "string") {
      const component = componentOf(value.$ref);
      if (reached.has(component)) return;
      reached.add(component);
      visit(at(document, component));
    }
    for (const child of Object.values(value)) visit(child);
  };
  visit(start);
  return reached;
}
