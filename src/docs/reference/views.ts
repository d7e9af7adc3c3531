import type { Operation, OperationKind } from "../../description/index.ts";
import type { Sample } from "../samples/index.ts";
import type { Field } from "./fields.ts";
import type { Mark } from "./marks.ts";

/** In URLs, stands for all handler types that the contract does not know. */
export const otherType = "other";

/** The content of a reference, in English, without layout. Pages, their Markdown and tests are made from it. */
export interface Reference {
  /** The handler types to choose from, as in URLs; `other` if the contract is open. */
  readonly types: readonly string[];
  readonly operations: readonly OperationView[];
  /** The handler as in answers. */
  readonly handler: Shape & { readonly pointer: string; readonly property: string };
  /** The body of all errors. */
  readonly errors: ErrorsView | undefined;
}

export interface OperationView {
  readonly operation: Operation;
  readonly kind: OperationKind;
  /** Its id on the page: `create`. */
  readonly slug: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly marks: readonly Mark[];
  /** Assumptions about its behaviour. */
  readonly assumptions: readonly string[];
  /** The operation that has the same parameters and answers, if there is one. */
  readonly like: string | undefined;
  readonly parameters: readonly ParametersView[];
  readonly body: BodyView | undefined;
  readonly answers: readonly AnswerView[];
  readonly samples: readonly CallView[];
}

export interface ParametersView {
  readonly location: "path" | "query";
  readonly fields: readonly Field[];
}

/** The fields that all handler types share, and those of each type. */
export interface Shape {
  readonly description: string | undefined;
  readonly marks: readonly Mark[];
  readonly shared: readonly Field[];
  readonly byType: readonly TypeView[];
}

export interface TypeView {
  /** As in URLs. */
  readonly type: string;
  readonly description: string | undefined;
  readonly marks: readonly Mark[];
  readonly fields: readonly Field[];
}

export interface BodyView extends Shape {
  readonly mediaType: string;
  readonly property: string;
}

export interface AnswerView {
  readonly status: string;
  readonly id: string;
  readonly description: string | undefined;
  readonly marks: readonly Mark[];
  readonly headers: readonly Field[];
  readonly fields: readonly Field[];
  /** Whether its body is the common errors body. */
  readonly isError: boolean;
  readonly examples: readonly ExampleView[];
  /** What to do with the answer: texts, each with the slug of an operation. */
  readonly links: readonly { readonly text: string; readonly slug: string }[];
}

export interface ExampleView {
  readonly summary: string | undefined;
  readonly isDocumented: boolean;
  readonly type: string | undefined;
  readonly value: unknown;
}

export interface ErrorsView {
  readonly description: string | undefined;
  readonly marks: readonly Mark[];
  readonly fields: readonly Field[];
}

/** A call in all languages. */
export interface CallView {
  readonly summary: string | undefined;
  readonly isDocumented: boolean;
  readonly type: string | undefined;
  readonly samples: readonly Sample[];
}
