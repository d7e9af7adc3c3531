import { createRequire } from "node:module";
import type { GlobalContext, OpenAPI3 } from "openapi-typescript";
import type { OpenApiDocument } from "./document.ts";
import { generatedBy } from "./generated-by.ts";
import { withHoverTexts } from "./hover.ts";
import { filterDatetimeFormat } from "./registry.ts";

// An import has Node read TypeScript's nine megabytes for the names that they export, which takes a second; require does not.
const { astToString, resolveRef, scanDiscriminators, transformSchema } = createRequire(import.meta.url)(
  "openapi-typescript",
) as typeof import("openapi-typescript");

/** openapi-typescript's own defaults. */
const defaults = {
  additionalProperties: false,
  alphabetize: false,
  arrayLength: false,
  conditionalEnums: false,
  dedupeEnums: false,
  defaultNonNullable: true,
  emptyObjectsUnknown: false,
  enum: false,
  enumValues: false,
  excludeDeprecated: false,
  exportType: false,
  generatePathParams: false,
  immutable: false,
  makePathsEnum: false,
  pathParamsAsTypes: false,
  propertiesRequiredByDefault: false,
  readWriteMarkers: false,
  rootTypes: false,
  rootTypesKeepCasing: false,
  rootTypesNoSchemaPrefix: false,
  silent: true,
} satisfies Partial<GlobalContext>;

/**
 * The TypeScript declarations of a bundle, by openapi-typescript.
 *
 * They are made from the bundle and not from the source, because openapi-typescript does not run Redocly's decorators. A bundle is already
 * linted and complete, so this calls the step that writes types, and skips linting and bundling, which take most of the time.
 *
 * @returns the text of schema.d.ts
 */
export function generateTypes(document: OpenApiDocument): string {
  return `// ${generatedBy()}\n\n${declarations(withHoverTexts(document))}${contractType(document)}`;
}

/** The TypeScript declarations of the workbench's own description, which is not an instance's contract. */
export function typesOf(document: OpenApiDocument): string {
  return `// ${generatedBy("src/workbench/openapi.yaml", "that")}\n\n${declarations(document)}`;
}

function declarations(document: OpenApiDocument): string {
  const schema = document as unknown as OpenAPI3;
  const context = {
    ...defaults,
    discriminators: scanDiscriminators(schema, { silent: true }),
    injectFooter: [],
    resolve: ($ref: string) => resolveRef(schema, $ref, { silent: true }),
  };
  // Only the skipped steps read Redocly's configuration.
  return astToString(transformSchema(schema, context as unknown as GlobalContext));
}

/** The whole contract as one type, with the datetime format of filters as a template literal type. */
function contractType(document: OpenApiDocument): string {
  const format = filterDatetimeFormat(document);
  const form = format?.replace(/[`\\$]/g, "\\$&").replace(/[a-z]/gi, () => "$" + "{number}");
  return `
/** The whole contract. */
export interface Contract {
    paths: paths;
    components: components;
    operations: operations;
    /** A text that is a datetime of a filter${format === null ? "; there are none" : `, by its form: ${format} in PHP's notation`}. */
    filterDatetime: ${form === undefined ? "string" : `\`${form}\``};
}
`;
}
