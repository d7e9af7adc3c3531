import { readdirSync } from "node:fs";
import { checkOptions, deriveInstance } from "./derive.js";

const ID = "notification-handlers/instance";

/** Where the translations of the contract are: a file per language, and the English that they were made from. */
const TRANSLATIONS = new URL("../../openapi/i18n/", import.meta.url);
const SOURCE = "source.yaml";

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
        const earlier = earlierUrls(context.config.document.parsed, alias);
        const problems = checkOptions(document, options, { languages: languages(), earlier });
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

/** @returns {string[]} as codes of two letters */
function languages() {
  return readdirSync(TRANSLATIONS)
    .filter((file) => file.endsWith(".yaml") && file !== SOURCE)
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
}

/**
 * @param {any} register redocly.yaml
 * @param {string} alias
 * @returns {Map<string, unknown>} the base URLs of the instances above an instance, by name
 */
function earlierUrls(register, alias) {
  const names = Object.keys(register.apis);
  return new Map(
    names
      .slice(0, names.indexOf(alias))
      .map((name) => [name, register.apis[name]?.decorators?.[ID]?.base_url]),
  );
}

/** @param {unknown} part @returns {string} a part of a JSON pointer (RFC 6901) */
function escapePart(part) {
  return String(part).replaceAll("~", "~0").replaceAll("/", "~1");
}
