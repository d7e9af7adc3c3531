import { stepsOf } from "../description/index.ts";
import type { RatedChange } from "./redocly.ts";
import { wordsFor } from "./words.ts";

/** What a change means to who calls the instance, the worst first. */
export const impacts = ["breaking", "compatible", "editorial"] as const;

/**
 * Breaking: what was good is no longer, or something is no longer there. Compatible: there is more. Editorial: texts, examples, and what
 * a statement rests on.
 */
export type Impact = (typeof impacts)[number];

export interface Change {
  readonly impact: Impact;
  /** The operations that it is about, as `GET /notification-handlers/`; none where it is about all of the contract. */
  readonly operations: readonly string[];
  /** One sentence. */
  readonly message: string;
  /** JSON pointer of the place, in the later contract, or in the earlier where it is removed. */
  readonly pointer: string;
}

/** What people read, and no request or answer depends on. */
const texts = new Set(["description", "summary", "title", "example", "examples", "externalDocs", "tags"]);
const textual = new Set(["Info", "Tag", "Example", "ExternalDocs", "Contact", "License"]);

export function changeOf(rated: RatedChange, usersOf: (pointer: string) => readonly string[]): Change {
  const pointer = (rated.revision ?? rated.base)?.pointer ?? rated.path;
  return {
    impact: impactOf(rated),
    operations: operationIn(rated.path, pointer) ?? usersOf(pointer),
    message: wordsFor(rated),
    pointer,
  };
}

function impactOf({ path, typeName, kind, impact, property }: RatedChange): Impact {
  const keyword = property ?? stepsOf(path).at(-1) ?? "";
  if (keyword.startsWith("x-") || texts.has(keyword) || textual.has(typeName)) return "editorial";
  if (impact === "major") return "breaking";
  // Redocly thinks of who sends requests. Who reads answers loses what is removed from them, and a default is what many rely on.
  if (kind === "removed" || property === "default") return "breaking";
  return impact === "minor" ? "compatible" : "editorial";
}

/** The operation that a pointer leads into, where no component stands between; undefined where one does. */
function operationIn(path: string, pointer: string): string[] | undefined {
  if (pointer.startsWith("#/components/")) return undefined;
  const [part, address, method] = stepsOf(path);
  if (part !== "paths" || address === undefined) return [];
  return [method === undefined ? address : `${method.toUpperCase()} ${address}`];
}
