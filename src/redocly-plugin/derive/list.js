import { deref } from "../document.js";
import { familyOf, listOperation, operationsOf, parameterWithRole } from "../family.js";
import { freeName, pascal } from "../handler-type.js";
import { texts } from "../texts.js";

/** @typedef {import("../document.js").Node} Node */

/**
 * Gives the list the parameters, formats and paths of the instance.
 *
 * @param {Node} document
 * @param {import("../options.js").InstanceOptions} options
 */
export function deriveList(document, options) {
  deriveFilters(document, options);
  derivePages(document, options);
  deriveLinkForm(document, options.links);
  if (options.filter_datetimes !== undefined) deriveFilterDatetimes(document, options.filter_datetimes);
  if (options.trailing_slash === false) withoutSlash(document);
}

/** @param {Node} document @param {import("../options.js").InstanceOptions} options */
function deriveFilters(document, { filters = [], custom_filters: custom = {} }) {
  const unwanted = familyOf(document).filters.filter((name) => !filters.includes(name));
  const { parameters } = document.components;
  const added = Object.entries(custom).map(([name, property]) => {
    const component = freeName(new Set(Object.keys(parameters)), pascal(name), `${pascal(name)}Filter`);
    parameters[component] = customFilter(document, name, property);
    return { $ref: `#/components/parameters/${component}` };
  });
  for (const { operation } of operationsOf(document)) {
    if (!operation.operationId.startsWith(listOperation)) continue;
    operation.parameters = [
      ...operation.parameters.filter(
        (/** @type {any} */ each) => !unwanted.includes(deref(document, each).name),
      ),
      ...added,
    ];
  }
}

/** @param {Node} document @param {string} name @param {string} property */
function customFilter(document, name, property) {
  const { schemas } = document.components;
  const isId = familyOf(document).properties[property] === "id";
  const schema = isId ? { $ref: "#/components/schemas/NotificationHandlerId" } : { type: "string" };
  const [value] = isId ? schemas.NotificationHandlerId.examples : schemas.HandlerName.examples;
  return {
    name,
    in: "query",
    description: texts.customFilter(name, property),
    "x-evidence": { description: "inferred" },
    "x-assumption": texts.customFilterAssumption(name, property),
    schema,
    examples: { one: { summary: texts.customFilterExample, description: texts.ours, value } },
  };
}

/** @param {Node} document @param {import("../options.js").InstanceOptions} options */
function derivePages(document, { page_sizes: sizes, default_page_size: size, default_page: page }) {
  const sizeParameter = parameterWithRole(document, "page-size");
  if (sizes !== undefined) {
    sizeParameter.schema.enum = sizes;
    for (const example of Object.values(sizeParameter.examples)) example.value = sizes.at(-1);
  }
  if (size !== undefined) sizeParameter.schema.default = size;
  if (page !== undefined) parameterWithRole(document, "page").schema.default = page;
}

/** Keeps only one form of the page URLs. @param {Node} document @param {string} form */
function deriveLinkForm(document, form) {
  const { PageUrl: choice } = document.components.schemas;
  const branch = choice.anyOf.find((/** @type {any} */ each) => each["x-link-form"] === form);
  document.components.schemas.PageUrl = { title: choice.title, ...branch };
}

/** PHP's letters of a datetime: the regular expression of each, and its notation for people. */
const letters = new Map([
  ["Y", ["\\d{4}", "YYYY"]],
  ["m", ["\\d{2}", "MM"]],
  ["d", ["\\d{2}", "DD"]],
  ["H", ["\\d{2}", "HH"]],
  ["i", ["\\d{2}", "MM"]],
  ["s", ["\\d{2}", "SS"]],
]);

/** @param {Node} document @param {string} format in PHP's notation */
function deriveFilterDatetimes(document, format) {
  const schema = document.components.schemas.FilterDatetime;
  const before = schema["x-datetime-format"];
  /** @param {0 | 1} column @param {(rest: string) => string} [other] */
  const spelt = (column, other = (rest) => rest) =>
    [...format].map((letter) => letters.get(letter)?.[column] ?? other(letter)).join("");
  /** @param {string} text a moment in the family's form */
  const rewritten = (text) => rewriteDatetime(text, before, format);
  schema.pattern = `^${spelt(0, (rest) => rest.replace(/[./]/, "\\$&"))}$`;
  const hasSeconds = format.includes("s");
  schema.description = hasSeconds ? texts.filterDatetime(spelt(1)) : texts.filterPeriod(spelt(1));
  if (!hasSeconds) schema["x-assumption"] = texts.filterPeriodAssumption;
  schema.examples = schema.examples.map(rewritten);
  schema["x-datetime-format"] = format;
  for (const parameter of Object.values(document.components.parameters)) {
    if (deref(document, parameter.schema) !== schema) continue;
    for (const example of Object.values(parameter.examples)) example.value = rewritten(example.value);
  }
}

/** @param {string} text @param {string} from @param {string} to formats in PHP's notation @returns {string} */
function rewriteDatetime(text, from, to) {
  const order = [...from.matchAll(/[YmdHis]/g)].map(([letter]) => letter);
  const parts = text.match(/\d+/g) ?? [];
  return to.replaceAll(/[YmdHis]/g, (letter) => parts[order.indexOf(letter)] ?? letter);
}

/**
 * The page documents the list at the URL without the slash, so what the family infers about that URL is documented here. @param {Node}
 * document
 */
function withoutSlash(document) {
  const all = operationsOf(document);
  const documented = all.find(({ operation }) => operation.operationId === listOperation);
  const byLink = all.find(
    ({ path, method }) => path === documented?.path.replace(/\/$/, "") && method === "get",
  );
  if (documented === undefined || byLink === undefined) return;
  const { "same-parameters": _, ...assumptions } = documented.operation["x-assumptions"];
  document.paths[byLink.path].get = { ...documented.operation, "x-assumptions": assumptions };
  delete document.paths[documented.path];
}
