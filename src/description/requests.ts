import { coerce } from "./coerce.ts";
import { step } from "./nodes.ts";
import type { MediaType, Operation, Parameter, ParameterLocation } from "./operations.ts";
import { list, type Problem, quote } from "./problem.ts";
import { type Branch, branchOf, ownersOf, type Union } from "./unions.ts";
import { selectorMessage } from "./validator.ts";

/** Name and value pairs in the order sent. */
export type Pairs = Iterable<readonly [name: string, value: string]>;

/** Values by name, in the contract's types. The object has no prototype, so any name is safe. */
export type Values = Readonly<Record<string, unknown>>;

export interface QueryResult {
  readonly problems: readonly Problem[];
  /** Declared parameters that were sent, and defaults of those that were not. */
  readonly values: Values;
  /** Names of undeclared parameters. The instances ignore them, so they are no problem. */
  readonly undocumented: readonly string[];
}

/** Checks query parameters. The last value of a repeated parameter counts, as in PHP, which the instances are written in. */
export function validateQuery(operation: Operation, query: Pairs): QueryResult {
  const sent = lastOf(query);
  const { problems, values } = validateParameters(operation, "query", sent);
  const isDeclared = (name: string) =>
    operation.parameters.some((it) => it.in === "query" && it.name === name);
  return { problems, values, undocumented: [...sent.keys()].filter((name) => !isDeclared(name)) };
}

export interface ValuesResult {
  readonly problems: readonly Problem[];
  readonly values: Values;
}

/** Checks the path parameters from matching a path. */
export function validatePathParameters(
  operation: Operation,
  parameters: Readonly<Record<string, string>>,
): ValuesResult {
  return validateParameters(operation, "path", new Map(Object.entries(parameters)));
}

function validateParameters(
  operation: Operation,
  location: ParameterLocation & Problem["location"],
  sent: ReadonlyMap<string, string>,
): { problems: Problem[]; values: Values } {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = Object.create(null);
  for (const parameter of operation.parameters) {
    if (parameter.in !== location) continue;
    const text = sent.get(parameter.name);
    if (text === undefined) {
      if (parameter.required) problems.push(missingParameter(parameter, location));
      if (parameter.schema.node.default !== undefined) values[parameter.name] = parameter.schema.node.default;
      continue;
    }
    const value = coerce(text, parameter.schema.node);
    values[parameter.name] = value;
    problems.push(...parameter.check(value, location, parameter.name));
  }
  return { problems, values };
}

function missingParameter({ name, pointer }: Parameter, location: Problem["location"]): Problem {
  return {
    location,
    field: name,
    message: `${name} is required but missing.`,
    pointer: step(pointer, "required"),
    trail: [],
  };
}

export interface FormResult extends ValuesResult {
  /** The branch of the contract that the form was checked against, if one could be chosen. */
  readonly branch: Branch | undefined;
}

/** What to do with fields that the chosen branch does not have: the contract refuses them, the instances ignore them. */
export type StrayFields = "refuse" | "ignore";

/**
 * Checks the fields of a form. If the body is a union, its selecting field chooses the branch, and only that branch is reported about: an
 * unknown value is one problem, and a field of another branch is one problem that names the branch. The last value of a repeated field
 * counts, as in PHP. Throws if the operation takes no form, which is a bug in the caller.
 */
export function validateForm(
  operation: Operation,
  fields: Pairs,
  strayFields: StrayFields = "refuse",
): FormResult {
  const content = operation.body?.contents.find((it) => it.schema !== undefined);
  if (content === undefined) throw new Error(`${operation.id} takes no form`);
  const sent = lastOf(fields);
  const { union } = content;
  if (union === undefined) return validateFields(content, sent);

  const selector = sent.get(union.property);
  const branch = branchOf(union, selector);
  if (branch === undefined) {
    const problem: Problem = {
      location: "body",
      field: union.property,
      message: selectorMessage(union, selector),
      pointer: step(union.pointer, "oneOf"),
      trail: [content.pointer, operation.pointer],
    };
    return { problems: [problem], values: Object.create(null), branch: undefined };
  }
  return validateBranch(content, union, branch, sent, strayFields);
}

function validateBranch(
  content: MediaType,
  union: Union,
  branch: Branch,
  sent: ReadonlyMap<string, string>,
  strayFields: StrayFields,
): FormResult {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = Object.create(null);
  for (const [name, text] of sent) {
    const property = branch.properties.get(name);
    if (property !== undefined) values[name] = coerce(text, property.node);
    else if (!branch.closed) values[name] = text;
    else if (strayFields === "refuse") problems.push(strayField(content, union, branch, name));
  }
  const check = content.branchChecks.get(branch.pointer);
  if (check !== undefined) {
    for (const problem of check(values, "body")) {
      const ofBranch =
        branch.value !== undefined && !Object.hasOwn(values, problem.field)
          ? `${problem.field} is required but missing (${union.property} ${branch.value}).`
          : problem.message;
      problems.push({ ...problem, message: ofBranch });
    }
  }
  return { problems, values, branch };
}

function strayField(content: MediaType, union: Union, branch: Branch, name: string): Problem {
  const owners = ownersOf(union, name);
  const own = [...branch.properties.keys()];
  const message =
    branch.value === undefined
      ? `${quote(name)} is not a field here; the fields are ${list(own)}.`
      : owners.length === 0
        ? `${quote(name)} is not a field here; with ${union.property} ${branch.value} the fields are ${list(own)}.`
        : `${name} belongs to ${union.property} ${list(owners)}, not to ${branch.value}, whose fields are ${list(own)}.`;
  return {
    location: "body",
    field: name,
    message,
    pointer: step(branch.pointer, "additionalProperties"),
    trail: [content.pointer],
  };
}

/** Checks a form without branches: converts its properties and checks the whole. */
function validateFields(content: MediaType, sent: ReadonlyMap<string, string>): FormResult {
  const values: Record<string, unknown> = Object.create(null);
  for (const [name, text] of sent) {
    const property = content.properties.get(name);
    values[name] = property === undefined ? text : coerce(text, property.node);
  }
  return { problems: content.check?.(values, "body") ?? [], values, branch: undefined };
}

function lastOf(pairs: Pairs): Map<string, string> {
  return new Map(pairs);
}
