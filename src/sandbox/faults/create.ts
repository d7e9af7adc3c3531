import { data, failure } from "../answer.ts";
import { handlerRecord } from "../service.ts";
import { is, when } from "./edits.ts";
import type { Fault, FaultContext } from "./fault.ts";
import { creating, hasFields, hasTypes, isClosed, mostFields } from "./handler.ts";

/** Adds fields that the client did not send, for creates that should be refused but are accepted. */
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

function withoutLast(settings: object): object {
  return Object.fromEntries(Object.entries(settings).slice(0, -1));
}

/** Creates that are refused, or store something else. */
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
    description: "A create stores the type instead of the name.",
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
    description: "A new handler already has a time of its last change: that of its creation.",
    operations: ["create"],
    store: creating((handler) => ({ ...handler, changed: handler.created })),
  },
  {
    name: "create-an-hour-off",
    description: "A new handler's time of creation is an hour ago, as in another time zone.",
    operations: ["create"],
    store: creating((handler) => ({ ...handler, created: handler.created - 3600 })),
  },
  {
    name: "create-unknown-type-accepted",
    description: "A create accepts a type that the instance lacks.",
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
    description: "A create accepts a handler without a name.",
    operations: ["create"],
    understand: completing(({ model }) => ({ [model.names.name]: "Unnamed" })),
  },
  {
    name: "create-type-optional",
    description: "A create accepts a handler without a type, and gives it the first type.",
    operations: ["create"],
    understand: completing((context) => ({ [context.model.names.type]: firstType(context) })),
  },
  {
    name: "create-refused",
    description: "A create of the first type is refused with 400, even if it is valid.",
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
