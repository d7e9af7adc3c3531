/** Variants of a bundle for tools that can't use it as it is: OpenAPI 3.0, and flat bodies. */

import type { OpenApiDocument } from "../document.ts";
import { bundleYaml } from "../yaml.ts";
import { withFlatBodies } from "./flat.ts";
import { asOpenApi30 } from "./openapi-3.0.ts";

/** The variants of a bundle, by file name. `from`: the line that says where they come from. */
export function variantsOf(document: OpenApiDocument, from: string): [file: string, yaml: string][] {
  return [
    ["openapi-3.0.yaml", from + bundleYaml(asOpenApi30(document))],
    ["openapi-flat.yaml", from + bundleYaml(asOpenApi30(withFlatBodies(document)))],
  ];
}
