import { createHash } from "node:crypto";
import {
  contractOf,
  familyName,
  type InstanceEntry,
  type Node,
  type Registry,
} from "../description/index.ts";

/** What is served: a digest of the contract of each instance, by its name. */
export type Served = ReadonlyMap<string, string>;

/**
 * What this process serves of these instances. It is held against the contracts that are derived, and not against generated/, which may
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

/** The derived contracts of instances that are served otherwise. */
export function unserved(
  served: Served,
  { family, instances }: Registry,
  bundles: readonly { readonly name: string; readonly document: object }[],
): Unserved[] {
  return bundles.flatMap(({ name, document }) => {
    const about = name === familyName ? family : instances[name];
    if (about === undefined || !served.has(name)) return [];
    const digest = digestOf({ about, document });
    return served.get(name) === digest ? [] : [{ name, document: document as Node, digest }];
  });
}

function digestOf({ about, document }: { about: InstanceEntry; document: object }): string {
  return createHash("sha256")
    .update(JSON.stringify([about, document]))
    .digest("hex");
}
