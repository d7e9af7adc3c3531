import { stepsOf } from "../description/nodes.ts";
import type { RatedChange } from "./redocly.ts";
import { messageOf } from "./words.ts";

/** What a change means to clients of the instance, the worst first. */
export const impacts = ["breaking", "compatible", "editorial"] as const;

/**
 * Breaking: something that was valid no longer is, or was removed. Compatible: something was added. Editorial: texts, examples, and
 * evidence.
 */
export type Impact = (typeof impacts)[number];

export interface Change {
  readonly impact: Impact;
  /** The operations that it affects, such as `GET /notification-handlers/`; empty if it affects the whole contract. */
  readonly operations: readonly string[];
  /** One sentence. */
  readonly message: string;
  /** JSON pointer to the place: in the later contract, or in the earlier one if the place was removed. */
  readonly pointer: string;
}

/** Keywords for people: no request or answer depends on them. */
const texts = new Set(["description", "summary", "title", "example", "examples", "externalDocs", "tags"]);
const textual = new Set(["Info", "Tag", "Example", "ExternalDocs", "Contact", "License"]);

export function changeOf(rated: RatedChange, usersOf: (pointer: string) => readonly string[]): Change {
  const pointer = (rated.revision ?? rated.base)?.pointer ?? rated.path;
  return {
    impact: impactOf(rated),
    operations: operationIn(rated.path, pointer) ?? usersOf(pointer),
    message: messageOf(rated),
    pointer,
  };
}

function impactOf({ path, typeName, kind, impact, property }: RatedChange): Impact {
  const keyword = property ?? stepsOf(path).at(-1) ?? "";
  if (keyword.startsWith("x-") || texts.has(keyword) || textual.has(typeName)) return "editorial";
  if (impact === "major") return "breaking";
  // Redocly rates changes for senders of requests. Readers of answers lose what is removed, and many clients rely on a default.
  if (kind === "removed" || property === "default") return "breaking";
  return impact === "minor" ? "compatible" : "editorial";
}

/** The operation that a pointer leads into; undefined if it leads into a component. */
function operationIn(path: string, pointer: string): string[] | undefined {
  if (pointer.startsWith("#/components/")) return undefined;
  const [part, address, method] = stepsOf(path);
  if (part !== "paths" || address === undefined) return [];
  return [method === undefined ? address : `${method.toUpperCase()} ${address}`];
}
