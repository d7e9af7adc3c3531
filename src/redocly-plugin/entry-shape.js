import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const schema = JSON.parse(readFileSync(new URL("entry.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ allErrors: true, verbose: true }).compile(schema);

/**
 * Finds where an entry does not match entry.schema.json, or uses a name that every JavaScript object has.
 *
 * @param {Record<string, unknown>} options the entry, as written
 * @returns {import("./options.js").OptionProblem[]}
 */
export function shapeProblems(options) {
  return validate(options) ? inheritedNames(options, []) : schemaProblems();
}

/**
 * Every JavaScript object has these names (such as `constructor`), so code would confuse them with the built-in properties.
 *
 * @param {unknown} value
 * @param {(string | number)[]} path
 * @returns {import("./options.js").OptionProblem[]}
 */
function inheritedNames(value, path) {
  if (typeof value === "string") {
    return value in {}
      ? [{ path, message: `"${value}" is a name that every JavaScript object has: it can't be used.` }]
      : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [
    ...inheritedNames(key, [...path, key]),
    ...inheritedNames(child, [...path, Array.isArray(value) ? Number(key) : key]),
  ]);
}

/** The schema's errors in words. Of a choice, the errors of the branch that was meant. */
function schemaProblems() {
  const problems = new Map();
  for (const { keyword, instancePath, params, parentSchema, message, data } of validate.errors ?? []) {
    if (keyword === "oneOf" || keyword === "if") continue;
    const path = instancePath
      .split("/")
      .slice(1)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    const name = path.join(".") || "the entry";
    if (keyword === "additionalProperties") {
      const unknown = params.additionalProperty;
      const known = Object.keys(parentSchema?.properties ?? {}).join(", ");
      add([...path, unknown], `Unknown option "${unknown}". Known: ${known}.`);
    } else if (keyword === "required")
      add(path, `${params.missingProperty} is missing: ${meaning(parentSchema, params.missingProperty)}`);
    else if (keyword === "pattern" || keyword === "const")
      add(path, `${name} is ${JSON.stringify(data)}: ${meaningAt(path)}`);
    else if (keyword === "uniqueItems")
      add([...path, params.i], `"${/** @type {unknown[]} */ (data)[params.i]}" is listed twice.`);
    else add(path, `${name} ${message}.`);
  }
  return [...problems.values()];
  /** @param {(string | number)[]} path @param {string} message */
  function add(path, message) {
    const key = path.join("/");
    if (!problems.has(key)) problems.set(key, { path, message });
  }
}

/** @param {any} parent @param {string} name @returns {string} */
function meaning(parent, name) {
  return parent?.properties?.[name]?.description ?? "it is needed.";
}

/** @param {(string | number)[]} path @returns {string} */
function meaningAt(path) {
  let node = schema;
  for (const part of path) node = node?.properties?.[part] ?? node;
  return node?.description ?? "it has another form.";
}
