import type { MetaRole, ParameterRole, PropertyRole } from "./role-names.ts";

/** A list parameter in short. */
export interface RegistryParameter {
  /** The values that it allows, as text; left out if it allows any. */
  values?: string[];
  default?: unknown;
  /** The form of a datetime, in PHP's notation. */
  format?: string;
}

/** The entry of one instance, or of the family, in generated/registry.json: enough to list, compare and choose it without its bundle. */
export interface InstanceEntry {
  baseUrl: string;
  /** BCP 47 tag of the language of its page. */
  language: string;
  /** The page that it was read from; null for the family. `seen` is a date. */
  source: { url?: string; language: string; seen: string } | null;
  /** The handler types that it is known to have. */
  types: string[];
  /** Whether it may have others, too. */
  open: boolean;
  /** The fields of each type. */
  fields: Record<string, string[]>;
  /** Fields that its page documents for types that it does not allow. */
  inertFields: Record<string, string[]>;
  /** Operation ids. */
  operations: string[];
  /** The path of the list as documented, relative to the base URL. */
  listPath: string;
  /** The parameters of the list, by name. */
  parameters: Record<string, RegistryParameter>;
  /** The property of the handler, or the field of its settings, that each filter compares, by the filter's name. */
  filters: Record<string, string>;
  /** The text between the path and the page number in the URLs of `links`. */
  pageQuery: string;
  /** In PHP's notation. */
  responseDatetimeFormat: string;
  /** In PHP's notation; null if no parameter is a datetime. */
  filterDatetimeFormat: string | null;
}

/** The contract's names and their roles (`x-role` in the source). The same for all instances. */
export interface RoleNames {
  parameters: Record<string, ParameterRole>;
  properties: Record<string, PropertyRole>;
  meta: Record<string, MetaRole>;
}

/** generated/registry.json: an overview of all instances. Written by src/generate/registry.ts. */
export interface Registry {
  roles: RoleNames;
  family: InstanceEntry;
  instances: Record<string, InstanceEntry>;
}
