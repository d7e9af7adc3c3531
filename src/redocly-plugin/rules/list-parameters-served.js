import { Cursor } from "../cursor.js";

/** The roles (`x-role`) of list parameters that the sandbox and the checks support; `filter` compares a property for equality. */
const roles = [
  "page",
  "page-size",
  "search-text",
  "search-property",
  "filter",
  "range-property",
  "range-start",
  "range-end",
  "order-property",
  "order-direction",
];

/**
 * Rule `notification-handlers/list-parameters-served`: every parameter of the list has a role (`x-role`) in the source, and a filter has
 * the name of a property of the handler. The sandbox would silently ignore other parameters, and no check would test them. Bundles have no
 * `x-role`, so there the rule does nothing.
 */
export function listParametersServed() {
  return {
    Root: {
      /**
       * @param {any} document
       * @param {any} context
       */
      leave(document, context) {
        const list = new Cursor(context, document, context.location).at(
          "paths",
          "/notification-handlers/",
          "get",
        );
        const parameters = list.at("parameters").all();
        if (!parameters.some(({ node }) => "x-role" in (node ?? {}))) return;
        const branches = list
          .at(
            "responses",
            "200",
            "content",
            "application/json",
            "schema",
            "properties",
            "data",
            "items",
            "oneOf",
          )
          .all();
        const properties = Object.keys(branches[0]?.node.properties ?? {});
        for (const parameter of parameters) {
          const { name, "x-role": role } = parameter.node ?? {};
          if (!roles.includes(role)) {
            parameter.report(
              `The list parameter ${name} has ${role === undefined ? "no x-role" : `the x-role "${role}"`}, so nothing would serve it. Known: ${roles.join(", ")}.`,
            );
          } else if (role === "filter" && !properties.includes(name)) {
            parameter.report(
              `The filter ${name} compares no property of the handler: it has ${properties.join(", ")}.`,
            );
          }
        }
      },
    },
  };
}
