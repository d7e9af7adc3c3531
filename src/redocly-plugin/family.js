import { deref, handlerTypeOf } from "./document.js";

/** The list operation at the documented URL, which every instance has. */
export const listOperation = "listNotificationHandlers";

/** @typedef {import("./document.js").Node} Node */

/**
 * What an entry can choose from, read from the family's contract.
 *
 * @param {Node} document the family's contract, bundled, with its internal annotations
 */
export function familyOf(document) {
  const { schemas, parameters } = document.components;
  const roleOf = new Map(Object.values(parameters).map((each) => [each.name, each["x-role"]]));
  const operations = operationsOf(document);
  const list = operations.find(({ operation }) => operation.operationId === listOperation)?.operation;
  const names = (list?.parameters ?? []).map((/** @type {any} */ each) => deref(document, each).name);
  return {
    /** @type {string[]} */
    types: schemas.HandlerType.enum,
    fields: fieldsOf(document),
    /** The resource's own properties, by role. */
    properties: propertyRoles(document),
    /** @type {string[]} */
    filters: names.filter((/** @type {string} */ name) => !["page", "page-size"].includes(roleOf.get(name))),
    datetimeFilters: names.filter((/** @type {string} */ name) =>
      ["range-start", "range-end"].includes(roleOf.get(name)),
    ),
    /** @type {string[]} */
    parameters: names,
    /** @type {string[]} */
    links: schemas.PageUrl.anyOf.map((/** @type {any} */ branch) => deref(document, branch)["x-link-form"]),
    /** The names of all components, which a new one must not reuse. */
    components: Object.values(document.components).flatMap((each) => Object.keys(each)),
    operations: operations.map(({ operation }) => operation.operationId),
    /** @type {number[]} */
    pageSizes: parameterWithRole(document, "page-size").schema.enum,
    /** @type {number} */
    defaultPageSize: parameterWithRole(document, "page-size").schema.default,
    url: familyUrl(document),
  };
}

/**
 * The parameter with a role (`x-role`).
 *
 * @param {Node} document
 * @param {string} role
 * @returns {any} the parameter object
 */
export function parameterWithRole(document, role) {
  return Object.values(document.components.parameters).find((each) => each["x-role"] === role);
}

/**
 * Every operation with its path and method.
 *
 * @param {Node} document
 * @returns {{ path: string, method: string, operation: any }[]}
 */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(/** @type {Node} */ (item))
      .filter(([, operation]) => typeof operation?.operationId === "string")
      .map(([method, operation]) => ({ path, method, operation })),
  );
}

/**
 * The fields of each type: the properties of its create body, without those that every create body has.
 *
 * @param {Node} document
 * @returns {Map<string, Map<string, string>>} by type: the component that describes each field, by the field's name
 */
export function fieldsOf(document) {
  const { schemas } = document.components;
  const shared = new Set(Object.keys(schemas.CreateOtherNotificationHandler.properties));
  const branches = schemas.CreateNotificationHandler.oneOf.map((/** @type {any} */ branch) =>
    deref(document, branch),
  );
  return new Map(
    branches
      .filter((/** @type {any} */ branch) => branch.properties.type.const !== undefined)
      .map((/** @type {any} */ branch) => [
        branch.properties.type.const,
        new Map(
          Object.entries(branch.properties)
            .filter(([name]) => !shared.has(name))
            .map(([name, schema]) => [name, String(schema.$ref).split("/").at(-1) ?? name]),
        ),
      ]),
  );
}

/**
 * The roles of the resource's properties: the `x-role` of their schemas. Type and settings have none, and are recognised by their form.
 *
 * @param {Node} document
 * @returns {Record<string, string>} role by property
 */
export function propertyRoles(document) {
  const { schemas } = document.components;
  const branch = schemas.NotificationHandler.oneOf
    .map((/** @type {any} */ each) => deref(document, each))
    .find((/** @type {any} */ each) => handlerTypeOf(document, each) !== undefined);
  return Object.fromEntries(
    Object.entries(branch.properties).map(([name, schema]) => [
      name,
      deref(document, schema)["x-role"] ?? (schema.const !== undefined ? "type" : "settings"),
    ]),
  );
}

/**
 * The family's base URL, with the defaults of its variables.
 *
 * @param {Node} document
 * @returns {string}
 */
export function familyUrl(document) {
  const [{ url, variables = {} }] = document.servers;
  return url.replaceAll(
    /\{(\w+)\}/g,
    (/** @type {string} */ _, /** @type {string} */ name) => variables[name].default,
  );
}
