import { shapeProblems } from "./entry-shape.js";
import { familyOf, listOperation } from "./family.js";
import { namesOf } from "./handler-type.js";

/**
 * What redocly.yaml says of one instance; entry.schema.json says what each means.
 *
 * @typedef {object} InstanceOptions
 * @property {string} base_url
 * @property {{ url?: string, language: string, seen: string, example?: { name?: string, datetime?: string } }} source
 * @property {string[] | "unknown"} types
 * @property {Record<string, string[]>} [custom_types]
 * @property {Record<string, string[]>} [without_fields]
 * @property {Record<string, string[]>} [extra_fields]
 * @property {Record<string, string[]>} [inert_fields]
 * @property {string[]} [untyped_fields]
 * @property {string} links
 * @property {string[]} [filters]
 * @property {Record<string, string>} [custom_filters]
 * @property {string} [filter_datetimes]
 * @property {number[]} [page_sizes]
 * @property {number} [default_page_size]
 * @property {number} [default_page]
 * @property {boolean} [trailing_slash]
 * @property {string[]} [without_operations]
 */

/**
 * A statement in redocly.yaml that can't be carried out.
 *
 * @typedef {object} OptionProblem
 * @property {(string | number)[]} path where it stands, below the decorator's options
 * @property {string} message
 */

/**
 * Checks an instance's entry before anything is derived from it.
 *
 * @param {import("./document.js").Node} document the family's contract, bundled
 * @param {Record<string, unknown>} options the entry, as written
 * @param {(url: string) => string | undefined} ownerOf the name of an earlier instance with that base URL
 * @returns {OptionProblem[]} empty if the entry is valid
 */
export function checkOptions(document, options, ownerOf) {
  const misshapen = shapeProblems(options);
  if (misshapen.length > 0) return misshapen;
  const entry = /** @type {InstanceOptions} */ (/** @type {unknown} */ (options));
  const family = familyOf(document);
  return [
    ...whereProblems(entry, family.url, ownerOf),
    ...typeProblems(entry, family),
    ...listProblems(entry, family),
    ...operationProblems(entry, family),
  ];
}

/**
 * @param {InstanceOptions} entry
 * @param {string} familyUrl
 * @param {(url: string) => string | undefined} ownerOf
 * @returns {OptionProblem[]}
 */
function whereProblems({ base_url: url, source }, familyUrl, ownerOf) {
  const problems = [];
  if (!URL.canParse(url)) problems.push({ path: ["base_url"], message: `base_url ${url} is not a URL.` });
  else if (comparable(familyUrl) === comparable(url)) {
    problems.push({ path: ["base_url"], message: `base_url changes nothing: ${url} is the family's own.` });
  } else {
    const other = ownerOf(url);
    if (other !== undefined)
      problems.push({ path: ["base_url"], message: `base_url ${url} is also that of ${other}.` });
  }
  if (!isLanguage(source.language)) {
    problems.push({
      path: ["source", "language"],
      message: `"${source.language}" is not a language: use a BCP 47 tag, such as fr or pt-BR.`,
    });
  }
  if (source.url !== undefined && !URL.canParse(source.url)) {
    problems.push({ path: ["source", "url"], message: `${source.url} is not a URL.` });
  }
  for (const [path, text] of /** @type {const} */ ([
    [["source", "seen"], source.seen],
    [["source", "example", "datetime"], source.example?.datetime],
  ])) {
    if (text !== undefined && !isInCalendar(text))
      problems.push({ path: [...path], message: `${text} does not exist in the calendar.` });
  }
  return problems;
}

/** Whether a date, or a date and a time, exists: no 31 February, no 25 o'clock. @param {string} text */
function isInCalendar(text) {
  const [day, time = "00:00:00"] = text.split(" ");
  const moment = new Date(`${day}T${time}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(`${day}T${time}`);
}

/** @param {string} tag */
function isLanguage(tag) {
  try {
    return /^[a-z]{2,3}(-|$)/i.test(tag) && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/**
 * A base URL in the form in which URLs are compared: host in lower case, without a default port. Text that is not a URL is compared as it
 * is.
 *
 * @param {unknown} url
 * @returns {string}
 */
export function comparable(url) {
  return URL.canParse(String(url)) ? new URL(String(url)).href : String(url);
}

/** @typedef {ReturnType<typeof familyOf>} Family */

/** @param {InstanceOptions} entry @param {Family} family @returns {OptionProblem[]} */
function typeProblems(entry, family) {
  const { types, custom_types: custom = {}, without_fields: without = {}, extra_fields: extra = {} } = entry;
  /** @type {OptionProblem[]} */
  const problems = [];
  const allowed = types === "unknown" ? family.types : types;
  if (types !== "unknown") problems.push(...unknownNames(["types"], types, family.types, "handler type"));
  const names = new Set(family.components);
  for (const [type, fields] of Object.entries(custom)) {
    if (family.types.includes(type)) {
      problems.push({
        path: ["custom_types", type],
        message: `The family has the type "${type}": list it under types.`,
      });
    }
    problems.push(...ownNames(["custom_types", type], fields, family));
    const taken = Object.values(namesOf(type)).find((name) => names.has(name));
    if (taken !== undefined && !family.types.includes(type)) {
      const message = `The type "${type}" would be described by ${taken}, which is a name of the contract or of another type.`;
      problems.push({ path: ["custom_types", type], message });
    }
    for (const name of Object.values(namesOf(type))) names.add(name);
  }
  for (const [option, byType] of /** @type {const} */ ([
    ["without_fields", without],
    ["extra_fields", extra],
  ])) {
    for (const type of Object.keys(byType)) {
      if (!allowed.includes(type)) {
        problems.push({
          path: [option, type],
          message: `The type "${type}" is not one of this instance's types.`,
        });
      }
    }
  }
  for (const [type, fields] of Object.entries(without)) {
    const known = [...(family.fields.get(type)?.keys() ?? [])];
    problems.push(...unknownNames(["without_fields", type], fields, known, `field of type ${type}`));
  }
  for (const [type, fields] of Object.entries(extra)) {
    problems.push(...ownNames(["extra_fields", type], fields, family));
    fields.forEach((field, index) => {
      if (family.fields.get(type)?.has(field)) {
        problems.push({
          path: ["extra_fields", type, index],
          message: `The family has the field "${field}" for type ${type} already.`,
        });
      }
    });
  }
  for (const type of Object.keys(entry.inert_fields ?? {})) {
    if (types === "unknown" || allowed.includes(type) || Object.hasOwn(custom, type)) {
      problems.push({
        path: ["inert_fields", type],
        message: `The instance has the type "${type}", so its fields do something: see extra_fields and without_fields.`,
      });
    }
  }
  return problems;
}

