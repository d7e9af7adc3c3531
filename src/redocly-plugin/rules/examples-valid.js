import { dereference, validate } from "@cfworker/json-schema";
import { deref, walk } from "../document.js";

/**
 * Rule `notification-handlers/examples-valid`: every example of a bundle is valid against its schema, and has no property that the schema
 * does not name.
 *
 * It is for bundles. Redocly's own rules for examples, which lint the source, compile a validator for every example and take many times as
 * long; this one interprets the schemas.
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
        /** @type {{ schema: any, value: unknown, path: (string | number)[] }[]} */
        const checks = [];
        /** @param {any} schema @param {unknown} value @param {(string | number)[]} path */
        const check = (schema, value, path) => {
          checks.push({ schema, value, path });
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
            for (const [index, value] of examples.entries()) check(node, value, [...path, "examples", index]);
          }
        });
        for (const { path, problem } of problemsOf(document, checks)) {
          const message = `The example does not match its schema: ${problem}`;
          context.report({ message, location: context.location.child(path) });
        }
      },
    },
  };
}

/**
 * Problems of the values; all checks share one index of `$ref` targets.
 *
 * @param {any} document
 * @param {{ schema: any, value: unknown, path: (string | number)[] }[]} checks
 */
function problemsOf(document, checks) {
  const root = structuredClone({
    components: { schemas: document.components.schemas },
    $defs: Object.fromEntries(checks.map(({ schema }, index) => [index, schema])),
  });
  walk(root, (node) => {
    const isOpen = node.additionalProperties !== undefined || node.patternProperties !== undefined;
    if (node.properties && node.type === "object" && !isOpen) node.additionalProperties = false;
  });
  const lookup = dereference(root);
  return checks.flatMap(({ value, path }, index) => {
    const schema = root.$defs[index] ?? false;
    // Finding out whether it is valid is much faster than why it is not.
    if (validate(value, schema, "2020-12", lookup, true).valid) return [];
    const last = validate(value, schema, "2020-12", lookup, false).errors.at(-1);
    return [{ path, problem: `${last?.instanceLocation}: ${last?.error}` }];
  });
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
