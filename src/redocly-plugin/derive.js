import { deref, featuresOf, handlerTypeOf, walk } from "./document.js";

/**
 * What redocly.yaml says of one instance.
 *
 * @typedef {object} InstanceOptions
 * @property {string} base_url   where the instance serves the API, without a slash at the end
 * @property {string} language   the language of its documentation page, as an ISO 639-1 code
 * @property {string[]} types    the handler types that it allows
 * @property {string[]} features the features of the contract (`x-feature`) that it has
 */

/**
 * A statement in redocly.yaml that can't be carried out.
 *
 * @typedef {object} OptionProblem
 * @property {(string | number)[]} path where it stands, below the decorator's options
 * @property {string} message
 */

const OPTION_NAMES = ["base_url", "language", "types", "features"];

/**
 * What an instance's entry is held against, next to the contract.
 *
 * @typedef {object} Surroundings
 * @property {readonly string[]} languages the languages that the contract is translated into, and the one it is written in
 * @property {ReadonlyMap<string, unknown>} earlier the base URLs of the instances that stand above this one, by name
 */

/**
 * Says what is wrong with an instance's entry before anything is derived from it.
 *
 * @param {import("./document.js").Node} document the family's contract, bundled
 * @param {Record<string, unknown>} options the entry, as written
 * @param {Surroundings} surroundings
 * @returns {OptionProblem[]} empty when the entry can be carried out
 */
