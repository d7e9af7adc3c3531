import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Cursor } from "../cursor.js";

const UNIONS = ["NotificationHandler", "CreateNotificationHandler", "UpdateNotificationHandler"];

/** The file next to those of the handler types that describes no single type. */
const notAType = "any-other-type.yaml";

/**
 * Rule `notification-handlers/handler-types-complete`: whatever lists handler types, or fields of a type, lists all of them.
 *
 * - Each value of `HandlerType` has a branch in the resource, the create body and the update body, in the same order.
 * - The fields of a type's create body are those of its update body and of its settings; the update without a type has those of all types.
 * - Each type has a named example in the bodies and in the answer to a read, and a handler in the first list of several.
 * - The numbers next to a list fit it.
 *
 * In the source it reports the file and line that lacks something; `npm run add-type` writes all of them.
 */
export function handlerTypesComplete() {
  return {
    Root: {
      /**
       * @param {any} document
       * @param {any} context
       */
      leave(document, context) {
        const paths = new Cursor(context, document, context.location).at("paths");
        const operations = operationsOf(paths);
        const create = operations
          .get("createNotificationHandler")
          ?.at("requestBody", "content", "multipart/form-data");
        const update = operations
          .get("updateNotificationHandler")
          ?.at("requestBody", "content", "multipart/form-data");
        const read = operations
          .get("getNotificationHandler")
          ?.at("responses", "200", "content", "application/json");
        const list = operations
          .get("listNotificationHandlers")
          ?.at("responses", "200", "content", "application/json");
        if (list === undefined) return;
        const resource = list.at("schema", "properties", "data", "items");
        const listed = typeList(resource, new Cursor(context, document, context.location));
        if (listed === undefined) return;
        const types = /** @type {string[]} */ (listed.node);
        reportUnlistedFiles(listed);

        const unions = [resource, create?.at("schema"), update?.at("schema")];
        unions.forEach((union, index) => {
          if (union !== undefined) checkUnion(union, UNIONS[index] ?? "", types);
        });
        if (create !== undefined) checkFields(types, resource, create.at("schema"), update?.at("schema"));
        for (const body of [create, update, read]) {
          if (body !== undefined) checkExamples(body.at("examples"), types);
        }
        checkLists(list.at("examples"), types);
      },
    },
  };
}

/** @param {Cursor} paths @returns {Map<string, Cursor>} the operations by their ids */
function operationsOf(paths) {
  const operations = paths.all().flatMap((item) => item.all());
  return new Map(
    operations.filter(({ node }) => node?.operationId).map((each) => [each.node.operationId, each]),
  );
}

/**
 * The list of the types. In a bundle it is a component; in the source it is a file that the filter by type or the open branch refers to.
 *
 * @param {Cursor} resource
 * @param {Cursor} root
 * @returns {Cursor | undefined} the place of its enum
 */
function typeList(resource, root) {
  const component = root.at("components", "schemas", "HandlerType", "enum");
  if (component.node !== undefined) return component;
  const open = resource
    .at("oneOf")
    .all()
    .map((branch) => branch.at("properties", "type", "not", "enum"));
  return open.find(({ node }) => Array.isArray(node));
}

/** Reports a file for a type that is not listed: nothing would read it. @param {Cursor} listed */
function reportUnlistedFiles(listed) {
  const file = listed.location.source.absoluteRef;
  if (basename(file) !== "HandlerType.yaml") return;
  for (const each of readdirSync(join(dirname(file), "..", "handlers"))) {
    const type = basename(each, ".yaml");
    if (each !== notAType && !listed.node.includes(type)) {
      listed.report(
        `components/handlers/${each} describes the type ${type}, which HandlerType does not list.`,
      );
    }
  }
}

/** @param {Cursor} union @param {string} name @param {string[]} types */
function checkUnion(union, name, types) {
  const branches = union.at("oneOf");
  const named = branches
    .all()
    .map((branch) => branch.at("properties", "type").node?.const)
    .filter((type) => type !== undefined);
  const missing = types.filter((type) => !named.includes(type));
  const unlisted = named.filter((type) => !types.includes(type));
  for (const type of missing)
    branches.report(`${name} lacks a branch for the type ${type}, which HandlerType lists.`);
  for (const type of unlisted)
    branches.report(`${name} has a branch for the type ${type}, which HandlerType does not list.`);
  if (missing.length + unlisted.length === 0 && named.join() !== types.join()) {
    branches.report(
      `${name} has its branches in the order ${named.join(", ")}; HandlerType has ${types.join(", ")}.`,
    );
  }
  for (const branch of branches.all()) {
    if (!branch.node?.description) branch.report(`This branch of ${name} has no description.`);
  }
}

