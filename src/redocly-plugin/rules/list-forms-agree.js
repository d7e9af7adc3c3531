import { Cursor } from "../cursor.js";

const documented = "/notification-handlers/";
const linked = "/notification-handlers";

/**
 * Rule `notification-handlers/list-forms-agree`: the list is described at two URLs, with and without a final slash. Both must have the same
 * parameters, answers and assumptions.
 */
export function listFormsAgree() {
  return {
    Root: {
      /**
       * @param {any} document
       * @param {any} context
       */
      leave(document, context) {
        const paths = new Cursor(context, document, context.location).at("paths");
        if (!(documented in (paths.node ?? {})) || !(linked in paths.node)) return;
        const one = paths.at(documented, "get");
        const other = paths.at(linked, "get");
        for (const key of ["parameters", "responses", "x-assumptions"]) {
          const [left, right] = [one.node?.[key], other.node?.[key]];
          if (JSON.stringify(left) === JSON.stringify(right)) continue;
          const more = [...lacking(left, right, documented), ...lacking(right, left, linked)];
          other
            .at(key)
            .report(
              `The two forms of the list differ in their ${key}: ${more.join("; ") || "they are in another order, or not the same"}.`,
            );
        }
      },
    },
  };
}

/**
 * @param {any} from the parameters, answers or assumptions of one form
 * @param {any} to those of the other
 * @param {string} path the first form's
 * @returns {string[]} what only the first form has, by its file, its name or its key
 */
function lacking(from, to, path) {
  const there = new Set(names(to));
  return names(from)
    .filter((name) => !there.has(name))
    .map((name) => `only ${path} has ${name}`);
}

/**
 * @param {any} of
 * @returns {string[]}
 */
function names(of) {
  if (!Array.isArray(of)) return Object.keys(of ?? {});
  return of.map((item) => item.$ref?.split("/").at(-1) ?? item.name);
}
