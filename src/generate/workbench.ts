import { bundle, createConfig, lint, type NormalizedProblem } from "@redocly/openapi-core";
import type { OpenApiDocument } from "./document.ts";
import { workbenchSource } from "./paths.ts";
import { typesOf } from "./types.ts";

/** The file of generated/ with the workbench's types. */
export const workbenchFile = "workbench.ts";

/** The lint rules for the workbench's description: it has no family and no evidence, and its own names of operations. */
const rules = {
  extends: ["recommended-strict"],
  rules: {
    "no-invalid-media-type-examples": "error",
    "no-invalid-schema-examples": "error",
    "operation-description": "error",
    "parameter-description": "error",
    "tag-description": "error",
    "tags-alphabetical": "error",
    "operation-tag-defined": "error",
    "path-params-defined": "error",
    // An instance name can't be `_requests`: instances are below `mock` and `sandbox`.
    "no-ambiguous-paths": "off",
  },
} as const;

/** The problems of the description of the workbench's own paths, and its types as TypeScript. */
export async function deriveWorkbench(): Promise<{ problems: NormalizedProblem[]; types: string }> {
  const config = await createConfig(structuredClone(rules) as unknown as Parameters<typeof createConfig>[0]);
  const problems = await lint({ ref: workbenchSource, config });
  if (problems.length > 0) return { problems, types: "" };
  const { bundle: whole } = await bundle({ ref: workbenchSource, config });
  return { problems, types: typesOf(whole.parsed as OpenApiDocument) };
}
