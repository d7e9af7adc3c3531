import { responseDatetimeFormat } from "../../generated/client.ts";
import { invalidRequest } from "./errors.ts";

/** Where the parts of a datetime stand in an ISO 8601 text, by their letters in PHP's notation. */
const PARTS = { Y: [0, 4], m: [5, 7], d: [8, 10], H: [11, 13], i: [14, 16], s: [17, 19] } as const;
const LETTERS = /[YmdHis]/g;

/**
 * A moment as text in UTC.
 *
 * @param format in PHP's notation, of the letters Y m d H i s
 * @param field the name to call the value by in an error
 * @throws {NotificationHandlersError} `invalid_request` when the date is invalid or its year has more than four digits
 */
export function formatDatetime(date: Date, format: string, field: string): string {
  const iso = Number.isNaN(+date) ? "" : date.toISOString();
  if (iso.length !== 24) throw invalidRequest(`"${field}" is not a Date from year 0 to 9999.`);
  return format.replace(LETTERS, (letter) => iso.slice(...PARTS[letter as keyof typeof PARTS]));
}

/**
 * The moment of a datetime as answers write it (`YYYY-MM-DD HH:MM:SS`, in UTC: so say the instances' pages); null of null.
 *
 * @throws {NotificationHandlersError} `invalid_request` when the text is no datetime of that form
 */
export function toDate(datetime: string): Date;
export function toDate(datetime: string | null): Date | null;
export function toDate(datetime: string | null): Date | null {
  if (datetime === null) return null;
  const numbers = String(datetime).match(/\d+/g) ?? [];
  const letters = [...responseDatetimeFormat.matchAll(LETTERS)].map(String);
  const [Y, m, d, H, i, s] = Object.keys(PARTS).map((letter) => numbers[letters.indexOf(letter)]);
  const date = new Date(`${Y}-${m}-${d}T${H}:${i}:${s}Z`);
  if (Number.isNaN(+date) || formatDatetime(date, responseDatetimeFormat, "datetime") !== datetime) {
    throw invalidRequest(
      `"${datetime}" is no datetime of the form ${responseDatetimeFormat} (PHP's notation).`,
    );
  }
  return date;
}
