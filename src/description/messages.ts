import type { ErrorObject } from "ajv";
import { isNode, type Node, stepsOf } from "./nodes.ts";
import { list, quote, shownValue } from "./problem.ts";

/** Turns ajv's `/data/0/settings/e~1mail` into `data[0].settings.e/mail`. */
export function fieldOf(instancePath: string, last?: string): string {
  const parts = stepsOf(instancePath);
  if (last !== undefined) parts.push(last);
  return parts.reduce((path, part) => {
    if (/^\d+$/.test(part)) return `${path}[${part}]`;
    return path === "" ? part : `${path}.${part}`;
  }, "");
}

/**
 * What a value must be, by the schema keyword that it broke: the end of a sentence that begins with the field's name. Values are quoted
 * only if the contract lists the allowed ones or asks for a number; any other value may be a secret.
 */
export function requirement(error: ErrorObject): string {
  const schema = isNode(error.parentSchema) ? error.parentSchema : {};
  const value = "value" in error.params ? error.params.value : error.data;
  const otherwise = error.message ?? "is not what the contract asks for";
  switch (error.keyword) {
    case "enum":
      return `must be one of ${list(error.params.allowedValues)}, not ${shownValue(value)}`;
    case "const":
      return `must be ${quote(error.params.allowedValue)}, not ${shownValue(value)}`;
    case "type":
      return typeof value === "string" && schema.type === "integer"
        ? `must be an integer${/^-?\d+$/.test(value) ? ` up to ${Number.MAX_SAFE_INTEGER}` : ""}, not ${shownValue(value)}`
        : `must be ${articled(error.params.type)}, not ${kindOf(value)}`;
    case "pattern":
      return `must look like ${formOf(schema)}`;
    case "anyOf":
      return `must look like ${[...alternatives(schema.anyOf)].join(" or ")}`;
    case "minProperties":
      return `must have at least ${error.params.limit} of ${list(Object.keys(schema.properties ?? {}))}`;
    case "minLength":
      return error.params.limit === 1 ? "must not be empty" : otherwise;
    default:
      return otherwise;
  }
}

function alternatives(branches: unknown): Set<string> {
  return new Set(Array.isArray(branches) ? branches.filter(isNode).map(formOf) : []);
}

/** How a message describes the form of a text: the documented format if the contract names one, otherwise the pattern. */
function formOf(schema: Node): string {
  if (typeof schema["x-datetime-format"] === "string")
    return `a date and time in the form ${schema["x-datetime-format"]}`;
  if (typeof schema.pattern === "string") return `the pattern ${schema.pattern}`;
  if (typeof schema.$ref === "string") return `a ${schema.$ref.split("/").at(-1)}`;
  return Array.isArray(schema.type)
    ? schema.type.join(" or ")
    : String(schema.type ?? "one of the allowed forms");
}

function articled(type: unknown): string {
  const names = Array.isArray(type) ? type.map(String) : String(type).split(",");
  return names
    .map((name) => (name === "null" ? name : /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`))
    .join(" or ");
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return articled(typeof value);
}
