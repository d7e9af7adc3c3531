import { createHash } from "node:crypto";
import {
  contractOf,
  familyName,
  type InstanceEntry,
  type Node,
  type Registry,
} from "../description/index.ts";
import type { IsWanted } from "./contracts.ts";

/** What is served: a digest of the contract of each instance, by its name. */
export type Served = ReadonlyMap<string, string>;

/**
 * What this process serves of these instances. It is compared with the contracts that are derived, and not with generated/, which may
 * have been written since it was read.
 */
export function servedOf(names: readonly string[]): Served {
  return new Map(names.map((name) => [name, digestOf(contractOf(name))]));
}

/** A derived contract that is not served yet. */
export interface Unserved {
  readonly name: string;
  readonly document: Node;
  readonly digest: string;
}

/** The derived contracts of wanted instances that are not served, or served otherwise. */
export function unserved(
  served: Served,
  { family, instances }: Registry,
  bundles: readonly { readonly name: string; readonly document: object }[],
  isWanted: IsWanted,
): Unserved[] {
  return bundles.flatMap(({ name, document }) => {
    const about = name === familyName ? family : instances[name];
    if (about === undefined || !isWanted(name)) return [];
    const digest = digestOf({ about, document });
    return served.get(name) === digest ? [] : [{ name, document: document as Node, digest }];
  });
}

/** The names among these of instances that the register lists no more. */
export function removedOf(names: Iterable<string>, { instances }: Registry): string[] {
  return [...names].filter((name) => name !== familyName && !Object.hasOwn(instances, name));
}

function digestOf({ about, document }: { about: InstanceEntry; document: object }): string {
  return createHash("sha256")
    .update(JSON.stringify([about, document]))
    .digest("hex");
}
