import { deriveInstance } from "./derive/index.js";
import { checkOptions, comparable } from "./options.js";
import { publish } from "./publish.js";

/** The decorator's name in redocly.yaml. */
export const decoratorId = "notification-handlers/instance";

/**
 * Turns the family's contract into the contract of one instance, in place, ready to be published.
 *
 * @param {import("./document.js").Node} document the family's contract, bundled
 * @param {string} name the instance's name: its key under `apis` in redocly.yaml
 * @param {any} register redocly.yaml, parsed
 * @returns {{ pointer: string, message: string }[]} problems, as JSON pointers into redocly.yaml; empty if there are none
 */
export function deriveFor(document, name, register) {
  const api = register.apis[name];
  const wrong = apiProblem(name, api);
  if (wrong !== undefined) return [{ pointer: `#/apis/${escapePart(name)}`, message: wrong }];
  const options = api.decorators[decoratorId];
  const problems = checkOptions(document, options, (url) => {
    const owner = ownerOf(register, url);
    return owner === name ? undefined : owner;
  });
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

/** Decorator `notification-handlers/instance`: its options are the instance's entry. Mistakes in them are reported at their place. */
export function instance() {
  return {
    Root: {
      /**
       * @param {any} document the bundled contract; bundling is done before decorators leave the root
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

/** Decorator `notification-handlers/family`: publishes the union of all instances, which stays open to other types. */
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
 * Checks an api before its entry. Its name becomes a folder, a part of URLs, and a host name, so it must be a valid host name. Redocly
 * allows more next to the decorator than this project supports.
 *
 * @param {string} name
 * @param {any} api
 * @returns {string | undefined}
 */
function apiProblem(name, api) {
  if (
    !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(name) ||
    /\.(json|ts)$/.test(name)
  ) {
    return `"${name}" can't be the name of an instance: it must be a host name in lower case, such as panel.example.`;
  }
  const others = [
    ...Object.keys(api).filter((key) => key !== "root" && key !== "decorators"),
    ...Object.keys(api.decorators)
      .filter((key) => key !== decoratorId)
      .map((key) => `decorators: ${key}`),
  ];
  if (others.length > 0)
    return `${name}: ${others.join(", ")} would change nothing: an instance has its root and ${decoratorId}.`;
  if (!String(api.root).endsWith("openapi/openapi.yaml"))
    return `${name}: root must be openapi/openapi.yaml: every instance is derived from it.`;
  return undefined;
}

/**
 * The first instance with a base URL, which alone may have it: all that the contract of one instance depends on in the entries of others.
 *
 * @param {any} register redocly.yaml, parsed
 * @param {unknown} url
 * @returns {string | undefined} its name
 */
export function ownerOf(register, url) {
  return ownersOf(register).get(comparable(url));
}

/** @type {WeakMap<object, Map<string, string>>} */
const owners = new WeakMap();

/**
 * The first instance of each base URL. Computed once per register, since every instance needs it.
 *
 * @param {any} register redocly.yaml
 * @returns {Map<string, string>} names, by comparable base URL
 */
function ownersOf(register) {
  let known = owners.get(register);
  if (known === undefined) {
    known = new Map();
    for (const [name, api] of Object.entries(register.apis)) {
      const url = comparable(api?.decorators?.[decoratorId]?.base_url);
      if (!known.has(url)) known.set(url, name);
    }
    owners.set(register, known);
  }
  return known;
}

/** @param {unknown} part @returns {string} a segment of a JSON pointer (RFC 6901) */
function escapePart(part) {
  return String(part).replaceAll("~", "~0").replaceAll("/", "~1");
}
