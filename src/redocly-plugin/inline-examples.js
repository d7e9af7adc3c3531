import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseYaml } from "@redocly/openapi-core";

/**
 * Preprocessor `notification-handlers/inline-examples`: replaces `$ref`s inside example values by their targets.
 *
 * The examples of a handler type are in the type's own file, and the answers that show them refer to them. OpenAPI gives `$ref` no meaning
 * in example values, so Redocly does not follow it; this does, before linting and before bundling.
 */
export function inlineExamples() {
  /** @type {Map<string, any>} */
  const files = new Map();

  /** @param {string} reference @param {string} from @returns {any} */
  function follow(reference, from) {
    const [file = "", pointer = ""] = reference.split("#");
    const path = resolve(from, "..", file);
    if (!files.has(path)) files.set(path, parseYaml(readFileSync(path, "utf8")));
    let node = files.get(path);
    for (const part of pointer.split("/").slice(1)) node = node?.[part];
    if (node === undefined) throw new Error(`there is no ${pointer} in it`);
    return structuredClone(node);
  }

  return {
    Example: {
      /**
       * @param {any} example
       * @param {any} context
       */
      enter(example, context) {
        /** @param {any} value @returns {any} */
        const inline = (value) => {
          if (typeof value !== "object" || value === null) return value;
          if (Array.isArray(value)) return value.map(inline);
          if (typeof value.$ref !== "string") {
            return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, inline(child)]));
          }
          try {
            return follow(value.$ref, context.location.source.absoluteRef);
          } catch (error) {
            const why = error instanceof Error ? error.message : String(error);
            context.report({
              message: `An example refers to ${value.$ref}, which can't be read: ${why}`,
              location: context.location.child("value"),
            });
            return value;
          }
        };
        example.value = inline(example.value);
      },
    },
  };
}