/**
 * A field must not have the name of a property that every handler has. @param {(string | number)[]} path @param {string[]} fields @param
 * {Family} family
 */
function ownNames(path, fields, family) {
  return fields.flatMap((field, index) =>
    Object.hasOwn(family.properties, field)
      ? [
          {
            path: [...path, index],
            message: `"${field}" is a property of every handler, so no field of a type can have its name.`,
          },
        ]
      : [],
  );
}

/**
 * @param {(string | number)[]} path
 * @param {string[]} list
 * @param {string[]} known
 * @param {string} noun
 * @returns {OptionProblem[]}
 */
function unknownNames(path, list, known, noun) {
  return list.flatMap((name, index) =>
    known.includes(name)
      ? []
      : [
          {
            path: [...path, index],
            message: `The contract knows no ${noun} "${name}". Known: ${known.join(", ") || "none"}.`,
          },
        ],
  );
}

/** @param {InstanceOptions} entry @param {Family} family @returns {OptionProblem[]} */
function listProblems(entry, family) {
  /** @type {OptionProblem[]} */
  const problems = [];
  const {
    links,
    filters = [],
    custom_filters: custom = {},
    filter_datetimes: form,
    page_sizes: sizes,
  } = entry;
  if (!family.links.includes(links)) {
    problems.push({
      path: ["links"],
      message: `The contract knows no form of links "${links}". Known: ${family.links.join(", ")}.`,
    });
  }
  problems.push(...unknownNames(["filters"], filters, family.filters, "list filter"));
  const types = entry.types === "unknown" ? family.types : entry.types;
  const fields = types.flatMap((type) => {
    const without = entry.without_fields?.[type] ?? [];
    return [...(family.fields.get(type)?.keys() ?? [])].filter((field) => !without.includes(field));
  });
  const own = [entry.custom_types, entry.extra_fields].flatMap((each) => Object.values(each ?? {}).flat());
  const plain = Object.entries(family.properties).filter(([, role]) => role === "id" || role === "name");
  const comparable = [...plain.map(([name]) => name), ...fields, ...own];
  for (const [name, property] of Object.entries(custom)) {
    if (family.parameters.includes(name)) {
      problems.push({
        path: ["custom_filters", name],
        message: `The family has the list parameter "${name}": see filters.`,
      });
    }
    if (!comparable.includes(property)) {
      problems.push({
        path: ["custom_filters", name],
        message: `A filter compares one of ${comparable.join(", ")}, not "${property}": the sandbox could not serve it.`,
      });
    }
  }
  if (form !== undefined && !filters.some((name) => family.datetimeFilters.includes(name))) {
    problems.push({
      path: ["filter_datetimes"],
      message: `filter_datetimes changes nothing: none of ${family.datetimeFilters.join(", ")} is among the filters.`,
    });
  }
  if (sizes?.some((size, index) => index > 0 && size < (sizes[index - 1] ?? 0))) {
    problems.push({ path: ["page_sizes"], message: "page_sizes must be ascending." });
  }
  return problems;
}

/** @param {InstanceOptions} entry @param {Family} family @returns {OptionProblem[]} */
function operationProblems(entry, family) {
  const { without_operations: without = [], page_sizes: sizes = family.pageSizes } = entry;
  const size = entry.default_page_size ?? family.defaultPageSize;
  const removable = family.operations.filter((name) => !name.startsWith(listOperation));
  const problems = unknownNames(["without_operations"], without, removable, "operation that may be missing");
  if (!sizes.includes(size)) {
    const path = [entry.default_page_size === undefined ? "page_sizes" : "default_page_size"];
    problems.push({
      path,
      message: `The default page size ${size} is not one of the page sizes ${sizes.join(", ")}.`,
    });
  }
  return problems;
}
