import { texts } from "./texts.js";

/** The only type whose settings the pages show. */
const shownType = "email";

/**
 * The first name that is not taken. If all are, the last one with a number.
 *
 * @param {ReadonlySet<string>} taken
 * @param {...string} wanted
 * @returns {string}
 */
export function freeName(taken, ...wanted) {
  const free = wanted.find((name) => !taken.has(name));
  if (free !== undefined) return free;
  let number = 2;
  while (taken.has(`${wanted.at(-1)}${number}`)) number += 1;
  return `${wanted.at(-1)}${number}`;
}

/**
 * What the contract says of one handler type: its settings, its resource, its two bodies, and an example of each. The files of
 * openapi/components/handlers/ are written by this (`npm run add-type`), and so is what an entry of redocly.yaml adds or changes.
 *
 * @typedef {object} TypeParts
 * @property {Record<string, any>} schemas by component name, in the order in which they stand
 * @property {Record<string, any>} examples by component name
 */

/**
 * The component names of a type. `internal_notification` is `InternalNotificationHandler`, not `InternalNotificationNotificationHandler`.
 *
 * @param {string} type
 */
export function namesOf(type) {
  const name = pascal(type);
  const handler = `${name.replace(/Notification$/, "")}NotificationHandler`;
  return {
    settings: `${name}Settings`,
    resource: handler,
    create: `Create${handler}`,
    update: `Update${handler}`,
    example: `${name}Example`,
    createExample: `Create${name}Example`,
    updateExample: `Update${name}Example`,
  };
}

/** @param {string} name in snake_case @returns {string} */
export function pascal(name) {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/**
 * @param {string} type
 * @param {ReadonlyMap<string, string>} fields the component that describes each field, by the field's name
 * @param {(component: string) => any} ref makes a reference to a component
 */
export function typeSchemas(type, fields, ref) {
  const names = namesOf(type);
  const ownFields = () => Object.fromEntries([...fields].map(([name, component]) => [name, ref(component)]));
  const object = fields.size === 0 ? { type: "object" } : { type: "object", properties: ownFields() };
  const inferred = {
    "x-evidence": "inferred",
    "x-assumption": fields.size === 0 ? texts.settingsWithoutFieldsAssumption : texts.settingsAssumption,
  };
  const constant = () => ({ type: "string", const: type });
  return {
    [names.settings]: {
      title: names.settings,
      description: texts.settings(type),
      ...(type === shownType && fields.size > 0 ? {} : inferred),
      anyOf: [object, ref("EmptySettings")],
    },
    [names.resource]: {
      title: names.resource,
      type: "object",
      description: texts.resource(type),
      required: ["id", "type", "name", "settings", "is_enabled", "last_datetime", "datetime"],
      properties: {
        id: { ...ref("NotificationHandlerId"), readOnly: true },
        type: constant(),
        name: ref("HandlerName"),
        settings: ref(names.settings),
        is_enabled: ref("IsEnabled"),
        last_datetime: { ...ref("LastDatetime"), readOnly: true },
        datetime: { ...ref("Datetime"), readOnly: true },
      },
    },
    [names.create]: {
      title: names.create,
      type: "object",
      description: fields.size === 0 ? texts.createWithoutFields(type) : texts.create(type),
      required: ["type", "name"],
      additionalProperties: false,
      "x-evidence": { additionalProperties: "inferred" },
      "x-assumption": texts.createAssumption,
      properties: { type: constant(), name: ref("HandlerName"), ...ownFields() },
    },
    [names.update]: {
      title: names.update,
      type: "object",
      description: texts.update(type),
      required: ["type"],
      additionalProperties: false,
      "x-evidence": { required: "inferred", additionalProperties: "inferred" },
      "x-assumption": texts.updateAssumption,
      properties: { type: constant(), name: ref("HandlerName"), ...ownFields(), is_enabled: ref("Flag") },
    },
  };
}

/**
 * The examples of a type, made for this contract. Field values come from the fields' own examples.
 *
 * @param {string} type
 * @param {Record<string, unknown>} values an example of each field
 * @param {{ id: number, name: string, datetime: string, changed?: string | null }} handler
 */
export function typeExamples(type, values, { id, name, datetime, changed = null }) {
  const names = namesOf(type);
  return {
    [names.example]: {
      summary: texts.example(type),
      description: texts.ours,
      value: { id, type, name, settings: { ...values }, is_enabled: true, last_datetime: changed, datetime },
    },
    [names.createExample]: {
      summary: texts.createExample(type),
      description: texts.ours,
      value: { type, name, ...values },
    },
    [names.updateExample]: {
      summary: texts.updateExample(type),
      description: texts.ours,
      value: { type, ...values, is_enabled: 1 },
    },
  };
}

/**
 * The schema of a field whose meaning no page explains: only its name, and that it is a string.
 *
 * @param {string} field
 * @param {string} type
 */
export function plainField(field, type) {
  return {
    type: "string",
    description: texts.field(field, type),
    examples: [`example-${field.replaceAll("_", "-")}`],
  };
}
