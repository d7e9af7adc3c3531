/**
 * The sentences that are the same for every handler type, and those that only an entry of redocly.yaml adds. They are defined here once, so
 * that the files of openapi/components/handlers/ and the derived contracts of instances share them, and one translation of each
 * (openapi/i18n/) serves them all.
 */

/** @param {string} type */
export const ofType = (type) => `of type \`${type}\``;

export const texts = {
  /** @param {string} type */
  settings: (type) => `The settings of a handler ${ofType(type)}.`,
  settingsAssumption:
    "The settings of a handler have the same keys as the fields of its type; the documentation shows only those of type email.",
  settingsWithoutFieldsAssumption:
    "The settings of a type without fields are an empty object; the documentation shows only those of type email.",
  /** @param {string} type */
  resource: (type) => `A handler ${ofType(type)}.`,
  /** @param {string} type */
  create: (type) => `Creates a handler ${ofType(type)}. Each field of the type is optional.`,
  /** @param {string} type */
  createWithoutFields: (type) => `Creates a handler ${ofType(type)}, for which no field is documented.`,
  createAssumption:
    "A field of another type does nothing, so it is refused here; no documentation says what an instance does with it.",
  /** @param {string} type */
  update: (type) => `Changes a handler and sends its type, \`${type}\`.`,
  updateAssumption:
    "This shape is recognised by its type, which is optional in the documentation: there is also a shape without it. A field of another type does nothing, so it is refused here.",
  /** @param {string} type */
  example: (type) => `A handler of type ${type}`,
  /** @param {string} type */
  createExample: (type) => `Create a handler of type ${type}`,
  /** @param {string} type */
  updateExample: (type) => `Change it to a handler of type ${type}`,
  ours: "Made for this contract; no documentation shows it.",

  /** @param {string} field @param {string} type */
  field: (field, type) => `The field \`${field}\` of type \`${type}\`.`,
  /** @param {string} field @param {string} property */
  customFilter: (field, property) =>
    `Only the handlers whose \`${property}\` is this: the filter \`${field}\`.`,
  /** @param {string} field @param {string} property */
  customFilterAssumption: (field, property) =>
    `The filter ${field} narrows the list to the handlers whose ${property} equals it.`,
  customFilterExample: "Only the handlers with this value",
  /** @param {string} form for people: `DD-MM-YYYY HH:MM:SS` */
  filterDatetime: (form) => `A date and time as \`${form}\`, in UTC.`,
  /** @param {string} form for people: `DD-MM-YYYY` */
  filterPeriod: (form) =>
    `A time as \`${form}\`, in UTC: a range begins with its first second, and ends with its last.`,
  filterPeriodAssumption:
    "The times of filters are in UTC, as the datetimes of answers are assumed to be, and a range includes all of its last day, hour, minute or second; the documentation shows only their form.",
  /** @param {string} fields @param {string} type */
  inertFields: (fields, type) =>
    `The documentation names ${fields} for the type ${type}, which it does not allow; they are left out here, since they would do nothing.`,
  /** @param {string} fields */
  untypedFields: (fields) =>
    `The documentation names ${fields} without saying for which type; they are left out here, since nothing says when they take effect.`,
  /** @param {string} language in English @param {string} seen a date @returns {string} */
  page: (language, seen) => `The documentation of this instance, in ${language}, as of ${seen}.`,
  /** @param {string} language in English @param {string} seen a date @returns {string} */
  pageWithoutAddress: (language, seen) =>
    `The instance. Its documentation, in ${language}, was read as of ${seen}; its address was not recorded.`,
};

/** The sentences that no bundle of the family contains, with their gaps: instances that need them use their translations. */
export const derivedTexts = [
  texts.createWithoutFields("{type}"),
  texts.settingsWithoutFieldsAssumption,
  texts.field("{field}", "{type}"),
  texts.customFilter("{field}", "{property}"),
  texts.customFilterAssumption("{field}", "{property}"),
  texts.customFilterExample,
  texts.filterDatetime("{form}"),
  texts.filterPeriod("{form}"),
  texts.filterPeriodAssumption,
  texts.inertFields("{fields}", "{type}"),
  texts.untypedFields("{fields}"),
  texts.page("{language}", "{date}"),
  texts.pageWithoutAddress("{language}", "{date}"),
];