/** @param {Cursor} union @param {string} type @returns {Cursor | undefined} the properties of a type's branch */
function propertiesOf(union, type) {
  const branch = union
    .at("oneOf")
    .all()
    .find((each) => each.at("properties", "type").node?.const === type);
  return branch?.at("properties");
}

/**
 * @param {string[]} types
 * @param {Cursor} resource
 * @param {Cursor} create
 * @param {Cursor | undefined} update
 */
function checkFields(types, resource, create, update) {
  const bodies = types.map((type) => Object.keys(propertiesOf(create, type)?.node ?? {}));
  // Properties that every body has are not fields of a type. They can't be computed if there is only one type, so they are named.
  const shared = ["type", "name"];
  const keeping = update
    ?.at("oneOf")
    .all()
    .find((each) => each.node?.properties && !("type" in each.node.properties));
  types.forEach((type, index) => {
    const fields = (bodies[index] ?? []).filter((name) => !shared.includes(name));
    /** @type {[Cursor | undefined, string][]} */
    const places = [
      [update && propertiesOf(update, type), `the update body of type ${type}`],
      [settingsOf(resource, type), `the settings of type ${type}`],
      [keeping?.at("properties"), "the update without a type"],
    ];
    for (const [place, what] of places) {
      if (place === undefined) continue;
      for (const field of fields) {
        if (!(field in (place.node ?? {})))
          place.report(`${capital(what)} lacks the field ${field}, which the create body has.`);
      }
    }
  });
  const known = new Set(bodies.flat());
  for (const name of Object.keys(keeping?.node.properties ?? {})) {
    if (!known.has(name) && name !== "is_enabled") {
      keeping
        ?.at("properties", name)
        .report(`The update without a type has the field ${name}, which no create body has.`);
    }
  }
}

/** @param {Cursor} resource @param {string} type @returns {Cursor | undefined} the properties of a type's settings */
function settingsOf(resource, type) {
  const settings = propertiesOf(resource, type)?.at("settings");
  const object = settings
    ?.at("anyOf")
    .all()
    .find(({ node }) => node?.type === "object");
  return object?.node.properties === undefined ? settings : object.at("properties");
}

/** @param {Cursor} examples @param {string[]} types */
function checkExamples(examples, types) {
  for (const type of types) {
    const { node } = examples.at(type);
    if ((node?.value?.type ?? node?.value?.data?.type) !== type) {
      examples.report(`There is no example named ${type} that shows a handler of this type.`);
    }
  }
}

/** @param {Cursor} examples those of the list @param {string[]} types */
function checkLists(examples, types) {
  const lists = examples.all();
  const several = lists.find(({ node }) => node?.value?.data?.length > 1);
  const shown = (several?.node.value.data ?? []).map((/** @type {any} */ handler) => handler.type);
  const missing = types.filter((type) => !shown.includes(type));
  const { results_per_page: size } = several?.node.value.meta ?? {};
  if (several !== undefined && missing.length > 0 && shown.length < size) {
    several.report(`This list must show one handler of each type; it lacks ${missing.join(", ")}.`);
  }
  for (const list of lists) {
    const { data, meta } = list.node?.value ?? {};
    if (!Array.isArray(data) || meta === undefined) continue;
    const pages = Math.max(1, Math.ceil(meta.total / meta.results_per_page));
    if (meta.total_pages !== pages)
      list.report(`With a total of ${meta.total} there are ${pages} pages, not ${meta.total_pages}.`);
    const room = Math.min(meta.results_per_page, meta.total - (meta.page - 1) * meta.results_per_page);
    if (pages === 1 ? data.length !== room : data.length > room) {
      list.report(`The page shows ${data.length} handlers; by its meta it must show ${room}.`);
    }
  }
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
