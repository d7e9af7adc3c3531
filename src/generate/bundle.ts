import type { Config, NormalizedProblem } from "@redocly/openapi-core";
import { familyName } from "../description/family-name.ts";
import { decoratorId, deriveFor } from "../redocly-plugin/instance.js";
import { publish } from "../redocly-plugin/publish.js";
import type { OpenApiDocument } from "./document.ts";
import { GenerateError } from "./error.ts";
import { generatedBy } from "./generated-by.ts";
import { bundleYaml } from "./yaml.ts";

/** The contract of one instance, as one document. */
export interface Bundle {
  /** The key under `apis` in redocly.yaml. */
  name: string;
  document: OpenApiDocument;
  /** The document as YAML, ready to be written. Made at the first call: it takes as long as everything before. */
  yaml: () => string;
}

/** The first line of a bundle and of its variants. */
export const header = `# ${generatedBy()}\n`;

/**
 * Derives the contract of one api in redocly.yaml. It calls the code of the decorators `notification-handlers/instance` and
 * `notification-handlers/family`: `redocly bundle` gives the same result, but walks the whole document several times per instance.
 *
 * @param config redocly.yaml, loaded
 * @param name   the api: an instance's name, or `family`
 * @param family the family's contract, bundled once for all apis, with its internal annotations; it is not changed
 * @returns the bundle (undefined if the entry asks for what the contract does not have), and the problems
 * @throws {GenerateError} when the api has no decorator, so that its contract would be the family's
 */
export function bundleInstance(
  config: Config,
  name: string,
  family: OpenApiDocument,
): { bundle: Bundle | undefined; problems: NormalizedProblem[] } {
  const { parsed, source } = config.document ?? {};
  const document = structuredClone(family);
  if (name === familyName) {
    publish(document);
    return { bundle: bundleOf(name, document), problems: [] };
  }
  const decorators = (parsed as { apis: Record<string, { decorators?: object }> }).apis[name]?.decorators;
  if (decorators === undefined || !(decoratorId in decorators)) {
    throw new GenerateError(
      `redocly.yaml: apis: ${name} has no decorator ${decoratorId}, so its contract would be the family's. Say there what the instance has.`,
    );
  }
  const problems = deriveFor(document, name, parsed).map(
    ({ pointer, message }): NormalizedProblem => ({
      ruleId: decoratorId,
      severity: "error",
      message,
      suggest: [],
      location: source === undefined ? [] : [{ source, pointer, reportOnKey: false }],
    }),
  );
  return { bundle: problems.length === 0 ? bundleOf(name, document) : undefined, problems };
}

function bundleOf(name: string, { components, ...frame }: OpenApiDocument): Bundle {
  // In the order in which it is written.
  const document = { ...frame, components };
  let yaml: string | undefined;
  return {
    name,
    document,
    yaml() {
      yaml ??= header + bundleYaml(document);
      return yaml;
    },
  };
}
