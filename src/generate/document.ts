/** The parts of a bundled OpenAPI document that the generator reads. */
export interface OpenApiDocument {
  info: { title: string; version: string; "x-instance": string; "x-language": string };
  servers: [{ url: string }];
  paths: Record<string, Record<string, { operationId?: string } | undefined>>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, { name: string; in: string; schema: Schema; "x-role"?: string }>;
  };
}

/** A schema or a reference to one, as far as the generator looks into it. */
export interface Schema {
  $ref?: string;
  const?: string;
  enum?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  "x-datetime-format"?: string;
  "x-page-query"?: string;
}

/** The schema that a reference of the document points to; any other schema as it is. */
export function resolveSchema(document: OpenApiDocument, schema: Schema): Schema {
  const name = schema.$ref?.match(/^#\/components\/schemas\/([^/]+)$/)?.[1];
  if (name === undefined) return schema;
  const target = document.components.schemas[name];
  if (!target) throw new Error(`${document.info["x-instance"]}: ${schema.$ref} points to nothing.`);
  return resolveSchema(document, target);
}
