/** The parts of a bundled OpenAPI document that the generator reads. No interface, so that it is a `Node`, too. */
export type OpenApiDocument = {
  info: { title: string; version: string };
  servers: [{ url: string; variables?: Record<string, { default: string }> }];
  paths: Record<string, Record<string, OpenApiOperation | undefined>>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, OpenApiParameter>;
  };
};

/** The parts of an operation that the generator reads. */
export interface OpenApiOperation {
  operationId?: string;
  parameters?: { $ref: string }[];
}

/** The parts of a parameter that the generator reads. */
export interface OpenApiParameter {
  name: string;
  in: string;
  schema: Schema;
  "x-role"?: string;
}

/** The parts of a schema, or of a reference to one, that the generator reads. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: string;
  default?: unknown;
  enum?: unknown[];
  examples?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  "x-datetime-format"?: string;
  "x-link-form"?: string;
  "x-page-query"?: string;
  "x-role"?: string;
}

/** The target of a `$ref`; any other node unchanged. */
export function resolve<Kind extends keyof OpenApiDocument["components"]>(
  document: OpenApiDocument,
  kind: Kind,
  node: { $ref?: string },
): OpenApiDocument["components"][Kind][string] {
  const name = node.$ref?.match(new RegExp(`^#/components/${kind}/([^/]+)$`))?.[1];
  if (name === undefined) return node as OpenApiDocument["components"][Kind][string];
  const target = document.components[kind][name];
  if (!target) throw new Error(`${document.info.title}: ${node.$ref} points to nothing.`);
  return resolve(document, kind, target as { $ref?: string }) as OpenApiDocument["components"][Kind][string];
}

/** The schema that a `$ref` points to; any other schema unchanged. */
export function resolveSchema(document: OpenApiDocument, schema: Schema): Schema {
  return resolve(document, "schemas", schema);
}

/** An operation by its id, with its path; undefined if the instance lacks it. */
export function operationById(
  document: OpenApiDocument,
  id: string,
): { path: string; method: string; operation: OpenApiOperation } | undefined {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (operation?.operationId === id) return { path, method, operation };
    }
  }
  return undefined;
}
