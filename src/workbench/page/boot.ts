/** What the server tells the page's script. Types only, since both sides import them. */
import type { OperationKind, PropertyRole } from "../../description/index.ts";
import type { ServedInstance } from "./options.ts";

/** An instance, and where its docs are. */
export interface Served extends ServedInstance {
  /** The path of its reference in the reader's language, if the docs are served. */
  readonly docs?: string | undefined;
}

/** The data that is embedded in the page as JSON. */
export interface Boot {
  /** BCP 47 tag. */
  readonly language: string;
  /** ICU messages by key. */
  readonly words: Readonly<Record<string, string>>;
  readonly instances: readonly Served[];
  /** Keys of the sandboxes that the page may show; empty if the server can be reached from other machines. */
  readonly apiKeys: readonly string[];
  /** Where the docs are served. */
  readonly docs?: string | undefined;
  /** The path of the docs in the reader's language. */
  readonly docsHome?: string | undefined;
}

/** A field of a form, from the contract. Texts are in the reader's language if there is a translation. */
export interface FormField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly description: string | undefined;
  /** The values that it may have, if they are few. */
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
  /** Relative to the base URL, with the id in braces if it names one handler. */
  readonly path: string;
  readonly summary: string;
}

/** What the page needs from an instance's contract. All names of types and fields come from here; the script has none. */
export interface InstanceModel {
  readonly name: string;
  /** Whether it stands for instances that are not registered. */
  readonly isFamily: boolean;
  /** Whether it may have types that are not listed. */
  readonly isOpen: boolean;
  readonly properties: Readonly<Record<PropertyRole, string>>;
  readonly paging: { readonly page: string; readonly pageSize: string };
  readonly meta: { readonly total: string; readonly totalPages: string };
  readonly operations: readonly OperationModel[];
  readonly types: readonly TypeForms[];
}
