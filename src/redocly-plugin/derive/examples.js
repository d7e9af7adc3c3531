import { deref, walk } from "../document.js";
import { familyUrl, fieldsOf, operationsOf, parameterWithRole } from "../family.js";
import { namesOf, typeExamples } from "../handler-type.js";
import { texts } from "../texts.js";

/** @typedef {import("../document.js").Node} Node */

/**
 * Gives every example the types, fields, URLs, sizes and values of the instance. The family's contract has one handler of each type, in the
 * answer to a read; all other examples are made from those.
 *
 * @param {Node} document
 * @param {import("../options.js").InstanceOptions} options
 */
export function deriveExamples(document, options) {
  const handlers = handlersOf(document, options);
  deriveAnswers(document, handlers);
  deriveBodies(document, handlers);
  deriveParameterExamples(document);
  if (options.source.example === undefined) withoutPage(document);
  const url = familyUrl(document);
  const pageQuery = pageQueryOf(document);
  const rewrite = (/** @type {unknown} */ text) =>
    typeof text === "string" && text.startsWith(`${url}/`)
      ? options.base_url + text.slice(url.length).replace(/\?&?page=/, pageQuery)
      : text;
  for (const part of [document.paths, document.components]) rewriteExamples(part, rewrite);
}

/** @typedef {{ handler: any, isPages: boolean }} Shown an example of a type, and whether it is the page's own */

/**
 * A handler of each type of the instance, with the fields that it has.
 *
 * @param {Node} document
 * @param {import("../options.js").InstanceOptions} options
 * @returns {Map<string, Shown>}
 */
function handlersOf(document, { source }) {
  const { schemas } = document.components;
  const shown = answerExamples(document, "SingleNotificationHandler");
  const handlers = new Map();
  const fields = fieldsOf(document);
  let id = Math.max(...Object.values(shown).map((example) => example.value.data.id));
  for (const type of schemas.HandlerType.enum) {
    const example = shown[type];
    const values = Object.fromEntries(
      [...(fields.get(type) ?? [])].map(([field, component]) => {
        const [value] = schemas[component].examples ?? [];
        return [field, example?.value.data.settings[field] ?? value];
      }),
    );
    const isPages = example?.["x-evidence"] === "documented";
    const handler = example
      ? { ...example.value.data, settings: values }
      : {
          id: ++id,
          type,
          name: `Another ${type}`,
          settings: values,
          is_enabled: true,
          last_datetime: null,
          datetime: Object.values(shown).at(-1)?.value.data.datetime,
        };
    if (isPages) Object.assign(handler, source.example);
    handlers.set(type, { handler, isPages });
  }
  return handlers;
}

/** @param {Node} document @param {Map<string, Shown>} handlers */
function deriveAnswers(document, handlers) {
  const all = [...handlers.values()].map(({ handler }) => handler);
  const one = answerExamples(document, "SingleNotificationHandler");
  for (const key of Object.keys(one)) if (!handlers.has(key)) delete one[key];
  for (const [type, { handler }] of handlers) {
    one[type] = {
      ...(one[type] ?? examplesOf(type, handler)[namesOf(type).example]),
      value: { data: handler },
    };
  }

  const size = parameterWithRole(document, "page-size").schema.default;
  const lists = answerExamples(document, "NotificationHandlerList");
  const [first] = all;
  for (const [key, example] of Object.entries(lists)) {
    const { value } = example;
    const isPages = example["x-evidence"] === "documented";
    const shown = value.data
      .map((/** @type {any} */ handler) => handlers.get(handler.type)?.handler)
      .filter(Boolean);
    if (isPages && shown.length === 0) {
      delete lists[key];
      continue;
    }
    const data =
      value.data.length > 1 ? all.slice(0, size) : value.data.length === 1 ? [shown[0] ?? first] : [];
    const pages = value.meta.total_pages;
    const total = pages > 1 ? (pages - 1) * size + 1 : value.data.length > 1 ? all.length : data.length;
    const last = Math.max(1, Math.ceil(total / size));
    const url = (/** @type {number} */ page) => value.links.first.replace(/\d+$/, String(page));
    const { page } = value.meta;
    lists[key] = {
      ...example,
      value: {
        data,
        meta: { ...value.meta, results_per_page: size, total, total_pages: last },
        links: {
          ...value.links,
          last: url(last),
          next: page < last ? url(page + 1) : null,
          prev: page > 1 ? url(page - 1) : null,
        },
      },
    };
  }
}

