import { filterDatetimeFormat } from "../../generated/client.ts";
import { formatDatetime } from "./datetime.ts";
import { need } from "./errors.ts";

/**
 * The properties of an object that are to be sent, as forms and queries carry them; undefined ones are left out. A boolean is `1` or
 * `0`, since the text `false` is true to a server that takes text for a boolean by truthiness. A Date is a datetime in UTC, in the
 * format that instances document.
 *
 * @throws {NotificationHandlersError} `invalid_argument`, naming the property, when a value has no such text
 */
export function textsOf(values: unknown): [name: string, text: string][] {
  // Streams, maps and the like have no properties to send; they would make an empty form.
  need({}.toString.call(values) === "[object Object]", "A plain object is needed.");
  return Object.entries(values as object)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (typeof value === "boolean") value = +value;
      if (value instanceof Date && !Number.isNaN(+value)) value = formatDatetime(value, filterDatetimeFormat);
      need(
        // Half of a surrogate pair is text that UTF-8 cannot carry.
        typeof value === "string" ? value.isWellFormed?.() !== false : Number.isFinite(value),
        `"${name}" must be well-formed text, a finite number or a boolean.`,
      );
      return [name, `${value}`];
    });
}

/** The query string of an object, without its question mark. */
export function queryOf(values: unknown): string {
  return textsOf(values)
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .join("&");
}
