import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { Document, isMap, isSeq, parse, parseDocument, visit, type YAMLMap, type YAMLSeq } from "yaml";
import { namesOf, pascal, plainField } from "../redocly-plugin/handler-type.js";
import { texts } from "../redocly-plugin/texts.js";
import { GenerateError } from "./error.ts";
import { type HandlerField, renderHandlerFile } from "./handler-file.ts";
import { projectRoot } from "./paths.ts";

export interface AddTypeOptions {
  /** The name of the type on the wire. */
  type: string;
  /** The names of its fields on the wire. */
  fields: readonly string[];
  /** The folder of the contract; another one in tests. */
  folder?: string;
}

/**
 * Adds a handler type to the hand-written contract: its own file, and its line in every list of types. What the fields mean, and whether
 * the page says so, must then be written by hand.
 *
 * @returns the files that were written, relative to the project's folder
 * @throws {GenerateError} when the name is invalid or taken; nothing is written then
 */
export async function addType({
  type,
  fields,
  folder = join(projectRoot, "openapi"),
}: AddTypeOptions): Promise<string[]> {
  const components = join(folder, "components");
  const file = join(components, "handlers", `${type}.yaml`);
  const described = fields.map((name): HandlerField => {
    const component = pascal(name) === pascal(type) ? `${pascal(name)}Value` : pascal(name);
    return { name, component, schema: plainField(name, type) };
  });
  await checkNames(type, described, components, file);
  const list = join(components, "responses", "NotificationHandlerList.yaml");
  const count = (
    parse(await readFile(join(components, "schemas", "HandlerType.yaml"), "utf8")) as { enum: string[] }
  ).enum.length;
  const example = { id: count + 1, name: `Another ${type}`, datetime: "2026-05-20 09:30:00" };

  const names = namesOf(type);
  const handler = (component: string, from: string) => ({
    $ref: `${from}handlers/${type}.yaml#/${component}`,
  });
  const paths = (name: string) => join(folder, "paths", name);
  const schema = (name: string) => join(components, "schemas", `${name}.yaml`);
  const changes: [file: string, change: (root: YAMLMap) => void][] = [
    [schema("HandlerType"), (root) => seqAt(root, "enum").add(type)],
    [schema("NotificationHandler"), (root) => insert(seqAt(root, "oneOf"), handler(names.resource, "../"))],
    [
      schema("CreateNotificationHandler"),
      (root) => insert(seqAt(root, "oneOf"), handler(names.create, "../")),
    ],
    [
      schema("UpdateNotificationHandler"),
      (root) => insert(seqAt(root, "oneOf"), handler(names.update, "../")),
    ],
    [
      schema("UpdateNotificationHandlerKeepingType"),
      (root) => {
        const properties = mapAt(root, "properties");
        for (const { name, component } of described)
          insertKey(properties, name, handler(component, "../"), "is_enabled");
      },
    ],
    [
      join(components, "responses", "SingleNotificationHandler.yaml"),
      (root) => {
        const shown = {
          summary: texts.example(type),
          description: texts.ours,
          value: { data: handler(`${names.example}/value`, "../") },
        };
        insertKey(mapAt(root, "content", "application/json", "examples"), type, shown);
      },
    ],
    [
      list,
      (root) => {
        const value = mapAt(root, "content", "application/json", "examples", "every_type", "value");
        seqAt(value, "data").add(handler(`${names.example}/value`, "../"));
        mapAt(value, "meta").set("total", seqAt(value, "data").items.length);
      },
    ],
    [paths("notification-handlers.yaml"), bodyExample(type, names.createExample)],
    [paths("notification-handlers-{notification_handler_id}.yaml"), bodyExample(type, names.updateExample)],
  ];
  const contents = new Map<string, string>();
  for (const [path, change] of changes) {
    const document = parseDocument(await readFile(path, "utf8"));
    if (!isMap(document.contents)) throw new GenerateError(`${shown(path)} holds no map.`);
    change(document.contents as YAMLMap);
    contents.set(path, document.toString(style));
  }
  contents.set(file, renderHandlerFile(type, described, example));
  for (const [path, text] of contents) await writeFile(path, text);
  return [...contents.keys()].map(shown);
}

