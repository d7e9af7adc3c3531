import { deref, walk } from "../document.js";
import { fieldsOf, operationsOf } from "../family.js";
import { freeName, namesOf, pascal, plainField, typeSchemas } from "../handler-type.js";
import { texts } from "../texts.js";

/** @typedef {import("../document.js").Node} Node */

/** @param {string} component */
const ref = (component) => ({ $ref: `#/components/schemas/${component}` });

/**
 * Gives the document the handler types and fields of the instance.
 *
 * @param {Node} document
 * @param {import("../options.js").InstanceOptions} options
 */
export function deriveTypes(document, options) {
  const {
    types,
    custom_types: custom = {},
    inert_fields: inert = {},
    untyped_fields: untyped = [],
  } = options;
  const { schemas } = document.components;
  const isOpen = types === "unknown";
  const kept = isOpen
    ? schemas.HandlerType.enum
    : schemas.HandlerType.enum.filter((/** @type {string} */ type) => types.includes(type));
  const fields = instanceFields(document, options, kept);

  schemas.HandlerType.enum = [...kept, ...Object.keys(custom)];
  for (const [union, part] of /** @type {const} */ ([
    ["NotificationHandler", "resource"],
    ["CreateNotificationHandler", "create"],
    ["UpdateNotificationHandler", "update"],
  ])) {
    const branches = schemas[union].oneOf;
    const others = branches.filter((/** @type {any} */ branch) => {
      const { type } = deref(document, branch).properties;
      return type === undefined || (isOpen && type.const === undefined);
    });
    schemas[union].oneOf = [
      ...schemas.HandlerType.enum.map((/** @type {string} */ type) => ref(namesOf(type)[part])),
      ...others,
    ];
  }
  keepTypeShape(document, fields, isOpen);
  if (!isOpen) closeTypes(document);
  for (const [type, fields] of Object.entries(inert)) {
    noteOfForms(document, `inert-fields-of-${type}`, texts.inertFields(fields.join(", "), type));
  }
  if (untyped.length > 0) noteOfForms(document, "untyped-fields", texts.untypedFields(untyped.join(", ")));
}

/**
 * Describes each type's fields as the instance has them. Types that differ from the family's, and the instance's own types, get new
 * schemas.
 *
 * @param {Node} document
 * @param {import("../options.js").InstanceOptions} options
 * @param {string[]} kept the family's types that the instance has
 * @returns {Map<string, string>} the component of every field
 */
function instanceFields(document, options, kept) {
  const { custom_types: custom = {}, without_fields: without = {}, extra_fields: extra = {} } = options;
  const { schemas } = document.components;
  const family = fieldsOf(document);
  /** @type {Map<string, string>} */
  const all = new Map();
  for (const type of [...kept, ...Object.keys(custom)]) {
    const own = new Map(family.get(type));
    for (const field of without[type] ?? []) own.delete(field);
    for (const field of [...(extra[type] ?? []), ...(custom[type] ?? [])]) {
      own.set(field, addField(schemas, field, type));
    }
    if (type in without || type in extra || type in custom)
      Object.assign(schemas, typeSchemas(type, own, ref));
    for (const [field, component] of own) all.set(field, component);
  }
  return all;
}

/** @param {Node} schemas @param {string} field @param {string} type @returns {string} its component */
function addField(schemas, field, type) {
  const reserved = new Set([...Object.keys(schemas), ...Object.values(namesOf(type))]);
  const component = freeName(reserved, pascal(field), pascal(type) + pascal(field));
  schemas[component] = plainField(field, type);
  return component;
}

/**
 * The update without a type takes the fields of all types. @param {Node} document @param {Map<string, string>} fields @param {boolean}
 * isOpen
 */
function keepTypeShape(document, fields, isOpen) {
  const shape = document.components.schemas.UpdateNotificationHandlerKeepingType;
  const { name, is_enabled } = shape.properties;
  const own = Object.fromEntries([...fields].map(([field, component]) => [field, ref(component)]));
  shape.properties = { name, ...own, is_enabled };
  if (isOpen) return;
  delete shape.not;
  shape.additionalProperties = false;
}

/** If no other type is allowed, replaces the choice "listed type or any other" by the listed types. @param {Node} document */
function closeTypes(document) {
  const listed = "#/components/schemas/HandlerType";
  walk(document.components.parameters, (node) => {
    if (node.anyOf?.some((/** @type {any} */ each) => each.$ref === listed)) {
      delete node.anyOf;
      node.$ref = listed;
    }
  });
}

/** Adds a note to the operations that take a form. @param {Node} document @param {string} name @param {string} text */
function noteOfForms(document, name, text) {
  for (const { operation } of operationsOf(document)) {
    if (operation.requestBody === undefined) continue;
    operation["x-assumptions"] = { ...operation["x-assumptions"], [name]: text };
  }
}
