import { formatDatetime } from "./datetime.ts";
import { need } from "./errors.ts";

/** The same text for all plain objects, another one for all lists, and others for everything else. */
export function kindOf(value: unknown): string {
  return {}.toString.call(value);
}

/**
 * The properties of an object as forms and queries carry them; undefined ones are left out. A boolean becomes `1` or `0`, since a PHP
 * server takes the text `false` for true. A Date becomes a datetime in UTC.
 *
 * @param datetimeFormat how the instance writes datetimes in filters, in PHP's notation
 * @throws {NotificationHandlersError} `invalid_argument`, naming the property, when a value can't be sent
 */
export function textsOf(values: unknown, datetimeFormat: string): [name: string, text: string][] {
  // Streams, maps and the like have no own properties; they would become an empty form.
  need(kindOf(values) === kindOf({}), "query or body must be a plain object");
  return Object.entries(values as object)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (typeof value === "boolean") value = +value;
      // An invalid Date stays a Date, and is refused below.
      if (value instanceof Date && !Number.isNaN(+value)) value = formatDatetime(value, datetimeFormat);
      need(typeof value === "string" || Number.isFinite(value), `"${name}" must be text, number or boolean`);
      return [name, `${value}`];
    });
}

/** The query string of an object, without its question mark. */
export function queryOf(values: unknown, datetimeFormat: string): string {
  return textsOf(values, datetimeFormat)
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .join("&");
}
