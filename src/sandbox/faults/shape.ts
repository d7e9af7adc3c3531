import type { PropertyRole } from "../../description/index.ts";
import type { Model } from "../model.ts";
import { body, type Item, item, renamed, without } from "./edits.ts";
import type { Fault, FaultContext } from "./fault.ts";

const roles: readonly PropertyRole[] = ["id", "type", "name", "settings", "enabled", "changed", "created"];

const role: Record<PropertyRole, string> = {
  id: "id",
  type: "type",
  name: "name",
  settings: "settings",
  enabled: "enabled flag",
  changed: "time of the last change",
  created: "time of creation",
};

/** Changes one property of each handler. */
function property(of: PropertyRole, edit: (value: unknown, context: FaultContext, item: Item) => unknown) {
  return item((it, context) => {
    const name = context.model.names[of];
    return { ...it, [name]: edit(it[name], context, it) };
  });
}

const rfc3339 = (value: unknown) => (typeof value === "string" ? `${value.replace(" ", "T")}Z` : value);
const onlyDate = (value: unknown) => (typeof value === "string" ? value.slice(0, 10) : value);
const unixTime = ({ model }: FaultContext, value: unknown) => model.datetime.read(String(value)) ?? value;
const entriesOf = (value: unknown) => Object.entries(value as Item);

/** A field of another type, which no handler of this type has in its settings. */
function strayField(model: Model, type: unknown): string | undefined {
  const own = model.roles.fields.get(String(type)) ?? [];
  return [...model.roles.fields.values()].flat().find((field) => !own.includes(field));
}

const missing: readonly Fault[] = (["read", "list"] as const).flatMap((kind) =>
  roles.map((of) => ({
    name: `${kind}-without-${of}`,
    description: `Handlers lack the ${role[of]} in the answer to a ${kind}.`,
    operations: [kind],
    answer: item((it, { model }) => without(it, model.names[of])),
  })),
);

const retyped: readonly Fault[] = (["read", "list"] as const).flatMap((kind): Fault[] => [
  {
    name: `${kind}-id-as-text`,
    description: `Ids are strings in the answer to a ${kind}.`,
    operations: [kind],
    answer: property("id", String),
  },
  {
    name: `${kind}-enabled-as-text`,
    description: `The enabled flag is the string "1" or "0" in the answer to a ${kind}.`,
    operations: [kind],
    answer: property("enabled", (value) => (value === true ? "1" : "0")),
  },
  {
    name: `${kind}-enabled-as-number`,
    description: `The enabled flag is the number 1 or 0 in the answer to a ${kind}.`,
    operations: [kind],
    answer: property("enabled", (value) => (value === true ? 1 : 0)),
  },
  {
    name: `${kind}-created-rfc3339`,
    description: `The time of creation is in RFC 3339 form in the answer to a ${kind}.`,
    operations: [kind],
    answer: property("created", rfc3339),
  },
  {
    name: `${kind}-name-null`,
    description: `Names are null in the answer to a ${kind}.`,
    operations: [kind],
    answer: property("name", () => null),
  },
  {
    name: `${kind}-settings-as-text`,
    description: `Settings are a string of JSON in the answer to a ${kind}.`,
    operations: [kind],
    answer: property("settings", (value) => JSON.stringify(value)),
  },
  {
    name: `${kind}-settings-null`,
    description: `Settings are null in the answer to a ${kind}.`,
    operations: [kind],
    answer: property("settings", () => null),
  },
]);

