import { stringifyYaml } from "@redocly/openapi-core";
import type { OpenApiDocument } from "./document.ts";

const options = { lineWidth: -1, noRefs: true };

/** Caches the YAML of components by their JSON: most are the same in every bundle, and writing YAML is the slowest step. */
const written = new Map<string, string>();

/** A bundle as YAML, in the order of its keys. */
export function bundleYaml(document: OpenApiDocument): string {
  const { components, ...frame } = document;
  const kinds = Object.entries(components).map(([kind, named]) => {
    const each = Object.entries(named).map(([name, component]) => indented({ [name]: component }, 4));
    return `  ${kind}:\n${each.join("")}`;
  });
  return `${stringifyYaml(frame, options)}components:\n${kinds.join("")}`;
}

function indented(node: object, spaces: number): string {
  const key = JSON.stringify(node);
  let text = written.get(key);
  if (text === undefined) {
    // Indents every line except empty ones, as if the whole document were written at once.
    text = stringifyYaml(node, options).replaceAll(/^(?=.)/gm, " ".repeat(spaces));
    written.set(key, text);
  }
  return text;
}
