import { type Evidence, evidenceOf } from "./evidence.ts";
import { createMatcher, type Match, type Matcher } from "./match.ts";
import { at, isNode, type Node, pointersOf } from "./nodes.ts";
import { type Operation, readOperations } from "./operations.ts";
import type { InstanceEntry, RoleNames } from "./registry-entry.ts";
import { createValidator } from "./validator.ts";

/** A bundled description, read once, with everything compiled that serving or checking requests needs. */
export interface Description {
  /** The instance's name: its host, or `family`. */
  readonly name: string;
  readonly title: string;
  /** Where the real instance is: `https://host/api`, no slash at the end. */
  readonly baseUrl: string;
  /** BCP 47 tag of the instance's documentation page. */
  readonly language: string;
  /** The handler types that the instance is known to have, in the contract's order. */
  readonly handlerTypes: readonly string[];
  /** What the registry says of the instance. */
  readonly about: InstanceEntry;
  /** What the contract's names are for. */
  readonly roleNames: RoleNames;
  readonly document: Node;
  readonly operations: readonly Operation[];
  /** The operation with that id. Throws when there is none: a mistake of the caller. */
  operation(id: string): Operation;
  /** Finds the operation of a method and a path; the path is relative to the base URL and has no query. */
  matchOperation(method: string, path: string): Match;
  /** What the statement at a JSON pointer rests on; a problem's `trail` says how the contract came to it. */
  evidence(pointer: string, trail?: readonly string[]): Evidence;
}

/** What a bundle itself does not say of its instance. */
export interface Surroundings {
  readonly name: string;
  readonly about: InstanceEntry;
  readonly roles: RoleNames;
}

/** The operations of an OpenAPI document, whatever it describes, with the checks of what they take. Throws when a reference leads nowhere. */
export function readPaths(document: Node): {
  readonly operations: readonly Operation[];
  readonly matchOperation: Matcher;
} {
  const operations = readOperations(document, createValidator(document, pointersOf(document)));
  return { operations, matchOperation: createMatcher(operations) };
}

/** Makes a description from a parsed bundle. Throws when the bundle has a reference that leads nowhere. */
export function createDescription(document: Node, { name, about, roles }: Surroundings): Description {
  const { operations, matchOperation } = readPaths(document);
  /** A check asks for the same few hundred statements over and over. */
  const evidence = new Map<string, Evidence>();
  return {
    name,
    title: textAt(document, "#/info/title"),
    baseUrl: about.baseUrl,
    language: about.language,
    handlerTypes: about.types,
    about,
    roleNames: roles,
    document,
    operations,
    operation(id) {
      const found = operations.find((operation) => operation.id === id);
      if (found === undefined) throw new Error(`The description has no operation ${id}`);
      return found;
    },
    matchOperation,
    evidence(pointer, trail = []) {
      const key = [pointer, ...trail].join("\n");
      const found = evidence.get(key) ?? evidenceOf(document, pointer, trail);
      evidence.set(key, found);
      return found;
    },
  };
}

function textAt(document: Node, pointer: string): string {
  const value = at(document, pointer);
  if (typeof value === "string") return value;
  throw new Error(`${pointer} of the description is ${isNode(value) ? "an object" : "missing"}, not a text`);
}
