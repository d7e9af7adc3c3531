import { datetimeFormat } from "./datetime.ts";
import { follow, isNode, type Located, type Node, step } from "./nodes.ts";
import { quote } from "./problem.ts";
import { branchesOf, readObject, type Union } from "./unions.ts";
import type { Check, Validator } from "./validator.ts";

/** Where a parameter is sent. */
export type ParameterLocation = "path" | "query" | "header" | "cookie";

export interface Parameter {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly required: boolean;
  /** The parameter object, `$ref` resolved. */
  readonly pointer: string;
  readonly schema: Located;
  readonly check: Check;
}

export interface MediaType {
  readonly mediaType: string;
  readonly pointer: string;
  readonly schema: Located | undefined;
  readonly check: Check | undefined;
  readonly union: Union | undefined;
  /** Validators of the union's branches, by pointer. A caller that has chosen a branch checks only that one. */
  readonly branchChecks: ReadonlyMap<string, Check>;
  /** The properties of the schema, if it is an object and not a union. */
  readonly properties: ReadonlyMap<string, Located>;
  /** Keys of the `examples` map, in the contract's order. */
  readonly exampleKeys: readonly string[];
}

export interface RequestBody {
  readonly required: boolean;
  readonly pointer: string;
  readonly contents: readonly MediaType[];
}

export interface ResponseDescription {
  /** `200`, `4XX` or `default`, as the contract writes it. */
  readonly status: string;
  readonly pointer: string;
  /** Empty if the contract describes no body. */
  readonly contents: readonly MediaType[];
}

/** An operation of the bundle, with everything resolved that serving or checking it needs. */
export interface Operation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Relative to the base URL: `/notification-handlers/{notification_handler_id}`. */
  readonly path: string;
  readonly pointer: string;
  readonly summary: string;
  /** Whether the operation requires the API key (its own `security`, or the description's). */
  readonly secured: boolean;
  /** The operation's assumptions, by name (`x-assumptions`). */
  readonly assumptions: ReadonlyMap<string, string>;
  readonly parameters: readonly Parameter[];
  readonly body: RequestBody | undefined;
  readonly responses: ReadonlyMap<string, ResponseDescription>;
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Reads all operations of a description, in its order. */
export function readOperations(document: Node, validator: Validator): Operation[] {
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(isNode(document.paths) ? document.paths : {})) {
    const pathItem = follow(document, item, step("#/paths", path));
    for (const method of methods) {
      if (!isNode(pathItem.node[method])) continue;
      const operation = { node: pathItem.node[method], pointer: step(pathItem.pointer, method) };
      operations.push(readOperation(document, validator, path, method, pathItem, operation));
    }
  }
  return operations;
}

function readOperation(
  document: Node,
  validator: Validator,
  path: string,
  method: string,
  pathItem: Located,
  { node, pointer }: Located,
): Operation {
  const security = node.security ?? document.security;
  return {
    id: String(node.operationId ?? `${method} ${path}`),
    method: method.toUpperCase(),
    path,
    pointer,
    summary: String(node.summary ?? ""),
    secured:
      Array.isArray(security) &&
      security.length > 0 &&
      security.every((requirement) => Object.keys(requirement).length > 0),
    assumptions: new Map(
      Object.entries(isNode(node["x-assumptions"]) ? node["x-assumptions"] : {}).map(([name, text]) => [
        name,
        String(text),
      ]),
    ),
    parameters: readParameters(document, validator, pathItem, { node, pointer }),
    body: node.requestBody === undefined ? undefined : readBody(document, validator, { node, pointer }),
    responses: new Map(
      Object.entries(isNode(node.responses) ? node.responses : {}).map(([status, response]) => {
        const located = follow(document, response, step(step(pointer, "responses"), status));
        return [
          status,
          {
            status,
            pointer: located.pointer,
            contents: readContents(document, validator, located, [pointer]),
          },
        ] as const;
      }),
    ),
  };
}

/** Returns the same text in the form that V8 uses for object keys. With any other text, each lookup costs a request microseconds. */
function asKey(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text;
}

/** An operation's parameter replaces the path's with the same name and location (OpenAPI 3.1, Path Item Object). */
function readParameters(
  document: Node,
  validator: Validator,
  pathItem: Located,
  operation: Located,
): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const owner of [pathItem, operation]) {
    const list = Array.isArray(owner.node.parameters) ? owner.node.parameters : [];
    list.forEach((entry, index) => {
      const { node, pointer } = follow(document, entry, step(step(owner.pointer, "parameters"), index));
      const schema = follow(document, node.schema, step(pointer, "schema"));
      const parameter: Parameter = {
        name: asKey(String(node.name)),
        in: node.in as ParameterLocation,
        required: node.required === true,
        pointer,
        schema,
        check: checkParameter(validator, schema, [step(pointer, "schema"), pointer, operation.pointer]),
      };
      parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    });
  }
  return [...parameters.values()];
}

/**
 * Validates a parameter against its schema and, if it is a datetime, against the calendar: a pattern accepts 31 February. Answers are
 * checked against their schema only.
 */
function checkParameter(validator: Validator, schema: Located, trail: readonly string[]): Check {
  const check = validator.check(schema, trail);
  const keyword = "x-datetime-format";
  const notation = schema.node[keyword];
  if (typeof notation !== "string") return check;
  const format = datetimeFormat(notation);
  return (value, location, field = "") => {
    const problems = check(value, location, field);
    if (problems.length > 0 || format.read(String(value)) !== undefined) return problems;
    const message = `${field} is not a date and time that exists: ${quote(value)} (${notation}).`;
    return [{ location, field, message, pointer: step(schema.pointer, keyword), trail }];
  };
}

function readBody(document: Node, validator: Validator, operation: Located): RequestBody {
  const located = follow(document, operation.node.requestBody, step(operation.pointer, "requestBody"));
  return {
    required: located.node.required === true,
    pointer: located.pointer,
    contents: readContents(document, validator, located, [operation.pointer]),
  };
}

function readContents(
  document: Node,
  validator: Validator,
  { node, pointer }: Located,
  outer: readonly string[],
): MediaType[] {
  if (!isNode(node.content)) return [];
  return Object.entries(node.content).map(([mediaType, content]) => {
    const located = follow(document, content, step(step(pointer, "content"), mediaType));
    const schema =
      located.node.schema === undefined
        ? undefined
        : follow(document, located.node.schema, step(located.pointer, "schema"));
    const trail = [step(located.pointer, "schema"), ...outer];
    const union = schema && validator.union(schema);
    const branches = union === undefined ? [] : branchesOf(union);
    return {
      mediaType: mediaType.toLowerCase(),
      pointer: located.pointer,
      schema,
      check: schema && validator.check(schema, trail),
      union,
      branchChecks: new Map(branches.map((it) => [it.pointer, validator.check(it, trail)] as const)),
      properties: schema === undefined ? new Map() : readObject(document, schema).properties,
      exampleKeys: Object.keys(isNode(located.node.examples) ? located.node.examples : {}),
    };
  });
}
