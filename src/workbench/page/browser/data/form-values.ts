import type { FormField, InstanceModel, TypeForms } from "../../boot.ts";
import type { Form, Handler } from "./handlers-api.ts";

/** The values of a handler as a form shows them: name, enabled, settings. */
export function valuesOf({ properties }: InstanceModel, handler: Handler | undefined): Map<string, string> {
  const values = new Map<string, string>();
  if (handler === undefined) return values;
  const settings = Object(handler[properties.settings]) as Record<string, unknown>;
  for (const [name, value] of Object.entries(settings)) if (value !== null) values.set(name, String(value));
  values.set(properties.name, String(handler[properties.name] ?? ""));
  values.set(properties.enabled, handler[properties.enabled] === true ? "1" : "0");
  return values;
}

/** The forms of a type. A type that the contract does not list gets the fields of all types, and those of its handler. */
export function formsOf(
  { types, properties }: InstanceModel,
  type: string,
  handler: Handler | undefined,
): TypeForms {
  const known = types.find((each) => each.type === type);
  if (known !== undefined) return known;
  const [first, ...others] = types;
  const common = (kind: "create" | "update") =>
    (first?.[kind] ?? []).filter(({ name }) =>
      others.every((each) => each[kind].some((field) => field.name === name)),
    );
  const isOwn = handler !== undefined && handler[properties.type] === type;
  const settings = isOwn ? Object.keys(Object(handler[properties.settings])) : [];
  return { type, create: common("create"), update: [...common("update"), ...settings.map(fieldOf)] };
}

/** A field of which only the name is known. */
export function fieldOf(name: string): FormField {
  return {
    name,
    isRequired: false,
    description: undefined,
    values: [],
    format: undefined,
    example: undefined,
  };
}

/** The initial values of a new handler: the contract's examples, so that it can be sent unchanged. */
export function examplesOf(fields: readonly FormField[]): Map<string, string> {
  return new Map(fields.map(({ name, example }) => [name, example ?? ""]));
}

/** What a create sends: the type, and every field that has a value or is required. */
export function createForm(model: InstanceModel, { type, create }: TypeForms, values: Form): Form {
  const sent = new Map([[model.properties.type, type]]);
  for (const { name, isRequired } of create) {
    const value = values.get(name) ?? "";
    if (value !== "" || isRequired) sent.set(name, value);
  }
  return sent;
}

/** What an update sends: the fields that have changed. If the type changes: the type and all fields, since the settings start empty. */
export function updateForm(
  model: InstanceModel,
  { type, update }: TypeForms,
  values: Form,
  before: { readonly type: string; readonly values: Form },
): Form {
  const isOther = type !== before.type;
  const sent = new Map(isOther ? [[model.properties.type, type]] : []);
  for (const { name } of update) {
    const value = values.get(name);
    if (value === undefined || (!isOther && value === (before.values.get(name) ?? ""))) continue;
    if (isOther && value === "") continue;
    sent.set(name, value);
  }
  return sent;
}
