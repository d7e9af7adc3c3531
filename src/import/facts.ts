import type { OperationKind } from "../description/index.ts";
import type { ValueType } from "./knowledge.ts";
import type { Labels } from "./labels.ts";
import type { Value } from "./values.ts";

/** The operations of the contract, in the order in which pages document them. */
export const kinds = [
  "list",
  "read",
  "create",
  "update",
  "delete",
] as const satisfies readonly OperationKind[];

/** A fact, and the line of the page that states it. */
export interface Fact<T> {
  readonly value: T;
  readonly line: number;
}

/** The line of a section that names its method and path. */
export interface MethodLine {
  readonly method: string;
  /** Whether the path ends with a slash. */
  readonly hasSlash: boolean;
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
  /** Where the name comes from: its row, the sample, or the contract. */
  readonly nameFrom: "row" | "sample" | "contract" | undefined;
  readonly required: boolean | null;
  readonly type: ValueType | null;
  /** The handler types that it is for; undefined if the row names none. */
  readonly condition: readonly string[] | undefined;
  readonly line: number;
}

/** The create form or the update form. */
export interface Form {
  /** The types in its row of types; empty if that lists none, null if there is no such row. */
  readonly types: Fact<readonly string[]> | null;
  /** Whether the list of types is complete. */
  readonly isTypesWhole: boolean;
  /** All rows in the page's order, including those of the name and the type. */
  readonly fields: readonly Field[];
}

/** The objects in answers whose properties the contract knows. */
export type ExamplePart = "handler" | "read" | "meta" | "links";

/** What a page states, with lines. Null or missing: not found on the page. */
export interface PageFacts {
  readonly baseUrl: Fact<string> | null;
  /** BCP 47. */
  readonly language: string | null;
  readonly url: string | null;
  readonly labels: Labels;
  readonly sections: Readonly<Partial<Record<OperationKind, Fact<MethodLine>>>>;
  /** Operations of the resource that the contract doesn't have. */
  readonly otherOperations: readonly Fact<string>[];
  /** The rows of the list's parameters in the page's order. A page may have a row twice. */
  readonly parameters: readonly Parameter[];
  readonly create: Form | null;
  readonly update: Form | null;
  readonly pageQueries: readonly Fact<string>[];
  /** Whether the page's JSON has trailing commas; null if no complete sample was found. */
  readonly trailingComma: Fact<boolean> | null;
  /** The handler of the examples. */
  readonly example: { readonly name?: Fact<string>; readonly datetime?: Fact<string> };
  /** The datetimes of all examples; only their format matters. */
  readonly datetimes: readonly Fact<string>[];
  /** Property names in the examples, by their object: a handler in the list, a handler that is read, `meta`, `links`. */
  readonly exampleKeys: Readonly<Record<ExamplePart, readonly Fact<string>[]>>;
  readonly isComplete: boolean;
  /** Descriptions of the missing parts. */
  readonly missing: readonly string[];
}

/** The first row of a list parameter. */
export function parameterOf({ parameters }: PageFacts, name: string): Parameter | undefined {
  return parameters.find((each) => each.name === name);
}
