import { walk } from "./document.js";

/** What only this project's own code reads of the source: users of a bundle get none of it. */
const internal = ["x-role", "x-page-query", "x-link-form"];

/** The one component that every bundle has, whether or not something refers to it: integrators want its name. */
const always = "#/components/schemas/HandlerType";

/**
 * Makes a derived document what users download, in place: without internal annotations, and without components that nothing
 * refers to.
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
