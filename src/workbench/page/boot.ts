/** What the server tells the page's script. Types only: both sides import them. */
import type { OperationKind, PropertyRole } from "../../description/index.ts";
import type { ServedInstance } from "./options.ts";

/** An instance, and where to read about it. */
export interface Served extends ServedInstance {
  /** The way to its reference in the reader's language, where the docs are served. */
  readonly docs?: string | undefined;
}

/** What stands in the page, as JSON. */
export interface Boot {
  /** BCP 47 tag. */
  readonly language: string;
  /** ICU messages by their keys. */
  readonly words: Readonly<Record<string, string>>;
  readonly instances: readonly Served[];
  /** Keys of the sandboxes that the page may show; none where strangers may reach the server. */
  readonly apiKeys: readonly string[];
  /** Where the docs are served. */
  readonly docs?: string | undefined;
  /** Where they are in the reader's language. */
  readonly docsHome?: string | undefined;
}

/** A field of a form, as the contract has it. Texts are in the reader's language where there is a translation. */
export interface FormField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly description: string | undefined;
  /** The values that it may have, where they are few. */
  readonly values: readonly string[];
  readonly format: string | undefined;
  readonly example: string | undefined;
}

/** The forms of a handler type. */
export interface TypeForms {
  readonly type: string;
  readonly create: readonly FormField[];
  readonly update: readonly FormField[];
}

export interface OperationModel {
  readonly id: string;
  readonly kind: OperationKind;
  readonly method: string;
  /** Below the base URL, with the id in braces where it names one handler. */
  readonly path: string;
  readonly summary: string;
  /** Statuses that it is described with: `200`, `default`. */
  readonly statuses: readonly string[];
}

/** What the page has to know of an instance's contract. It names everything; the script names nothing itself. */
export interface InstanceModel {
  readonly name: string;
  /** Whether it stands for instances that are not listed. */
  readonly isFamily: boolean;
  /** Whether it may have types that are not listed. */
  readonly isOpen: boolean;
  readonly properties: Readonly<Record<PropertyRole, string>>;
  readonly paging: {
    readonly page: string;
    readonly pageSize: string;
    readonly sizes: readonly string[];
  };
  readonly meta: { readonly total: string; readonly totalPages: string };
  readonly operations: readonly OperationModel[];
  readonly types: readonly TypeForms[];
}
