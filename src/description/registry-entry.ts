import type { MetaRole, ParameterRole, PropertyRole } from "./role-names.ts";

/** What a list parameter is, in short. */
export interface RegistryParameter {
  /** The values that it allows, as text; left out where it allows any. */
  values?: string[];
  default?: unknown;
  /** The form of a datetime, in PHP's notation. */
  format?: string;
}

/** What generated/registry.json says of one instance, or of the family: enough to list it, compare it and choose it without its bundle. */
export interface InstanceEntry {
  baseUrl: string;
  /** BCP 47 tag of the language of its page. */
  language: string;
  /** The page that it was read from: null for the family. `seen` is a date. */
  source: { url?: string; language: string; seen: string } | null;
  /** The handler types that it is known to have. */
  types: string[];
  /** Whether it may have others. */
  open: boolean;
  /** The fields of each type. */
  fields: Record<string, string[]>;
  /** Fields that its page documents for types that it does not allow. */
  inertFields: Record<string, string[]>;
  /** Operation ids. */
  operations: string[];
  /** The path of the list as its page documents it, below the base URL. */
  listPath: string;
  /** The parameters of the list, by name. */
  parameters: Record<string, RegistryParameter>;
  /** The filters that compare a property of the handler, or a field of its settings: which, by the filter's name. */
  filters: Record<string, string>;
  /** What stands between the path and the page number in the URLs of `links`. */
  pageQuery: string;
  /** In PHP's notation. */
  responseDatetimeFormat: string;
  /** In PHP's notation; null where no parameter is a datetime. */
  filterDatetimeFormat: string | null;
}

/** What the contract's names are for (`x-role` of the source), by name. The same for all instances. */
export interface RoleNames {
  parameters: Record<string, ParameterRole>;
  properties: Record<string, PropertyRole>;
  meta: Record<string, MetaRole>;
}

/** generated/registry.json: what is known of all instances at a glance. Written by src/generate/registry.ts. */
export interface Registry {
  roles: RoleNames;
  family: InstanceEntry;
  instances: Record<string, InstanceEntry>;
}
