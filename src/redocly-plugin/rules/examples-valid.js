import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { deref, walk } from "../document.js";

/**
 * Rule `notification-handlers/examples-valid`: every example of a bundle is valid against its schema, with nothing in it that the
 * schema doesn't name.
 *
 * It is for bundles, whose references stay within the document: it compiles each schema once. Redocly's own rules for examples, which
 * the source is linted with, compile it for every example, and take ten times as long.
 */
export function examplesValid() {
  return {
    Root: {
      /**
       * @param {any} document
       * @param {any} context
       */
      leave(document, context) {
        if (!document.components?.schemas) return;
        const validate = validatorOf(document);
        /** @param {any} schema @param {unknown} value @param {(string | number)[]} path */
        const check = (schema, value, path) => {
          const problem = validate(schema, value);
          if (problem !== undefined) {
            context.report({
              message: `The example is not what its schema says: ${problem}.`,
              location: context.location.child(path),
            });
          }
        };
        eachNode(document, [], (node, path) => {
          const { schema, examples } = node;
          if (schema !== undefined && typeof examples === "object") {
            for (const [name, example] of Object.entries(examples)) {
              check(schema, deref(document, example)?.value, [...path, "examples", name]);
            }
          }
          if (schema !== undefined && node.example !== undefined)
            check(schema, node.example, [...path, "example"]);
          if (Array.isArray(examples)) {
            examples.forEach((value, index) => check(node, value, [...path, "examples", index]));
          }
        });
      },
    },
  };
}

/**
 * @param {any} document
 * @returns {(schema: any, value: unknown) => string | undefined} says what is wrong with a value
 */
function validatorOf(document) {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  /** @type {any} */ (addFormats)(ajv, ["email", "uri"]);
  const schemas = structuredClone(document.components.schemas);
  walk(schemas, (node) => {
    if (node.properties && node.type === "object" && node.additionalProperties === undefined)
      node.additionalProperties = false;
  });
  ajv.addSchema({ $id: "bundle", components: { schemas } });
  /** @type {Map<string, import("ajv").ValidateFunction>} */
  const compiled = new Map();
  return (schema, value) => {
    const key = JSON.stringify(schema, (name, child) => (name === "$ref" ? `bundle${child}` : child));
    const validate = compiled.get(key) ?? ajv.compile(JSON.parse(key));
    compiled.set(key, validate);
    return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: "it" });
  };
}

/**
 * @param {any} node
 * @param {(string | number)[]} path
 * @param {(node: any, path: (string | number)[]) => void} visit
 */
function eachNode(node, path, visit) {
  if (typeof node !== "object" || node === null) return;
  if (!Array.isArray(node)) visit(node, path);
  for (const [key, child] of Object.entries(node)) {
    if (key !== "value" && key !== "example") eachNode(child, [...path, key], visit);
  }
}
