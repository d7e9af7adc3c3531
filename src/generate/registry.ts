import type { InstanceEntry, Registry, RegistryParameter, RoleNames } from "../description/index.ts";
import { familyUrl, listOperation, operationsOf, propertyRoles } from "../redocly-plugin/family.js";
import type { InstanceOptions } from "../redocly-plugin/options.js";
import {
  type OpenApiDocument,
  type OpenApiParameter,
  operationById,
  resolve,
  resolveSchema,
  type Schema,
} from "./document.ts";
import { generatedBy } from "./generated-by.ts";

/** Reads the roles of names from the family's contract, with its internal annotations. */
export function roleNames(source: OpenApiDocument): RoleNames {
  const roles = <Role extends string>(named: [string, string | undefined][]) =>
    Object.fromEntries(named.filter(([, role]) => role !== undefined)) as Record<string, Role>;
  const { parameters, schemas } = source.components;
  const meta = Object.entries(schemas.Meta?.properties ?? {});
  return {
    parameters: roles(Object.values(parameters).map((each) => [each.name, each["x-role"]])),
    properties: propertyRoles(source) as RoleNames["properties"],
    meta: roles(meta.map(([name, schema]) => [name, schema["x-role"]])),
  };
}

/**
 * Reads an instance's entry from its bundle.
 *
 * @param source  the family's contract, with its internal annotations
 * @param options the instance's entry in redocly.yaml; undefined for the family
 */
export function registryEntry(
  document: OpenApiDocument,
  source: OpenApiDocument,
  options: InstanceOptions | undefined,
): InstanceEntry {
  const roles = roleNames(source);
  const resources = (document.components.schemas.NotificationHandler?.oneOf ?? []).map((branch) =>
    resolveSchema(document, branch),
  );
  const typed = resources.flatMap((resource) => {
    const type = resource.properties?.type?.const;
    return type === undefined ? [] : [{ type, resource }];
  });
  const list = operationById(document, listOperation);
  const parameters = listParameters(document);
  const filters = parameters.flatMap(({ name }): [string, string][] => {
    const property = roles.parameters[name] === "filter" ? name : options?.custom_filters?.[name];
    return property === undefined ? [] : [[name, property]];
  });
  const linkForms = source.components.schemas.PageUrl?.anyOf ?? [];
  const linkForm = linkForms.find((each) => each["x-link-form"] === options?.links) ?? linkForms[0];
  return {
    baseUrl: familyUrl(document),
    language: options?.source.language ?? "en",
    source: options === undefined ? null : pageOf(options.source),
    types: typed.map(({ type }) => type),
    open: typed.length < resources.length,
    fields: Object.fromEntries(
      typed.map(({ type, resource }) => [type, fieldsOf(document, resource, roles.properties)]),
    ),
    inertFields: options?.inert_fields ?? {},
    operations: operationsOf(document).map(({ operation }) => operation.operationId),
    listPath: list?.path ?? "",
    parameters: Object.fromEntries(
      parameters.map(({ name, schema }) => [name, parameterOf(document, resolveSchema(document, schema))]),
    ),
    filters: Object.fromEntries(filters),
    pageQuery: String(linkForm?.["x-page-query"]),
    responseDatetimeFormat: String(
      datetimeFormat(
        document,
        resources.flatMap((resource) => Object.values(resource.properties ?? {})),
      ),
    ),
    filterDatetimeFormat: filterDatetimeFormat(document),
  };
}

function listParameters(document: OpenApiDocument): OpenApiParameter[] {
  const list = operationById(document, listOperation);
  return (list?.operation.parameters ?? []).map((each) => resolve(document, "parameters", each));
}

/** The datetime format of the list's parameters, in PHP's notation; null if there are none. */
export function filterDatetimeFormat(document: OpenApiDocument): string | null {
  return datetimeFormat(
    document,
    listParameters(document).map((parameter) => parameter.schema),
  );
}

/** The page that an entry was read from, for the registry. */
function pageOf({ url, language, seen }: InstanceOptions["source"]): InstanceEntry["source"] {
  return url === undefined ? { language, seen } : { url, language, seen };
}

/** The fields of a type: the properties of its settings, if those are an object. */
function fieldsOf(document: OpenApiDocument, resource: Schema, roles: RoleNames["properties"]): string[] {
  const [settings] = Object.entries(resource.properties ?? {}).filter(([name]) => roles[name] === "settings");
  const schema = resolveSchema(document, settings?.[1] ?? {});
  const object = schema.anyOf
    ?.map((each) => resolveSchema(document, each))
    .find(({ type }) => type === "object");
  return Object.keys(object?.properties ?? {});
}

function parameterOf(document: OpenApiDocument, schema: Schema): RegistryParameter {
  const listed = schema.anyOf?.map((each) => resolveSchema(document, each)).find((each) => each.enum);
  const values = (schema.enum ?? listed?.enum)?.map(String);
  const format = schema["x-datetime-format"];
  return {
    ...(values !== undefined && { values }),
    ...(schema.default !== undefined && { default: schema.default }),
    ...(format !== undefined && { format }),
  };
}

/** The datetime format of the schemas; null if they have none. */
function datetimeFormat(document: OpenApiDocument, schemas: Schema[]): string | null {
  const formats = new Set(
    schemas.flatMap((schema) => resolveSchema(document, schema)["x-datetime-format"] ?? []),
  );
  if (formats.size > 1) {
    throw new Error(
      `${document.info.title}: datetimes of one kind in several formats: ${[...formats].join(", ")}.`,
    );
  }
  return [...formats][0] ?? null;
}

/** The text of generated/registry.json. JSON has no comments, so the first key says where it comes from. */
export function renderRegistry(registry: Registry): string {
  return `${JSON.stringify({ about: generatedBy(), ...registry }, null, 1)}\n`;
}

/** The text of generated/instances.ts: the types of each instance, for the client. */
export function renderInstanceSchemas(names: readonly string[]): string {
  return `// ${generatedBy()}

import type { instanceNames } from "./client.ts";

/** The instances whose documentation pages the contract was written from. */
export type InstanceName = (typeof instanceNames)[number];

/** The generated types of each instance and of the family. */
export interface InstanceSchemas {
${names.map((name) => `  ${JSON.stringify(name)}: import("./${name}/schema.js").Contract;\n`).join("")}}
`;
}
