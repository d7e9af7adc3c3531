import { data, failure } from "../answer.ts";
import type { Model } from "../model.ts";
import { handlerRecord } from "../service.ts";
import type { HandlerRecord } from "../store/index.ts";
import { body, type Item, idle, is, memory, when } from "./edits.ts";
import type { Fault, FaultContext } from "./fault.ts";

/** A handler with its settings, as a fault changes it. */
export type Handler = Parameters<typeof handlerRecord>[1];

function handlerOf({ names }: Model, { document, ...record }: HandlerRecord): Handler {
  return { ...record, settings: (JSON.parse(document(0)) as Item)[names.settings] as object };
}

/** The handler that a document shows. */
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

/** Stores something else than what a create asks for. */
function creating(
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

/** Stores something else than what an update asks for. `before` is the handler as it was. */
function updating(
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

/** A form with fields added where the client sent none of the name, for what should be refused and is accepted. */
function completing(
  make: (context: FaultContext) => Record<string, string>,
): NonNullable<Fault["understand"]> {
  return (call, context) => {
    const sent = new Map(call.form);
    const added = Object.entries(make(context)).filter(([name]) => !sent.has(name));
    return { ...call, form: [...call.form, ...added] };
  };
}

const firstType = ({ model }: FaultContext) => [...model.roles.fields.keys()][0] ?? "";
const mostFields = (model: Model) =>
  Math.max(...[...model.roles.fields.values()].map((fields) => fields.length));

const hasFields = (model: Model) => mostFields(model) > 0;
/** Whether there is another type to take one for. */
const hasTypes = (model: Model) => model.roles.fields.size > 1;
/** Whether there is a type that the instance can't have. */
const isClosed = (model: Model) => model.roles.resource.open === undefined;

function withoutLast(settings: object): object {
  return Object.fromEntries(Object.entries(settings).slice(0, -1));
}

const removed = memory(() => new Map<string, string>());
const hidden = memory(() => new Set<string>());

export const createFaults: readonly Fault[] = [
  {
    name: "create-not-stored",
    description: "A create answers with an id and stores nothing.",
    operations: ["create"],
    store: (store) => ({
      ...store,
      create: async (account, record) => {
        const id = await store.create(account, record);
        await store.remove(account, id);
        return id;
      },
    }),
  },
  {
    name: "create-stored-twice",
    description: "A create stores the handler twice.",
    operations: ["create"],
    store: (store) => ({
      ...store,
      create: async (account, record) => {
        await store.create(account, record);
        return store.create(account, record);
      },
    }),
  },
  {
    name: "create-other-type",
    description: "A create stores a handler of another type, without settings.",
    operations: ["create"],
    appliesTo: hasTypes,
    store: creating((handler, { model }) => {
      const other = [...model.roles.fields.keys()].find((type) => type !== handler.type);
      return { ...handler, type: other ?? handler.type, settings: {} };
    }),
  },
  {
    name: "create-drops-last-field",
    description: "A create drops the last field of types that have several.",
    operations: ["create"],
    appliesTo: (model) => mostFields(model) > 1,
    store: creating((handler) => ({
      ...handler,
      settings: Object.keys(handler.settings).length > 1 ? withoutLast(handler.settings) : handler.settings,
    })),
  },
  {
    name: "create-drops-settings",
    description: "A create drops the fields of the type.",
    operations: ["create"],
    appliesTo: hasFields,
    store: creating((handler) => ({ ...handler, settings: {} })),
  },
  {
    name: "create-name-lost",
    description: "A create stores the type in place of the name.",
    operations: ["create"],
    store: creating((handler) => ({ ...handler, name: handler.type })),
  },
  {
    name: "create-name-ascii-only",
    description: "A create turns letters beyond ASCII in names into question marks.",
    operations: ["create"],
    store: creating((handler) => ({ ...handler, name: handler.name.replace(/[^\0-\x7f]/gu, "?") })),
  },
  {
    name: "create-name-html-escaped",
    description: "A create stores names as HTML: an ampersand becomes an entity.",
    operations: ["create"],
    store: creating((handler) => ({
      ...handler,
      name: handler.name.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
    })),
  },
  {
    name: "create-disabled",
    description: "A new handler is not enabled.",
    operations: ["create"],
    store: creating((handler) => ({ ...handler, enabled: false })),
  },
  {
    name: "create-already-changed",
    description: "A new handler has been changed already, at the moment of its creation.",
    operations: ["create"],
    store: creating((handler) => ({ ...handler, changed: handler.created })),
  },
  {
    name: "create-an-hour-off",
    description: "A new handler was created an hour ago, as if the clock were of another time zone.",
    operations: ["create"],
    store: creating((handler) => ({ ...handler, created: handler.created - 3600 })),
  },
  {
    name: "create-unknown-type-accepted",
    description: "A create takes a type that the instance lacks.",
    operations: ["create"],
    appliesTo: isClosed,
    answer: when(is(400), async (answer, { call, model, store }) => {
      const sent = new Map(call?.form);
      const type = sent.get(model.names.type);
      const name = sent.get(model.names.name);
      if (call === undefined || type === undefined || name === undefined || model.roles.fields.has(type))
        return answer;
      const created = Math.floor(Date.now() / 1000);
      const record = handlerRecord(model, {
        type,
        name,
        settings: {},
        enabled: true,
        created,
        changed: null,
      });
      return data(JSON.stringify({ [model.names.id]: await store.create(call.account, record) }));
    }),
  },
  {
    name: "create-name-optional",
    description: "A create takes a handler without a name.",
    operations: ["create"],
    understand: completing(({ model }) => ({ [model.names.name]: "Unnamed" })),
  },
  {
    name: "create-type-optional",
    description: "A create takes a handler without a type, for one of the first type.",
    operations: ["create"],
    understand: completing((context) => ({ [context.model.names.type]: firstType(context) })),
  },
  {
    name: "create-refused",
    description: "A create of the first type is refused with 400, however good it is.",
    operations: ["create"],
    store: (store, context) => ({
      ...store,
      create: (account, record) => (record.type === firstType(context) ? 1 : store.create(account, record)),
    }),
    answer: (answer, context) =>
      answer.status === 200 &&
      new Map(context.call?.form).get(context.model.names.type) === firstType(context)
        ? failure(400, "The request is invalid.")
        : answer,
  },
];

export const updateFaults: readonly Fault[] = [
  {
    name: "update-not-stored",
    description: "An update changes nothing.",
    operations: ["update"],
    store: idle,
  },
  {
    name: "update-creates",
    description: "An update leaves the handler and creates another one, with whose id it answers.",
    operations: ["update"],
    store: idle,
    answer: body<{ data: Item }>(async (it, { call, model, store }) => {
      const document = call?.id === undefined ? undefined : await store.read(call.account, call.id);
      if (call === undefined || document === undefined) return it;
      const name = new Map(call.form).get(model.names.name);
      const before = shown(model, document);
      const record = handlerRecord(model, { ...before, name: name ?? before.name });
      return { data: { [model.names.id]: await store.create(call.account, record) } };
    }),
  },
  {
    name: "update-empties-name",
    description: "An update without a name empties the name.",
    operations: ["update"],
    store: updating((after, _before, { model }, sent) =>
      sent.has(model.names.name) ? after : { ...after, name: "" },
    ),
  },
  {
    name: "update-empties-settings",
    description: "An update without fields of the type empties the settings.",
    operations: ["update"],
    appliesTo: hasFields,
    store: updating((after, _before, { model }, sent) => {
      const fields = model.roles.fields.get(after.type) ?? [];
      return fields.some((field) => sent.has(field)) ? after : { ...after, settings: {} };
    }),
  },
  {
    name: "update-replaces-settings",
    description: "An update with one field of the type loses the other fields.",
    operations: ["update"],
    appliesTo: (model) => mostFields(model) > 1,
    store: updating((after, _before, { model }, sent) => {
      const fields = (model.roles.fields.get(after.type) ?? []).filter((field) => sent.has(field));
      if (fields.length === 0) return after;
      const kept = Object.entries(after.settings).filter(([field]) => fields.includes(field));
      return { ...after, settings: Object.fromEntries(kept) };
    }),
  },
  {
    name: "update-resets-enabled",
    description: "An update that does not say whether the handler is enabled enables it.",
    operations: ["update"],
    store: updating((after, _before, { model }, sent) =>
      sent.has(model.names.enabled) ? after : { ...after, enabled: true },
    ),
  },
  {
    name: "update-disables",
    description:
      "An update that does not say whether the handler is enabled disables it, as an unticked box does.",
    operations: ["update"],
    store: updating((after, _before, { model }, sent) =>
      sent.has(model.names.enabled) ? after : { ...after, enabled: false },
    ),
  },
  {
    name: "update-cannot-disable",
    description: "An update that disables a handler leaves it enabled.",
    operations: ["update"],
    store: updating((after, before) => ({ ...after, enabled: after.enabled || before.enabled })),
  },
  {
    name: "update-cannot-enable",
    description: "An update that enables a handler leaves it disabled.",
    operations: ["update"],
    store: updating((after, before) => ({ ...after, enabled: after.enabled && before.enabled })),
  },
  {
    name: "update-keeps-name",
    description: "An update ignores the name.",
    operations: ["update"],
    store: updating((after, before) => ({ ...after, name: before.name })),
  },
  {
    name: "update-keeps-settings",
    description: "An update that keeps the type ignores the fields of the type.",
    operations: ["update"],
    appliesTo: hasFields,
    store: updating((after, before) =>
      after.type === before.type ? { ...after, settings: before.settings } : after,
    ),
  },
  {
    name: "update-keeps-type",
    description: "An update ignores the type and the fields that come with another one.",
    operations: ["update"],
    appliesTo: hasTypes,
    store: updating((after, before) =>
      after.type === before.type ? after : { ...after, type: before.type, settings: before.settings },
    ),
  },
  {
    name: "update-of-type-keeps-settings",
    description: "An update that changes the type leaves the settings of the former type among the new ones.",
    operations: ["update"],
    appliesTo: hasTypes,
    store: updating((after, before) =>
      after.type === before.type ? after : { ...after, settings: { ...before.settings, ...after.settings } },
    ),
  },
  {
    name: "update-without-type-refused",
    description: "An update without a type is refused with 400 and changes nothing.",
    operations: ["update"],
    store: (store, { call, model }) => (new Map(call?.form).has(model.names.type) ? store : idle(store)),
    answer: (answer, { call, model }) =>
      answer.status === 200 && !new Map(call?.form).has(model.names.type)
        ? failure(400, "The type is missing.")
        : answer,
  },
  {
    name: "update-not-dated",
    description: "An update leaves the moment of the last change as it was.",
    operations: ["update"],
    store: updating((after, before) => ({ ...after, changed: before.changed })),
  },
  {
    name: "update-changes-creation",
    description: "An update sets the moment of creation to a day before.",
    operations: ["update"],
    store: updating((after, before) => ({ ...after, created: before.created - 86_400 })),
  },
  {
    name: "update-unknown-type-accepted",
    description: "An update with a type that the instance lacks answers 200 and changes nothing.",
    operations: ["update"],
    appliesTo: isClosed,
    answer: when(is(400), (answer, { call, model }) => {
      const type = new Map(call?.form).get(model.names.type);
      return type === undefined || model.roles.fields.has(type)
        ? answer
        : data(JSON.stringify({ [model.names.id]: call?.id }));
    }),
  },
  {
    name: "update-flag-unchecked",
    description:
      "An update takes any text for the flag whether the handler is enabled, and all but 0 for true.",
    operations: ["update"],
    understand: (call, { model }) => ({
      ...call,
      form: call.form.map(([name, value]) =>
        name === model.names.enabled && value !== "0" ? [name, "1"] : [name, value],
      ),
    }),
  },
];

export const deleteFaults: readonly Fault[] = [
  {
    name: "delete-does-nothing",
    description: "A delete answers 200 and deletes nothing.",
    operations: ["delete"],
    store: idle,
  },
  {
    name: "delete-disables",
    description: "A delete disables the handler and leaves it there.",
    operations: ["delete"],
    store: (store, { model }) => ({
      ...store,
      remove: (account, id) =>
        store.update(account, id, (document) =>
          handlerRecord(model, { ...shown(model, document), enabled: false }),
        ),
    }),
  },
  {
    name: "delete-leaves-readable",
    description: "A handler that was deleted is gone from the list, but can still be read.",
    operations: ["delete", "read"],
    store: (store) => ({
      ...store,
      remove: async (account, id) => {
        const document = await store.read(account, id);
        if (document !== undefined) removed(store).set(`${account} ${id}`, document);
        return store.remove(account, id);
      },
      read: async (account, id) => (await store.read(account, id)) ?? removed(store).get(`${account} ${id}`),
    }),
  },
  {
    name: "delete-leaves-listed",
    description: "A handler that was deleted can't be read any more, but is still listed.",
    operations: ["delete", "read", "update"],
    store: (store) => ({
      ...store,
      update: (account, id, change) =>
        hidden(store).has(`${account} ${id}`) ? false : store.update(account, id, change),
      remove: async (account, id) => {
        const key = `${account} ${id}`;
        if (hidden(store).has(key) || (await store.read(account, id)) === undefined) return false;
        hidden(store).add(key);
        return true;
      },
      read: (account, id) => (hidden(store).has(`${account} ${id}`) ? undefined : store.read(account, id)),
    }),
  },
  {
    name: "delete-refused",
    description: "A delete answers 405 and deletes nothing.",
    operations: ["delete"],
    store: idle,
    answer: when(is(200), () => failure(405, "The method is not allowed.")),
  },
];

/** What the list takes that it should refuse. */
export const leniencyFaults: readonly Fault[] = [
  {
    name: "page-size-unchecked",
    description: "A page size that is not among the allowed ones is taken for the default one.",
    operations: ["list"],
    understand: (call, { model }) => {
      const allowed = model.roles.parameters("page-size")[0]?.schema.node.enum as
        | readonly number[]
        | undefined;
      return {
        ...call,
        query: call.query.filter(
          ([name, value]) => name !== model.list.pageSize || allowed?.includes(Number(value)),
        ),
      };
    },
  },
  {
    name: "page-unchecked",
    description: "A page that is no number from 1 is taken for the first one.",
    operations: ["list"],
    understand: (call, { model }) => ({
      ...call,
      query: call.query.filter(([name, value]) => name !== model.list.page || /^[1-9]\d*$/.test(value)),
    }),
  },
];
