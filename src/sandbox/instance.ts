import { coerce, type Operation, type OperationKind, type StrayFields } from "../description/index.ts";
import type { Behaviours } from "../workbench/index.ts";
import { type AnswerFromContract, createContractAnswers } from "./contract-answers.ts";
import type { Fault } from "./faults/fault.ts";
import { createKeyCheck } from "./keys.ts";
import type { Model } from "./model.ts";
import { createService, type Service } from "./service.ts";
import { batchCreates, type Eventual, type Store } from "./store/index.ts";

/** What serving an instance needs. */
export interface InstanceOptions {
  readonly model: Model;
  readonly store: Store;
  /** Called before the first request; creates the initial handlers. */
  readonly fill: () => Eventual<unknown>;
  /** Seconds since 1970. */
  readonly now: () => number;
  /** Returns the seconds to wait if an account has used up its minute; otherwise undefined. */
  readonly rateLimit: ((account: number) => Eventual<number | undefined>) | undefined;
  readonly fault: Fault | undefined;
  /** The faults that a request may ask for by header; undefined if it may not. */
  readonly faults: ReadonlyMap<string, Fault> | undefined;
  /** What is switched on for the requests of each key. */
  readonly behaviours: Behaviours;
  /** Whether to refuse all forms that the contract refuses. */
  readonly strict: boolean;
}

/** An instance, ready to be served. */
export interface Instance extends InstanceOptions {
  readonly service: Service;
  readonly answerFromContract: AnswerFromContract;
  /** The account of the key in an Authorization header; undefined if the key is unknown. */
  readonly accountOf: (authorization: string | undefined) => Eventual<number | undefined>;
  readonly routes: ReadonlyMap<Operation, Route>;
}

/** An operation, with what is computed for it once. */
export interface Route {
  readonly operation: Operation;
  readonly kind: OperationKind;
  readonly idOf: (parameters: Readonly<Record<string, string>>) => number | undefined;
}

/** Computes once what all requests to an instance need. */
export function createInstance(options: InstanceOptions): Instance {
  const { model, store, now } = options;
  const { description, roles } = model;
  return {
    ...options,
    service: createService(model, store, now, strayFields(options), batchCreates(store)),
    answerFromContract: createContractAnswers(description, strayFields(options)),
    accountOf: createKeyCheck((keyHash) => store.account(description.name, keyHash)),
    routes: new Map(
      description.operations.map((operation) => [
        operation,
        { operation, kind: roles.kindOf(operation), idOf: idReader(operation) },
      ]),
    ),
  };
}

/** What to do with fields that a handler of the type does not have: the instances ignore them, the contract refuses them. */
export function strayFields({ strict }: InstanceOptions): StrayFields {
  return strict ? "refuse" : "ignore";
}

/** Reads the id from the parameters of a path. An invalid id belongs to no handler. */
function idReader(operation: Operation): Route["idOf"] {
  const parameter = operation.parameters.find((it) => it.in === "path");
  if (parameter === undefined) return () => undefined;
  const { name, schema, check } = parameter;
  return (parameters) => {
    const id = coerce(parameters[name] ?? "", schema.node);
    return typeof id === "number" && check(id, "path", name).length === 0 ? id : undefined;
  };
}
