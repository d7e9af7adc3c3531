/** The number of digits of each letter of PHP's notation (https://www.php.net/manual/en/datetime.format.php) that the contract uses. */
const places = { Y: 4, m: 2, d: 2, H: 2, i: 2, s: 2 } as const;
type Place = keyof typeof places;

/** Reads and writes moments, in UTC, in one of the contract's datetime formats (`x-datetime-format`). */
export interface DatetimeFormat {
  /** How many seconds a text covers: those of a day if the form has no time. */
  readonly seconds: number;
  /** `seconds`: since 1970. */
  write(seconds: number): string;
  /**
   * Seconds since 1970: the first second of the day or minute. Undefined for a text of another form, or a date that does not exist (31
   * February).
   */
  read(text: string): number | undefined;
}

/** Throws for a notation with letters that this code does not know. */
export function datetimeFormat(notation: string): DatetimeFormat {
  const parts = [...notation].map((letter) => {
    if (letter in places) return letter as Place;
    if (/[a-z]/i.test(letter))
      throw new Error(`The datetime format ${notation} has "${letter}", which is unknown.`);
    return { literal: letter };
  });
  const pattern = new RegExp(
    `^${parts.map((part) => (typeof part === "string" ? `(?<${part}>\\d{${places[part]}})` : part.literal.replace(/\W/, "\\$&"))).join("")}$`,
  );
  let last = { seconds: Number.NaN, text: "" };
  /** Caches the last result: most moments are of the same second as the one before. */
  const write = (seconds: number) => {
    if (seconds !== last.seconds) last = { seconds, text: written(seconds) };
    return last.text;
  };
  const written = (seconds: number) => {
    const date = new Date(seconds * 1000);
    const values: Record<Place, number> = {
      Y: date.getUTCFullYear(),
      m: date.getUTCMonth() + 1,
      d: date.getUTCDate(),
      H: date.getUTCHours(),
      i: date.getUTCMinutes(),
      s: date.getUTCSeconds(),
    };
    return parts
      .map((part) =>
        typeof part === "string" ? String(values[part]).padStart(places[part], "0") : part.literal,
      )
      .join("");
  };
  return {
    seconds: notation.includes("s") ? 1 : notation.includes("i") ? 60 : 86_400,
    write,
    read(text) {
      const groups = pattern.exec(text)?.groups;
      if (groups === undefined) return undefined;
      const at = (place: Place) => Number(groups[place] ?? (place === "m" || place === "d" ? 1 : 0));
      const seconds = Date.UTC(at("Y"), at("m") - 1, at("d"), at("H"), at("i"), at("s")) / 1000;
      // Date.UTC turns 31 February into March, and reads years below 100 as 19xx, so the result is written and compared.
      return Number.isNaN(seconds) || write(seconds) !== text ? undefined : seconds;
    },
  };
}
