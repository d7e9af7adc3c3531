/**
 * A bundled document, as the decorator and the rules read it: plain objects with `$ref`s into `components`.
 *
 * @typedef {{ [key: string]: any }} Node
 */

/**
 * The target of a `$ref`; any other node unchanged.
 *
 * @param {Node} document the bundled document
 * @param {any} node
 * @returns {any} undefined if the pointer leads nowhere
 */
export function deref(document, node) {
  if (typeof node?.$ref !== "string" || !node.$ref.startsWith("#/")) return node;
  let target = document;
  for (const part of node.$ref.slice(2).split("/")) {
    target = target?.[part.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return target;
}

/**
 * The handler type that a schema describes: the `const` of its property `type`.
 *
 * @param {Node} document
 * @param {any} schema a schema or a `$ref` to one
 * @returns {string | undefined} undefined for a schema that belongs to no single type
 */
export function handlerTypeOf(document, schema) {
  return deref(document, schema)?.properties?.type?.const;
}

/**
 * Calls `visit` for every object of the tree, the children first. `$ref`s are not followed.
 *
 * @param {any} node
 * @param {(node: Node, key: string | number | undefined) => void} visit
 * @param {string | number} [key] the key or index under which the parent holds the node
 */
export function walk(node, visit, key) {
  if (typeof node !== "object" || node === null) return;
  for (const [childKey, child] of Object.entries(node)) walk(child, visit, childKey);
  if (!Array.isArray(node)) visit(node, key);
}