const others: readonly Fault[] = [
  {
    name: "read-changed-rfc3339",
    description: "The time of the last change is in RFC 3339 form in the answer to a read.",
    operations: ["read"],
    answer: property("changed", rfc3339),
  },
  {
    name: "read-changed-never-null",
    description:
      "The time of the last change is an empty string, not null, before the first change in the answer to a read.",
    operations: ["read"],
    answer: property("changed", (value) => value ?? ""),
  },
  {
    name: "read-created-null",
    description: "The time of creation is null in the answer to a read.",
    operations: ["read"],
    answer: property("created", () => null),
  },
  {
    name: "read-created-unix",
    description: "The time of creation is a Unix time in the answer to a read.",
    operations: ["read"],
    answer: property("created", (value, context) => unixTime(context, value)),
  },
  {
    name: "read-created-date-only",
    description: "The time of creation is a date without a time in the answer to a read.",
    operations: ["read"],
    answer: property("created", onlyDate),
  },
  {
    name: "read-type-upper-case",
    description: "The type is in capital letters in the answer to a read.",
    operations: ["read"],
    answer: property("type", (value) => String(value).toUpperCase()),
  },
  {
    name: "read-type-unknown",
    description: "The type is one that is not in the contract in the answer to a read.",
    operations: ["read"],
    answer: property("type", (value) => `${value}_v2`),
  },
  {
    name: "read-name-renamed",
    description: "The name has another key in the answer to a read.",
    operations: ["read"],
    answer: item((it, { model }) => renamed(it, model.names.name, "label")),
  },
  {
    name: "read-enabled-renamed",
    description: "The enabled flag has another key in the answer to a read.",
    operations: ["read"],
    answer: item((it, { model }) => renamed(it, model.names.enabled, "enabled")),
  },
  {
    name: "read-settings-as-pairs",
    description: "Settings are a list of names and values in the answer to a read.",
    operations: ["read"],
    answer: property("settings", (value) => entriesOf(value)),
  },
  {
    name: "read-settings-flat",
    description: "The settings are beside the name, not in an object of their own, in the answer to a read.",
    operations: ["read"],
    answer: item((it, { model }) => {
      const settings = it[model.names.settings] as Item;
      return { ...without(it, model.names.settings), ...settings };
    }),
  },
  {
    name: "read-settings-renamed-fields",
    description: "The keys of settings are not the names of the form fields in the answer to a read.",
    operations: ["read"],
    answer: property("settings", (value) =>
      Object.fromEntries(entriesOf(value).map(([key, text]) => [`${key}_value`, text])),
    ),
  },
  {
    name: "read-settings-values-as-lists",
    description: "Each value of settings is a list in the answer to a read.",
    operations: ["read"],
    answer: property("settings", (value) =>
      Object.fromEntries(entriesOf(value).map(([key, text]) => [key, [text]])),
    ),
  },
  {
    name: "read-settings-extra-field",
    description: "Settings also have a field of another type, which nobody sent, in the answer to a read.",
    operations: ["read"],
    appliesTo: (model) =>
      model.roles.fields.size > 1 && strayField(model, [...model.roles.fields.keys()][0]) !== undefined,
    answer: property("settings", (value, { model }, it) => {
      const field = strayField(model, it[model.names.type]);
      return field === undefined ? value : { ...(value as Item), [field]: "stray" };
    }),
  },
  {
    name: "read-settings-masked",
    description: "The values of settings are masked with asterisks in the answer to a read.",
    operations: ["read"],
    answer: property("settings", (value) =>
      Object.fromEntries(entriesOf(value).map(([key]) => [key, "********"])),
    ),
  },
  {
    name: "read-other-id",
    description: "The id in the answer to a read is not the one that was asked for.",
    operations: ["read"],
    answer: property("id", (value) => Number(value) + 1_000_000),
  },
  {
    name: "create-id-as-text",
    description: "The id in the answer to a create is a string.",
    operations: ["create"],
    answer: property("id", String),
  },
  {
    name: "create-without-id",
    description: "The answer to a create has no id.",
    operations: ["create"],
    answer: item((it, { model }) => without(it, model.names.id)),
  },
  {
    name: "create-id-zero",
    description: "The id in the answer to a create is 0.",
    operations: ["create"],
    answer: property("id", () => 0),
  },
  {
    name: "create-other-id",
    description: "The id in the answer to a create belongs to no handler.",
    operations: ["create"],
    answer: property("id", (value) => Number(value) + 1_000_000),
  },
  {
    name: "update-id-as-text",
    description: "The id in the answer to an update is a string.",
    operations: ["update"],
    answer: property("id", String),
  },
  {
    name: "update-without-id",
    description: "The answer to an update has no id.",
    operations: ["update"],
    answer: item((it, { model }) => without(it, model.names.id)),
  },
  {
    name: "update-other-id",
    description: "The id in the answer to an update is not the id of the handler.",
    operations: ["update"],
    answer: property("id", (value) => Number(value) + 1_000_000),
  },
  {
    name: "list-name-shortened",
    description: "The list cuts names after ten characters.",
    operations: ["list"],
    answer: property("name", (value) => [...String(value)].slice(0, 10).join("")),
  },
  {
    name: "list-enabled-always",
    description: "The list shows every handler as enabled.",
    operations: ["list"],
    answer: property("enabled", () => true),
  },
  {
    name: "list-settings-empty",
    description: "The list shows empty settings.",
    operations: ["list"],
    answer: property("settings", () => ({})),
  },
  {
    name: "read-enabled-always",
    description: "A read shows every handler as enabled.",
    operations: ["read"],
    answer: property("enabled", () => true),
  },
  {
    name: "list-without-meta",
    description: "The list has no meta.",
    operations: ["list"],
    answer: body<Item>((it) => without(it, "meta")),
  },
  {
    name: "list-without-links",
    description: "The list has no links.",
    operations: ["list"],
    answer: body<Item>((it) => without(it, "links")),
  },
];

/** Handlers in answers: properties that are missing, renamed, retyped or wrong. */
export const shapeFaults: readonly Fault[] = [...missing, ...retyped, ...others];