/** @param {Node} document @param {Map<string, Shown>} handlers */
function deriveBodies(document, handlers) {
  const { examples } = document.components;
  for (const [union, part, kind] of /** @type {const} */ ([
    ["CreateNotificationHandler", "createExample", "create"],
    ["UpdateNotificationHandler", "updateExample", "update"],
  ])) {
    const map = bodyExamples(document, union);
    if (map === undefined) continue;
    const isOpen = document.components.schemas[union].oneOf.some((/** @type {any} */ branch) =>
      branch.$ref.endsWith(`/${kind === "create" ? "Create" : "Update"}OtherNotificationHandler`),
    );
    for (const [key, reference] of Object.entries(map)) {
      const { type } = deref(document, reference).value;
      if (type !== undefined && !handlers.has(type) && !(isOpen && key === "another_type")) delete map[key];
    }
    for (const [type, { handler }] of handlers) {
      const name = namesOf(type)[part];
      const known = deref(document, map[type]);
      const made = examplesOf(type, handler)[name];
      const value =
        known?.["x-evidence"] === "documented"
          ? { ...made.value, ...shared(known.value, made.value) }
          : made.value;
      examples[name] = { ...(known ?? made), value };
      map[type] = { $ref: `#/components/examples/${name}` };
    }
    const { another_type: another, ...rest } = map;
    setBodyExamples(document, union, another === undefined ? rest : { ...rest, another_type: another });
  }
}

/** The properties of one object that another has, too. @param {any} one @param {any} other */
function shared(one, other) {
  return Object.fromEntries(Object.entries(one).filter(([name]) => Object.hasOwn(other, name)));
}

/** If an entry does not say what its page's examples show, no example counts as the page's. @param {Node} document */
function withoutPage(document) {
  delete answerExamples(document, "NotificationHandlerList").documented;
  /** @param {any} holder a response or a request body */
  const makeOurs = (holder) => {
    for (const { examples = {} } of Object.values(holder?.content ?? {})) {
      for (const reference of Object.values(examples)) {
        const example = deref(document, reference);
        if (example["x-evidence"] !== "documented") continue;
        delete example["x-evidence"];
        Object.assign(example, { summary: holder.description, description: texts.ours });
      }
    }
  };
  for (const response of Object.values(document.components.responses)) makeOurs(response);
  for (const { operation } of operationsOf(document)) makeOurs(operation.requestBody);
}

/** @param {string} type @param {any} handler @returns {Record<string, any>} */
function examplesOf(type, handler) {
  return typeExamples(type, handler.settings, handler);
}

/** The examples of the filter by type must name a type of the instance. @param {Node} document */
function deriveParameterExamples(document) {
  const { schemas, parameters } = document.components;
  const [first] = schemas.HandlerType.enum;
  for (const parameter of Object.values(parameters)) {
    if (parameter.schema.$ref !== "#/components/schemas/HandlerType") continue;
    for (const example of Object.values(parameter.examples)) {
      if (!schemas.HandlerType.enum.includes(example.value)) example.value = first;
    }
  }
}

/** @param {Node} document @param {string} response @returns {Record<string, any>} the named examples of an answer */
function answerExamples(document, response) {
  const { content = {} } = document.components.responses[response] ?? {};
  const [media] = Object.values(content);
  return media?.examples ?? {};
}

/** @param {Node} document @param {string} union @returns {any} the media type whose schema is the union */
function bodyOf(document, union) {
  for (const item of Object.values(document.paths)) {
    for (const media of Object.values(item.post?.requestBody?.content ?? {})) {
      if (media.schema.$ref === `#/components/schemas/${union}`) return media;
    }
  }
  return undefined;
}

/** @param {Node} document @param {string} union @returns {Record<string, any> | undefined} */
function bodyExamples(document, union) {
  return bodyOf(document, union)?.examples;
}

/** @param {Node} document @param {string} union @param {Record<string, any>} examples */
function setBodyExamples(document, union, examples) {
  bodyOf(document, union).examples = examples;
}

/** @param {Node} document @returns {string} the text between the path and the page number */
function pageQueryOf(document) {
  return document.components.schemas.PageUrl["x-page-query"];
}

/** Rewrites the texts of all examples. @param {any} part @param {(text: unknown) => unknown} rewrite */
function rewriteExamples(part, rewrite) {
  walk(part, (node) => {
    if ("value" in node && "summary" in node) node.value = rewritten(node.value);
    if (Array.isArray(node.examples))
      node.examples = node.examples.map((/** @type {unknown} */ each) => rewritten(each));
  });
  /** @param {any} value @returns {any} */
  function rewritten(value) {
    if (typeof value !== "object" || value === null) return rewrite(value);
    if (Array.isArray(value)) return value.map(rewritten);
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, rewritten(child)]));
  }
}
