import { fileURLToPath } from "node:url";
import { bundle, loadConfig, type NormalizedProblem } from "@redocly/openapi-core";
import type { OpenApiDocument } from "../../src/generate/document.ts";
import { bundleLinter } from "../../src/generate/lint.ts";
import { registryEntry } from "../../src/generate/registry.ts";
import { generateTypes } from "../../src/generate/types.ts";
import { decoratorId, deriveFor } from "../../src/redocly-plugin/instance.js";
import type { InstanceOptions } from "../../src/redocly-plugin/options.js";
import type { Json } from "./bundle.ts";

const root = new URL("../../", import.meta.url);
const configPath = fileURLToPath(new URL("redocly.yaml", root));

let source: Promise<OpenApiDocument> | undefined;

/** The family's contract, bundled, its internal annotations in place. Read once; not to be changed. */
export function familySource(): Promise<OpenApiDocument> {
  source ??= (async () => {
    const config = await loadConfig({ configPath });
    const result = await bundle({ ref: fileURLToPath(new URL("openapi/openapi.yaml", root)), config });
    return result.bundle.parsed as OpenApiDocument;
  })();
  return source;
}

/** The plainest possible entry; tests add what differs. */
export const plainEntry = {
  base_url: "https://sixth.example/api",
  source: { language: "fr", seen: "2026-01-31" },
  types: ["email", "webhook", "telegram"],
  links: "plain",
};

/** The result of an entry of redocly.yaml: the problems found in it, or what is derived from it. */
export async function deriveEntry(entry: object, name = "sixth.example") {
  const family = await familySource();
  const document = structuredClone(family);
  const register = {
    apis: { [name]: { root: "openapi/openapi.yaml", decorators: { [decoratorId]: entry } } },
  };
  const problems = deriveFor(document, name, register);
  const about = problems.length > 0 ? undefined : registryEntry(document, family, entry as InstanceOptions);
  return { problems, document: document as Json, about, types: about && generateTypes(document) };
}

/** What this project's lint rules report about a derived document. */
export async function lintDerived(document: Json, name = "sixth.example"): Promise<NormalizedProblem[]> {
  const lint = bundleLinter(await loadConfig({ configPath }));
  return lint({ name, document: document as OpenApiDocument, yaml: () => JSON.stringify(document) });
}
