import { walk } from "./document.js";

/** Annotations that only this project's code reads; they are removed from bundles. */
const internal = ["x-role", "x-page-query", "x-link-form"];

/** The only component that every bundle keeps even if nothing refers to it: integrators want its name. */
const always = "#/components/schemas/HandlerType";

/**
 * Prepares a derived document for publication, in place: removes internal annotations, and components that nothing refers to.
 *
 * @param {import("./document.js").Node} document
 */
export function publish(document) {
  walk(document, (node) => {
    for (const name of internal) delete node[name];
  });
  prune(document);
}

/** @param {import("./document.js").Node} document */
function prune(document) {
  const used = new Set([always]);
  /** @param {any} value */
  const follow = (value) => {
    walk(value, (node) => {
      if (typeof node.$ref === "string" && !used.has(node.$ref)) {
        used.add(node.$ref);
        follow(at(document, node.$ref));
      }
    });
  };
  follow(document.paths);
  follow(at(document, always));
  for (const [kind, components] of Object.entries(document.components)) {
    if (kind === "securitySchemes") continue;
    for (const name of Object.keys(components)) {
      if (!used.has(`#/components/${kind}/${name}`)) delete components[name];
    }
    if (Object.keys(components).length === 0) delete document.components[kind];
  }
}

/** @param {import("./document.js").Node} document @param {string} reference @returns {any} */
function at(document, reference) {
  return reference
    .slice(2)
    .split("/")
    .reduce((/** @type {any} */ node, part) => node?.[part], document);
}
