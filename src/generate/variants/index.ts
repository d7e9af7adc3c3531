/** A bundle for tools that don't take it as it is: in OpenAPI 3.0, and with flat bodies. */

import type { OpenApiDocument } from "../document.ts";
import { bundleYaml } from "../yaml.ts";
import { withFlatBodies } from "./flat.ts";
import { asOpenApi30 } from "./openapi-3.0.ts";

/** The variants of a bundle, by the name of their file; `from` is the line that says where they come from. */
export function variantsOf(document: OpenApiDocument, from: string): [file: string, yaml: string][] {
  return [
    ["openapi-3.0.yaml", from + bundleYaml(asOpenApi30(document))],
    ["openapi-flat.yaml", from + bundleYaml(asOpenApi30(withFlatBodies(document)))],
  ];
}