/** The layout of the contract's files: long texts are not wrapped. */
export const style = { lineWidth: 0, flowCollectionPadding: true } as const;

async function checkNames(
  type: string,
  fields: readonly HandlerField[],
  components: string,
  file: string,
): Promise<void> {
  const names = fields.map(({ name }) => name);
  for (const name of [type, ...names]) {
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(name) || name in {}) {
      throw new GenerateError(
        `"${name}" can't be the name of a type or a field: use up to 64 lower-case letters, digits and underscores, of which the first is a letter.`,
      );
    }
  }
  if (existsSync(file))
    throw new GenerateError(`${shown(file)} already exists: the contract has the type ${type}.`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new GenerateError(`The field ${twice} is named twice.`);
  const keeping = parse(
    await readFile(join(components, "schemas", "UpdateNotificationHandlerKeepingType.yaml"), "utf8"),
  ) as { properties: Record<string, unknown> };
  const reserved = [
    ...Object.keys(keeping.properties),
    "type",
    "id",
    "settings",
    "datetime",
    "last_datetime",
  ];
  const taken = names.find((name) => reserved.includes(name));
  if (taken !== undefined) {
    throw new GenerateError(`${taken} is a property of every handler, or a field of another type, already.`);
  }
  const present = await componentNames(components);
  for (const name of [...Object.values(namesOf(type)), ...fields.map(({ component }) => component)]) {
    if (present.has(name)) {
      throw new GenerateError(
        `${name} would be described twice: another type, field or part of the contract has that name.`,
      );
    }
    present.add(name);
  }
}

/** The names of all components of the contract: from the files of schemas and of handler types. */
async function componentNames(components: string): Promise<Set<string>> {
  const names = new Set<string>();
  for (const each of await readdir(join(components, "schemas"))) names.add(basename(each, ".yaml"));
  for (const each of await readdir(join(components, "handlers"))) {
    const file = parse(await readFile(join(components, "handlers", each), "utf8")) as object;
    for (const name of Object.keys(file)) names.add(name);
  }
  return names;
}

function bodyExample(type: string, component: string): (root: YAMLMap) => void {
  return (root) => {
    const examples = mapAt(root, "post", "requestBody", "content", "multipart/form-data", "examples");
    insertKey(examples, type, { $ref: `../components/handlers/${type}.yaml#/${component}` }, "another_type");
  };
}

/** Inserts an item before those that are about no single type, which are the last. */
function insert(list: YAMLSeq, item: { $ref: string }): void {
  const references = (list.toJSON() as { $ref: string }[]).map(({ $ref }) => $ref);
  const index = references.findIndex((each) => each.includes("any-other-type.yaml"));
  list.items.splice(index === -1 ? list.items.length : index, 0, createNode(item));
}

/** Inserts an entry before another one, or at the end. */
function insertKey(map: YAMLMap, key: string, value: unknown, before?: string): void {
  map.set(key, createNode(value));
  const pair = map.items.pop();
  if (pair === undefined) return;
  const index = map.items.findIndex(({ key: each }) => String(each) === before);
  map.items.splice(index === -1 ? map.items.length : index, 0, pair);
}

/** A node for the contract's files; a `$ref` is on the same line as its key. */
function createNode(value: unknown) {
  const node = new Document().createNode(value);
  visit(node as never, {
    Pair: (_key, { value: child }) => {
      if (isMap(child) && child.items.length === 1 && child.has("$ref")) child.flow = true;
    },
  });
  return node as never;
}

function mapAt(root: YAMLMap, ...keys: string[]): YAMLMap {
  const node = root.getIn(keys);
  if (!isMap(node)) throw new GenerateError(`The contract has no map ${keys.join(".")}.`);
  return node;
}

function seqAt(root: YAMLMap, ...keys: string[]): YAMLSeq {
  const node = root.getIn(keys);
  if (!isSeq(node)) throw new GenerateError(`The contract has no list ${keys.join(".")}.`);
  return node;
}

function shown(path: string): string {
  return relative(projectRoot, path).replaceAll("\\", "/");
}
