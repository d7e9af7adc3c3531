import { responseDatetimeFormat } from "../../generated/client.ts";
import { need } from "./errors.ts";

/**
 * A moment as text in UTC.
 *
 * @param format in PHP's notation, with the letters Y m d H i s
 */
export function formatDatetime(date: Date, format: string): string {
  const [Y, m, d, H, i, s] = date.toISOString().split(/[-T:.]/);
  const parts: Record<string, string | undefined> = { Y, m, d, H, i, s };
  return format.replace(/[YmdHis]/g, (letter) => parts[letter] as string);
}

/**
 * The moment of a datetime in an answer (`YYYY-MM-DD HH:MM:SS`, read as UTC, which the contract infers); null for null.
 *
 * @throws {NotificationHandlersError} `invalid_argument` when the text is not such a datetime
 */
export function toDate(datetime: string): Date;
export function toDate(datetime: string | null): Date | null;
export function toDate(datetime: string | null): Date | null {
  if (datetime === null) return null;
  const letters: string[] = responseDatetimeFormat.match(/[YmdHis]/g) ?? [];
  const numbers = String(datetime).split(/\D/);
  const part = (letter: string) => numbers[letters.indexOf(letter)];
  const date = new Date(`${part("Y")}-${part("m")}-${part("d")}T${part("H")}:${part("i")}:${part("s")}Z`);
  // Formatted again for comparison, since Date reads 30 February as 2 March.
  need(
    !Number.isNaN(date.getTime()) && formatDatetime(date, responseDatetimeFormat) === datetime,
    `"${datetime}" must be a datetime of the form ${responseDatetimeFormat} (in PHP's notation)`,
  );
  return date;
}
