import { operationsOf } from "../family.js";

/**
 * Removes the operations that the instance lacks, and links to them.
 *
 * @param {import("../document.js").Node} document
 * @param {import("../options.js").InstanceOptions} options
 */
export function deriveOperations(document, { without_operations: without = [] }) {
  for (const { path, method, operation } of operationsOf(document)) {
    if (!without.includes(operation.operationId)) continue;
    delete document.paths[path][method];
  }
  for (const [path, item] of Object.entries(document.paths)) {
    if (!operationsOf({ paths: { [path]: item } }).length) delete document.paths[path];
  }
  for (const response of Object.values(document.components.responses)) {
    for (const [name, link] of Object.entries(response.links ?? {})) {
      if (without.includes(link.operationId)) delete response.links[name];
    }
    if (response.links && Object.keys(response.links).length === 0) delete response.links;
  }
}
