import { instanceNames, some, strayOption } from "../description/index.ts";
import type { CheckOptions } from "./prepare.ts";

/** All option names, to find misspelled ones in programs without types. */
const optionNames = Object.keys({
  instance: true,
  description: true,
  baseUrl: true,
  keys: true,
  write: true,
  only: true,
  name: true,
  baseline: true,
  interval: true,
  schedule: true,
  timeout: true,
  journalFolder: true,
  fetch: true,
  clock: true,
  signal: true,
  onWait: true,
  onRequest: true,
  onStep: true,
} satisfies Record<keyof CheckOptions, true>);

/** Throws TypeError for an option that is unknown, missing or invalid. Keys are not repeated in messages. */
export function checkOptions(given: CheckOptions): void {
  const { instance, description, baseUrl, keys }: Partial<CheckOptions> = given ?? {};
  const stray = strayOption(given ?? {}, optionNames);
  if (stray !== undefined) throw new TypeError(stray);
  if (typeof instance !== "string" && description === undefined)
    throw new TypeError(`instance must be one of ${some(instanceNames)}, or family.`);
  if (typeof keys?.valid !== "string" || keys.valid === "")
    throw new TypeError("keys.valid must be an API key of the account that is checked.");
  const isHttpUrl = baseUrl === undefined || (URL.canParse(baseUrl) && /^https?:/i.test(baseUrl));
  if (!isHttpUrl) throw new TypeError("baseUrl must be an http or https URL.");
}
