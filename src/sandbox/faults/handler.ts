/** How faults change handlers that are being stored. */
import type { Model } from "../model.ts";
import { handlerRecord } from "../service.ts";
import type { HandlerRecord } from "../store/index.ts";
import type { Item } from "./edits.ts";
import type { Fault, FaultContext } from "./fault.ts";

/** A handler with its settings, as a fault changes it. */
export type Handler = Parameters<typeof handlerRecord>[1];

function handlerOf({ names }: Model, { document, ...record }: HandlerRecord): Handler {
  return { ...record, settings: (JSON.parse(document(0)) as Item)[names.settings] as object };
}

/** The handler in a document. */
export function shown(model: Model, document: string): Handler {
  const { names, datetime } = model;
  const item = JSON.parse(document) as Item;
  const changed = item[names.changed];
  return {
    type: String(item[names.type]),
    name: String(item[names.name]),
    settings: item[names.settings] as object,
    enabled: item[names.enabled] === true,
    created: datetime.read(String(item[names.created])) ?? 0,
    changed: changed === null ? null : (datetime.read(String(changed)) ?? null),
  };
}

type Sent = ReadonlyMap<string, string>;

/** Changes what a create stores. */
export function creating(
  edit: (handler: Handler, context: FaultContext, sent: Sent) => Handler,
): NonNullable<Fault["store"]> {
  return (store, context) => ({
    ...store,
    create: (account, record) => {
      const handler = edit(handlerOf(context.model, record), context, new Map(context.call?.form));
      return store.create(account, handlerRecord(context.model, handler));
    },
  });
}

/** Changes what an update stores. `before`: the handler before the update. */
export function updating(
  edit: (after: Handler, before: Handler, context: FaultContext, sent: Sent) => Handler,
): NonNullable<Fault["store"]> {
  return (store, context) => ({
    ...store,
    update: (account, id, change) =>
      store.update(account, id, (document) => {
        const { model } = context;
        const after = handlerOf(model, change(document));
        const sent = new Map(context.call?.form);
        return handlerRecord(model, edit(after, shown(model, document), context, sent));
      }),
  });
}

export const mostFields = (model: Model) =>
  Math.max(...[...model.roles.fields.values()].map((fields) => fields.length));

export const hasFields = (model: Model) => mostFields(model) > 0;
/** Whether there are at least two types. */
export const hasTypes = (model: Model) => model.roles.fields.size > 1;
/** Whether there are types that the instance can't have. */
export const isClosed = (model: Model) => model.roles.resource.open === undefined;
