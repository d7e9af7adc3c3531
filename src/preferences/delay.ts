import { instead } from "../description/index.ts";
import { Refusal } from "../http/index.ts";

/** The longest that an answer is held back for a client, in milliseconds. */
const longest = 60_000;

/** The milliseconds of `delay=…`. Throws a Refusal for what is none, or too long. */
export function readDelay(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (milliseconds <= longest) return milliseconds;
  throw new Refusal(400, `Prefer delay must be milliseconds from 0 to ${longest}, not ${instead(text)}.`);
}
