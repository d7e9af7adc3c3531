import { type Evidence, evidenceOf } from "./evidence.ts";
import { createMatcher, type Match, type Matcher } from "./match.ts";
import { type Node, pointersOf } from "./nodes.ts";
import { type Operation, readOperations } from "./operations.ts";
import type { InstanceEntry, RoleNames } from "./registry-entry.ts";
import { createValidator } from "./validator.ts";

/** A bundled description, read once, with everything compiled that serving or checking requests needs. */
export interface Description {
  /** The instance's name: its host, or `family`. */
  readonly name: string;
  /** The base URL of the real instance: `https://host/api`, no slash at the end. */
  readonly baseUrl: string;
  /** The handler types that the instance is known to have, in the contract's order. */
  readonly handlerTypes: readonly string[];
  /** The instance's entry in the registry. */
  readonly about: InstanceEntry;
  /** The contract's names by role. */
  readonly roleNames: RoleNames;
  readonly document: Node;
  readonly operations: readonly Operation[];
  /** The operation with this id. Throws if there is none, which is a bug in the caller. */
  operation(id: string): Operation;
  /** Finds the operation of a method and a path. The path is relative to the base URL and has no query. */
  matchOperation(method: string, path: string): Match;
  /** The evidence of the statement at a JSON pointer. `trail`: how the contract reaches it, as in a problem's `trail`. */
  evidence(pointer: string, trail?: readonly string[]): Evidence;
}

/** What a description needs besides its bundle. */
export interface DescriptionInput {
  readonly name: string;
  readonly about: InstanceEntry;
  readonly roles: RoleNames;
}

/** Reads the operations of any OpenAPI document, with the validators of their input. Throws if a `$ref` leads nowhere. */
export function readPaths(document: Node): {
  readonly operations: readonly Operation[];
  readonly matchOperation: Matcher;
} {
  const operations = readOperations(document, createValidator(document, pointersOf(document)));
  return { operations, matchOperation: createMatcher(operations) };
}

/** Makes a description from a parsed bundle. Throws if it has no operation, or a `$ref` leads nowhere. */
export function createDescription(document: Node, { name, about, roles }: DescriptionInput): Description {
  const { operations, matchOperation } = readPaths(document);
  if (operations.length === 0) throw new Error("it has no operation");
  /** Cached: checks ask for the same few hundred statements over and over. */
  const evidence = new Map<string, Evidence>();
  return {
    name,
    baseUrl: about.baseUrl,
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
