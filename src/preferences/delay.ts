import { shownValue } from "../description/index.ts";
import { Refusal } from "../http/index.ts";

/** The longest delay of an answer, in milliseconds. */
const longest = 60_000;

/** The milliseconds of `delay=…`. Throws a Refusal if it is not a number, or too large. */
export function readDelay(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (milliseconds <= longest) return milliseconds;
  throw new Refusal(400, `Prefer delay must be milliseconds from 0 to ${longest}, not ${shownValue(text)}.`);
}
