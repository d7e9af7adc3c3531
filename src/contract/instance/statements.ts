import type { Model, Operation, Parameter } from "../../description/index.ts";
import { propertiesIn } from "./walk.ts";

/**
 * The statements of a contract, as one short line each: each operation and status, each property of each answer, each parameter and each of
 * its values, each field of each type, each assumption. A run reports how many it could prove, how many it did, and which it did not.
 */
export function statementsOf(model: Model): readonly string[] {
  const known = read.get(model);
  if (known !== undefined) return known;
  const statements = readStatements(model);
  read.set(model, statements);
  return statements;
}

const read = new WeakMap<Model, readonly string[]>();

function readStatements(model: Model): string[] {
  return model.description.operations.flatMap((operation) => [
    ...[...operation.responses.keys()].flatMap((status) => answerStatements(model, operation, status)),
    ...operation.parameters.flatMap((parameter) => parameterStatements(model, operation, parameter)),
    ...bodyStatements(operation),
    ...[...operation.assumptions.keys()].map((key) => assumes(operation, key)),
  ]);
}

/** The statement that an operation can answer with a status. */
export function answers(operation: Operation, status: number | string): string {
  return `${operation.id} answers ${status}`;
}

/** The statement that an answer has a property; `path` as in walk.ts. */
export function answerProperty(operation: Operation, status: number | string, path: string): string {
  return `${operation.id} ${status} has ${path}`;
}

/** The statement that an operation takes a parameter, or a value of it. */
export function asked(operation: Operation, name: string, value?: string): string {
  return `${operation.id} takes ${name}${value === undefined ? "" : `=${value}`}`;
}

/** The statement that a parameter has a default. */
export function defaults(operation: Operation, name: string): string {
  return `${operation.id} has a default for ${name}`;
}

/** The statement that a form has a field for a type; `type` is undefined for an update that keeps the type. */
export function takesField(operation: Operation, type: string | undefined, name: string): string {
  return `${operation.id} takes ${name} (${type ?? "type kept"})`;
}

/** The statement that a form must have a field. */
export function requires(operation: Operation, name: string): string {
  return `${operation.id} requires ${name}`;
}

/** The statement that an assumption of an operation holds. */
export function assumes(operation: Operation, key: string): string {
  return `${operation.id} assumes ${key}`;
}

/** The statements about an answer of an operation: its status, and every property. */
export function answerStatements({ description }: Model, operation: Operation, status: string): string[] {
  const contents = operation.responses.get(status)?.contents ?? [];
  const properties = contents.flatMap(({ schema }) =>
    schema === undefined ? [] : propertiesIn(description.document, schema),
  );
  return [answers(operation, status), ...properties.map((path) => answerProperty(operation, status, path))];
}

function parameterStatements(model: Model, operation: Operation, parameter: Parameter): string[] {
  const values = model.values(parameter);
  return [
    ...(values.length === 0
      ? [asked(operation, parameter.name)]
      : values.map((value) => asked(operation, parameter.name, value))),
    ...(parameter.schema.node.default === undefined ? [] : [defaults(operation, parameter.name)]),
  ];
}

function bodyStatements(operation: Operation): string[] {
  const union = operation.body?.contents.find((it) => it.union !== undefined)?.union;
  if (union === undefined) return [];
  const branches = [...union.byValue.values(), ...(union.otherwise === undefined ? [] : [union.otherwise])];
  const required = new Set(branches.flatMap((branch) => branch.required));
  return [
    ...branches.flatMap((branch) =>
      [...branch.properties.keys()].map((name) => takesField(operation, branch.value, name)),
    ),
    ...[...required]
      .filter((name) => branches.every((branch) => branch.required.includes(name)))
      .map((name) => requires(operation, name)),
  ];
}
