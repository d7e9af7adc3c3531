import { data, failure } from "../answer.ts";
import { handlerRecord } from "../service.ts";
import { body, type Item, idle, is, when } from "./edits.ts";
import type { Fault } from "./fault.ts";
import { hasFields, hasTypes, isClosed, mostFields, shown, updating } from "./handler.ts";

/** Updates that are refused, or change something else. */
export const updateFaults: readonly Fault[] = [
  {
    name: "update-not-stored",
    description: "An update changes nothing.",
    operations: ["update"],
    store: idle,
  },
  {
    name: "update-creates",
    description: "An update creates another handler instead, and answers with its id.",
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
    description: "An update without the enabled flag enables the handler.",
    operations: ["update"],
    store: updating((after, _before, { model }, sent) =>
      sent.has(model.names.enabled) ? after : { ...after, enabled: true },
    ),
  },
  {
    name: "update-disables",
    description: "An update without the enabled flag disables the handler, as an unticked checkbox does.",
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
    description: "An update that changes the type keeps the settings of the old type, too.",
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
    description: "An update does not set the time of the last change.",
    operations: ["update"],
    store: updating((after, before) => ({ ...after, changed: before.changed })),
  },
  {
    name: "update-changes-creation",
    description: "An update sets the time of creation back by a day.",
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
    description: "An update accepts any text as the enabled flag, and takes all but 0 for true.",
    operations: ["update"],
    understand: (call, { model }) => ({
      ...call,
      form: call.form.map(([name, value]) =>
        name === model.names.enabled && value !== "0" ? [name, "1"] : [name, value],
      ),
    }),
  },
];
