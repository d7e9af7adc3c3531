import { deriveInstance } from "./derive/index.js";
import { checkOptions } from "./options.js";
import { publish } from "./publish.js";

/** The decorator's name in redocly.yaml. */
export const decoratorId = "notification-handlers/instance";

/**
 * Makes the family's contract the contract of one instance, in place, ready to be published.
 *
 * @param {import("./document.js").Node} document the family's contract, bundled
 * @param {string} name the instance's name: its key under `apis` in redocly.yaml
 * @param {any} register redocly.yaml, parsed
 * @returns {{ pointer: string, message: string }[]} what is wrong, as JSON pointers into redocly.yaml; empty when all is derived
 */
export function deriveFor(document, name, register) {
  const options = register.apis[name].decorators[decoratorId];
  const problems = checkOptions(document, options, earlierUrls(register, name));
  if (problems.length > 0) {
    return problems.map(({ path, message }) => ({
      pointer: `#/${["apis", name, "decorators", decoratorId, ...path].map(escapePart).join("/")}`,
      message: `${name}: ${message}`,
    }));
  }
  deriveInstance(document, name, options);
  publish(document);
  return [];
}

/** Decorator `notification-handlers/instance`: its options are the instance's entry. A mistake in them is reported at its place. */
export function instance() {
  return {
    Root: {
      /**
       * @param {any} document the bundled contract; bundling ends before decorators leave the root
       * @param {any} context
       */
      leave(document, context) {
        const { parsed, source } = context.config.document;
        for (const { pointer, message } of deriveFor(document, context.config._alias, parsed)) {
          context.report({ message, location: { source, pointer } });
        }
      },
    },
  };
}

/** Decorator `notification-handlers/family`: publishes the union of all instances, which stays open. */
export function family() {
  return {
    Root: {
      /** @param {any} document */
      leave(document) {
        publish(document);
      },
    },
  };
}

/**
 * @param {any} register redocly.yaml
 * @param {string} name
 * @returns {Map<string, unknown>} the base URLs of the instances above an instance, by name
 */
function earlierUrls(register, name) {
  const names = Object.keys(register.apis);
  return new Map(
    names
      .slice(0, names.indexOf(name))
      .map((each) => [each, register.apis[each]?.decorators?.[decoratorId]?.base_url]),
  );
}

/** @param {unknown} part @returns {string} a part of a JSON pointer (RFC 6901) */
function escapePart(part) {
  return String(part).replaceAll("~", "~0").replaceAll("/", "~1");
}
