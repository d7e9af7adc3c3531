import { formatDatetime } from "./datetime.ts";
import { invalidRequest } from "./errors.ts";

/**
 * The text of a value as forms and queries carry it: a boolean is `1` or `0`, since the text `false` is true to a server that takes
 * text for a boolean by truthiness.
 *
 * @param field the name to call the value by in an error
 * @throws {NotificationHandlersError} `invalid_request` when the value has no such text
 */
export function textOf(field: string, value: unknown): string {
  if (typeof value === "string") {
    if (value.isWellFormed?.() === false) {
      throw invalidRequest(`"${field}" has half of a surrogate pair, which UTF-8 cannot carry.`);
    }
    return value;
  }
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "bigint" || Number.isFinite(value)) return String(value);
  const kind = value === null ? "null" : typeof value === "object" ? "an object" : String(value);
  throw invalidRequest(
    `"${field}" is ${kind}; send a string, a finite number or a boolean, or leave it out.`,
  );
}

/** The properties of an object that are to be sent: all but the undefined ones. */
export function sentProperties(values: unknown): [string, unknown][] {
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw invalidRequest("An object is needed here.");
  }
  return Object.entries(values).filter(([, value]) => value !== undefined);
}

/**
 * The query string of an object, without its question mark. A Date becomes a datetime in UTC in the instance's format.
 *
 * @param datetimeFormat in PHP's notation; null where the instance takes no datetimes
 * @throws {NotificationHandlersError} `invalid_request` when a value cannot be sent
 */
export function queryOf(values: unknown, datetimeFormat: string | null): string {
  return sentProperties(values)
    .map(([name, value]) => {
      if (value instanceof Date) {
        if (!datetimeFormat) throw invalidRequest(`"${name}" is a Date; the instance takes no datetimes.`);
        value = formatDatetime(value, datetimeFormat, name);
      }
      return `${encodeURIComponent(name)}=${encodeURIComponent(textOf(name, value))}`;
    })
    .join("&");
}
