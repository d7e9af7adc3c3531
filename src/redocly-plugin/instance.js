import { checkOptions, deriveInstance } from "./derive.js";

const ID = "notification-handlers/instance";

/**
 * Decorator `notification-handlers/instance`: makes the bundle of an api the contract of the instance that its options
 * describe. A mistake in the options is reported at its place in redocly.yaml.
 *
 * @param {Record<string, unknown>} options see InstanceOptions in derive.js; Redocly adds the severity
 */
export function instance({ severity: _, ...options }) {
  return {
    Root: {
      /**
       * @param {any} document the bundled contract; bundling ends before decorators leave the root
       * @param {any} context
       */
      leave(document, context) {
        const alias = context.config._alias;
        const problems = checkOptions(document, options);
        if (problems.length === 0) {
          const checked = /** @type {import("./derive.js").InstanceOptions} */ (
            /** @type {unknown} */ (options)
          );
          problems.push(...deriveInstance(document, alias, checked));
        }
        for (const { path, message } of problems) {
          const pointer = ["apis", alias, "decorators", ID, ...path].map(escapePart).join("/");
          context.report({
            message: `${alias}: ${message}`,
            location: { source: context.config.document.source, pointer: `#/${pointer}` },
          });
        }
      },
    },
  };
}

/** @param {unknown} part @returns {string} a part of a JSON pointer (RFC 6901) */
function escapePart(part) {
  return String(part).replaceAll("~", "~0").replaceAll("/", "~1");
}
