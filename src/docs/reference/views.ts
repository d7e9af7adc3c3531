import type { Description, Operation, OperationKind } from "../../description/index.ts";
import type { Sample } from "../samples/index.ts";
import type { Field } from "./fields.ts";
import type { Mark } from "./marks.ts";

/** The handler type that stands for all that the contract does not know, in addresses. */
export const otherType = "other";

/** Everything that a reference says, in English, without its layout: what pages, their Markdown and their tests are made from. */
export interface Reference {
  readonly description: Description;
  /** What readers choose a handler type from, as addresses name them; `other` where the contract is open. */
  readonly types: readonly string[];
  readonly operations: readonly OperationView[];
  /** The handler as answers carry it. */
  readonly handler: Shape & { readonly pointer: string; readonly property: string };
  /** The body of every error. */
  readonly errors: ErrorsView | undefined;
}

export interface OperationView {
  readonly operation: Operation;
  readonly kind: OperationKind;
  /** Its place on the page: `create`. */
  readonly slug: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly marks: readonly Mark[];
  /** What is inferred of its behaviour. */
  readonly assumptions: readonly string[];
  /** The operation whose parameters and answers it has, where that is another. */
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

/** Fields that all handler types share, and those of each. */
export interface Shape {
  readonly description: string | undefined;
  readonly marks: readonly Mark[];
  readonly shared: readonly Field[];
  readonly byType: readonly TypeView[];
}

export interface TypeView {
  /** As addresses name it. */
  readonly type: string;
  readonly description: string | undefined;
  readonly marks: readonly Mark[];
  readonly fields: readonly Field[];
}

export interface BodyView extends Shape {
  readonly mediaType: string;
  readonly isRequired: boolean;
  readonly property: string;
}

export interface AnswerView {
  readonly status: string;
  readonly id: string;
  readonly description: string | undefined;
  readonly marks: readonly Mark[];
  readonly headers: readonly Field[];
  readonly fields: readonly Field[];
  /** Whether its body is that of every error. */
  readonly isError: boolean;
  /** Whether the contract says of a body at all. */
  readonly hasBody: boolean;
  readonly examples: readonly ExampleView[];
  /** What can be done with it: texts with the slug of the operation. */
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
