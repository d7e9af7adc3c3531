import type { OperationKind } from "../description/index.ts";
import type { ValueType } from "./knowledge.ts";
import type { Labels } from "./label.ts";
import type { Value } from "./values.ts";

/** The operations of the contract, in the order in which pages document them. */
export const kinds = [
  "list",
  "read",
  "create",
  "update",
  "delete",
] as const satisfies readonly OperationKind[];

/** A fact, and the line of the page that it rests on. */
export interface Fact<T> {
  readonly value: T;
  readonly line: number;
}

/** A row of the list's parameters. */
export interface Parameter {
  readonly name: string;
  readonly required: boolean | null;
  readonly type: ValueType | null;
  readonly enum: readonly Value[] | null;
  readonly default: Value | null;
  readonly format: string | null;
  readonly line: number;
}

/** A field of a form. */
export interface Field {
  readonly name: string | undefined;
  /** Whether the name stands on its row; else it is the one of the sample, or the contract's. */
  readonly nameFrom: "row" | "sample" | "contract" | undefined;
  readonly required: boolean | null;
  readonly type: ValueType | null;
  /** The handler types that it is for; undefined where the row names none. */
  readonly condition: readonly string[] | undefined;
  readonly line: number;
}

/** One of the two forms. */
export interface Form {
  /** The types that its row of types lists; empty where it lists none, null where there is no such row. */
  readonly types: Fact<readonly string[]> | null;
  /** Whether the list of types is there to its end. */
  readonly isTypesWhole: boolean;
  /** All of its rows in the page's order, the name's and the type's among them. */
  readonly fields: readonly Field[];
}

/** The objects of the answers whose names the contract knows. */
export type ExamplePart = "handler" | "read" | "meta" | "links";

/** What a page says, each statement with its line. Null and left out: it was not seen. */
export interface PageFacts {
  readonly baseUrl: Fact<string> | null;
  /** BCP 47. */
  readonly language: string | null;
  readonly url: string | null;
  readonly labels: Labels;
  readonly sections: Readonly<Partial<Record<OperationKind, Fact<{ method: string; hasSlash: boolean }>>>>;
  /** Operations of the resource that the contract doesn't have. */
  readonly otherOperations: readonly Fact<string>[];
  /** The rows of the list's parameters in the page's order; a page may have one twice. */
  readonly parameters: readonly Parameter[];
  readonly create: Form | null;
  readonly update: Form | null;
  readonly pageQueries: readonly Fact<string>[];
  /** Whether JSON on the page has commas that nothing follows; null where no whole sample was seen. */
  readonly trailingComma: Fact<boolean> | null;
  /** The handler of the examples. */
  readonly example: { readonly name?: Fact<string>; readonly datetime?: Fact<string> };
  /** The datetimes of all examples: the form of each counts. */
  readonly datetimes: readonly Fact<string>[];
  /** Names in the examples, by where they stand: in a handler of the list, in one that is read, beside them. */
  readonly exampleKeys: Readonly<Record<ExamplePart, readonly Fact<string>[]>>;
  readonly isComplete: boolean;
  /** What makes it incomplete, in words. */
  readonly missing: readonly string[];
}

/** The first row of a parameter of the list. */
export function parameterOf({ parameters }: PageFacts, name: string): Parameter | undefined {
  return parameters.find((each) => each.name === name);
}