export function checkOptions(document, options, { languages, earlier }) {
  /** @type {OptionProblem[]} */
  const problems = [];
  for (const name of Object.keys(options)) {
    if (!OPTION_NAMES.includes(name)) {
      problems.push({
        path: [name],
        message: `Unknown option "${name}". Known: ${OPTION_NAMES.join(", ")}.`,
      });
    }
  }
  const familyUrl = document.servers[0].url;
  const url = options.base_url;
  if (typeof url !== "string" || !/^https?:\/\/[^/?#\s]+[^?#\s]*[^/?#\s]$/.test(url)) {
    problems.push({
      path: ["base_url"],
      message: "base_url must be an http(s) URL without a slash, a query or a fragment at its end.",
    });
  } else if (url === familyUrl) {
    problems.push({ path: ["base_url"], message: `base_url changes nothing: ${url} is the family's own.` });
  } else {
    const [other] = [...earlier].find(([, otherUrl]) => isSameUrl(otherUrl, url)) ?? [];
    if (other !== undefined) {
      problems.push({ path: ["base_url"], message: `base_url ${url} is that of ${other}, too.` });
    }
  }
  if (typeof options.language !== "string" || !/^[a-z]{2}$/.test(options.language)) {
    problems.push({ path: ["language"], message: "language must be an ISO 639-1 code of two letters." });
  } else if (!languages.includes(options.language)) {
    problems.push({
      path: ["language"],
      message: `There are no translations openapi/i18n/${options.language}.yaml: add them. Known: ${languages.join(", ")}.`,
    });
  }
  /** @type {[string, string, Set<string>][]} */
  const lists = [
    ["types", "handler type", new Set(document.components.schemas.HandlerType.enum)],
    ["features", "feature", featuresOf(document)],
  ];
  for (const [name, noun, known] of lists) {
    const list = options[name];
    if (!Array.isArray(list) || list.length === 0) {
      problems.push({ path: [name], message: `${name} must be a list of at least one ${noun}.` });
      continue;
    }
    list.forEach((item, index) => {
      if (!known.has(item)) {
        const names = [...known].join(", ");
        problems.push({
          path: [name, index],
          message: `The contract knows no ${noun} "${item}". Known: ${names}.`,
        });
      } else if (list.indexOf(item) !== index) {
        problems.push({ path: [name, index], message: `The ${noun} "${item}" is listed twice.` });
      }
    });
  }
  return problems;
}

/**
 * @param {unknown} one
 * @param {string} other
 */
function isSameUrl(one, other) {
  if (typeof one !== "string" || !URL.canParse(one) || !URL.canParse(other)) return one === other;
  return new URL(one).href === new URL(other).href;
}

/**
 * Turns the family's contract into the contract of one instance, in place: keeps the types and features that the
 * instance has in schemas, parameters and examples, and sets its title, language and base URL.
 *
 * @param {import("./document.js").Node} document the family's contract, bundled; options already checked
 * @param {string} name the instance's name: its key under `apis` in redocly.yaml
 * @param {InstanceOptions} options
 * @returns {OptionProblem[]} what turned out to change nothing
 */
export function deriveInstance(document, name, options) {
  const schemas = document.components.schemas;
  /** @type {string[]} */
  const familyTypes = schemas.HandlerType.enum;
  const familyUrl = document.servers[0].url;
  const fieldsBefore = fieldsByType(document);
  const [familyPageQuery = ""] = pageQueriesOf(document);

  const emptied = dropFeatures(document, new Set(options.features));
  if (emptied.length > 0) {
    return emptied.map((features) => ({
      path: ["features"],
      message: `One of the features ${features.join(", ")} must be listed: the contract leaves the choice to the instance.`,
    }));
  }

  const dropped = new Set(familyTypes.filter((type) => !options.types.includes(type)));
  walk(document, (node) => {
    if (Array.isArray(node.oneOf)) {
      node.oneOf = node.oneOf.filter((branch) => !dropped.has(handlerTypeOf(document, branch) ?? ""));
    }
  });
  schemas.HandlerType.enum = familyTypes.filter((type) => !dropped.has(type));

  const fieldsAfter = fieldsByType(document);
  const fields = new Set(Object.values(fieldsAfter).flat());
  for (const branch of schemas.UpdateNotificationHandler.oneOf) {
    if (handlerTypeOf(document, branch) !== undefined) continue;
    const { properties } = deref(document, branch);
    for (const field of Object.values(fieldsBefore).flat()) {
      if (!fields.has(field)) delete properties[field];
    }
  }

  const [pageQuery = familyPageQuery] = pageQueriesOf(document);
  /** @param {string} text */
  const rewrite = (text) =>
    text.startsWith(`${familyUrl}/`)
      ? options.base_url + text.slice(familyUrl.length).replace(familyPageQuery, pageQuery)
      : text;
  eachExampleMap(document, (examples) => {
    for (const [key, reference] of Object.entries(examples)) {
      const example = deref(document, reference);
      const value = deriveValue(example.value, { dropped, fieldsBefore, fieldsAfter, rewrite });
      const emptied = example.value?.data?.length > 0 && value.data.length === 0;
      if (emptied || dropped.has(value?.type ?? value?.data?.type)) delete examples[key];
      else example.value = value;
    }
  });
  for (const { schema, examples } of Object.values(document.components.parameters)) {
    if (schema.$ref !== "#/components/schemas/HandlerType") continue;
    for (const example of Object.values(examples)) {
      if (dropped.has(example.value)) example.value = options.types[0];
    }
  }
  walk(schemas, (schema) => {
    if (Array.isArray(schema.examples)) {
      schema.examples = schema.examples.map((value) => (typeof value === "string" ? rewrite(value) : value));
    }
  });

  document.servers = [{ url: options.base_url, description: name }];
  document.info.title = `${document.info.title} of ${name}`;
  document.info["x-instance"] = name;
  document.info["x-language"] = options.language;

  const present = featuresOf(document);
  return options.features.flatMap((feature, index) =>
    present.has(feature)
      ? []
      : [
          {
            path: ["features", index],
            message: `The feature "${feature}" changes nothing: what it belongs to is not part of this instance.`,
          },
        ],
  );
}

/**
 * Removes what is marked with a feature that the instance lacks, and every reference to it.
 *
 * @param {import("./document.js").Node} document
 * @param {Set<string>} features
 * @returns {string[][]} the features of each choice (anyOf, oneOf) that has no branch left
 */
function dropFeatures(document, features) {
  /** @param {any} node */
  const lacks = (node) =>
    [node, deref(document, node)].some((each) => each?.["x-feature"] && !features.has(each["x-feature"]));
  /** @type {string[][]} */
  const emptied = [];
  walk(document.paths, strip);
  walk(document.components, strip);
  return emptied;
  /** @param {import("./document.js").Node} node */
  function strip(node) {
    for (const [key, child] of Object.entries(node)) {
      if (Array.isArray(child)) {
        const kept = child.filter((item) => !lacks(item));
        if (kept.length === 0 && child.length > 0 && /^(any|one)Of$/.test(key)) {
          emptied.push(child.map((item) => deref(document, item)["x-feature"]));
        }
        node[key] = kept;
      } else if (lacks(child)) delete node[key];
    }
  }
}

/**
 * The fields of each type: the properties of its create body that not every type has.
 *
 * @param {import("./document.js").Node} document
 * @returns {Record<string, string[]>}
 */
function fieldsByType(document) {
  const branches = document.components.schemas.CreateNotificationHandler.oneOf.map(
    (/** @type {any} */ branch) => deref(document, branch),
  );
  return Object.fromEntries(
    branches.map((/** @type {any} */ branch) => [
      branch.properties.type.const,
      Object.keys(branch.properties).filter((name) =>
        branches.some((/** @type {any} */ other) => !(name in other.properties)),
      ),
    ]),
  );
}

/**
 * What stands between the path and the page number in the instance's page URLs.
 *
 * @param {import("./document.js").Node} document
 * @returns {string[]}
 */
function pageQueriesOf(document) {
  return (document.components.schemas.PageUrl.anyOf ?? []).map(
    (/** @type {any} */ branch) => deref(document, branch)["x-page-query"],
  );
}

/**
 * @param {import("./document.js").Node} document
 * @param {(examples: import("./document.js").Node) => void} visit
 */
function eachExampleMap(document, visit) {
  for (const part of [document.paths, document.components]) {
    walk(part, (node, key) => {
      if (
        key === "examples" &&
        Object.values(node).every((each) => deref(document, each)?.value !== undefined)
      ) {
        visit(node);
      }
    });
  }
}

/**
 * @param {any} value
 * @param {{ dropped: Set<string>, fieldsBefore: Record<string, string[]>, fieldsAfter: Record<string, string[]>, rewrite: (text: string) => string }} change
 * @returns {any} the value with the handlers, fields and URLs that the instance has
 */
function deriveValue(value, change) {
  if (typeof value === "string") return change.rewrite(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value
      .filter((item) => !change.dropped.has(item?.type))
      .map((/** @type {any} */ item) => deriveValue(item, change));
  }
  const gone = (change.fieldsBefore[value.type] ?? []).filter(
    (field) => !change.fieldsAfter[value.type]?.includes(field),
  );
  /** @type {Record<string, any>} */
  const derived = {};
  for (const [key, child] of Object.entries(value)) {
    if (gone.includes(key)) continue;
    const next = deriveValue(child, change);
    for (const field of gone) if (key === "settings") delete next[field];
    derived[key] = next;
  }
  if (Array.isArray(value.data) && typeof value.meta?.total === "number") {
    derived.meta.total -= value.data.length - derived.data.length;
  }
  return derived;
}
