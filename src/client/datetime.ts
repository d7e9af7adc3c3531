import { responseDatetimeFormat } from "../../generated/client.ts";
import { need } from "./errors.ts";

/**
 * A moment as text in UTC.
 *
 * @param format in PHP's notation, of the letters Y m d H i s
 */
export function formatDatetime(date: Date, format: string): string {
  const parts = /(.+)-(..)-(..)T(..):(..):(..)/.exec(date.toISOString()) ?? [];
  return format.replace(/\w/g, (letter) => parts[" YmdHis".indexOf(letter)] as string);
}

/**
 * The moment of a datetime as answers write it (`YYYY-MM-DD HH:MM:SS`, in UTC: so say the instances' pages); null of null.
 *
 * @throws {NotificationHandlersError} `invalid_argument` when the text is no datetime of that form
 */
export function toDate(datetime: string): Date;
export function toDate(datetime: string | null): Date | null;
export function toDate(datetime: string | null): Date | null {
  if (datetime === null) return null;
  const numbers = String(datetime).split(/\D/);
  const letters = responseDatetimeFormat.replace(/\W/g, "");
  const [Y, m, d, H, i, s] = [..."YmdHis"].map((letter) => numbers[letters.indexOf(letter)]);
  const date = new Date(`${Y}-${m}-${d}T${H}:${i}:${s}Z`);
  need(
    !Number.isNaN(+date) && formatDatetime(date, responseDatetimeFormat) === datetime,
    `"${datetime}"`,
    `a datetime of the form ${responseDatetimeFormat} (in PHP's notation)`,
  );
  return date;
}
