import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import {
  familyName,
  type InstanceEntry,
  instanceEntry,
  type OperationKind,
  roleNames,
} from "../description/index.ts";
import { projectRoot } from "../generate/paths.ts";

/** The meaning of a row, if the contract knows it. */
export interface Meaning {
  readonly required: boolean;
  readonly type: ValueType;
}

export type ValueType = "integer" | "string" | "boolean";

/** A form in which instances write the URLs of pages. */
export interface LinkForm {
  readonly name: string;
  /** The text between the path and the page number, if no other query was sent. */
  readonly query: string;
  readonly pattern: RegExp;
}

/** What the contract knows about all instances: the words that mean the same on all pages. */
export interface Knowledge {
  readonly family: InstanceEntry;
  /** The last part of the list's path. */
  readonly resource: string;
  /** The properties of a handler, by role. */
  readonly properties: { readonly type: string; readonly name: string; readonly enabled: string };
  readonly createdProperty: string;
  readonly allProperties: ReadonlySet<string>;
  /** The names of the properties in `meta`. */
  readonly metaProperties: ReadonlySet<string>;
  readonly linkProperties: ReadonlySet<string>;
  /** The list parameters for the page number and the page size. */
  readonly pageParameter: string;
  readonly sizeParameter: string;
  /** All names and values of the contract: they are code wherever they appear. */
  readonly words: ReadonlySet<string>;
  /** The properties of a handler that an instance's own filter can compare. */
  readonly comparable: ReadonlySet<string>;
  /** The id of an operation. */
  operationOf(kind: OperationKind): string;
  readonly linkForms: readonly LinkForm[];
  /** The datetime formats of filters that an entry can express, in PHP's notation. */
  readonly filterForms: RegExp;
  /** What the contract says about a row; undefined for unknown names. */
  meaning(section: OperationKind, name: string): Meaning | undefined;
}

let known: Knowledge | undefined;

/** The knowledge from the current contract. Cached. */
export function contractKnowledge(): Knowledge {
  if (known === undefined) {
    const family = instanceEntry(familyName);
    // A page may use names such as "constructor", so objects that are looked up by its names have no prototype.
    const [parameters, fields] = [bare(family.parameters), bare(family.fields)];
    known = readKnowledge({ ...family, parameters, fields });
  }
  return known;
}

function bare<T extends object>(names: T): T {
  return Object.assign(Object.create(null), names);
}

function readKnowledge(family: InstanceEntry): Knowledge {
  const property = nameWith(roleNames.properties);
  const parameter = nameWith(roleNames.parameters);
  const properties = { type: property("type"), name: property("name"), enabled: property("enabled") };
  const sizes = [parameter("page"), parameter("page-size")];
  const typed = (name: string): ValueType => {
    if (sizes.includes(name)) return "integer";
    return name === properties.enabled ? "boolean" : "string";
  };
  const fields = new Set(Object.values(family.fields).flat());
  const forms = [...fields, ...Object.values(properties)];
  const words = [
    ...forms,
    ...family.types,
    ...Object.keys(roleNames.properties),
    ...Object.keys(family.parameters),
    ...Object.values(family.parameters).flatMap(({ values = [] }) => values),
  ];
  return {
    family,
    resource: family.listPath.replaceAll("/", ""),
    properties,
    createdProperty: property("created"),
    metaProperties: new Set(Object.keys(roleNames.meta)),
    linkProperties: readLinkNames(),
    allProperties: new Set(Object.keys(roleNames.properties)),
    pageParameter: parameter("page"),
    sizeParameter: parameter("page-size"),
    words: new Set(words),
    comparable: new Set([property("id"), property("name"), ...fields]),
    operationOf(kind) {
      const verb = kind === "read" ? "get" : kind;
      return family.operations.find((id) => id.startsWith(verb)) ?? verb;
    },
    linkForms: readLinkForms(),
    filterForms: readFilterForms(),
    meaning(section, name) {
      if (section === "list") {
        return Object.hasOwn(family.parameters, name) ? { required: false, type: typed(name) } : undefined;
      }
      if (!forms.includes(name)) return undefined;
      const required = section === "create" && (name === properties.name || name === properties.type);
      return { required, type: typed(name) };
    },
  };
}

function nameWith<Role extends string>(roles: Readonly<Record<string, Role>>): (role: Role) => string {
  return (role) => {
    const found = Object.keys(roles).find((name) => roles[name] === role);
    if (found === undefined) throw new Error(`The contract has no ${role}.`);
    return found;
  };
}

/** Only the source has all forms: bundles have the one of their instance. */
function readLinkForms(): LinkForm[] {
  const file = join(projectRoot, "openapi/components/schemas/PageUrl.yaml");
  const { anyOf } = parse(readFileSync(file, "utf8")) as { anyOf: Record<string, string>[] };
  return anyOf.map((branch) => ({
    name: String(branch["x-link-form"]),
    query: String(branch["x-page-query"]),
    pattern: new RegExp(String(branch.pattern)),
  }));
}

function readFilterForms(): RegExp {
  const file = join(projectRoot, "src/redocly-plugin/entry.schema.json");
  return new RegExp(JSON.parse(readFileSync(file, "utf8")).properties.filter_datetimes.pattern);
}

function readLinkNames(): ReadonlySet<string> {
  const file = join(projectRoot, "openapi/components/schemas/Links.yaml");
  return new Set(Object.keys((parse(readFileSync(file, "utf8")) as { properties: object }).properties));
}
