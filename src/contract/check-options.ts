import { instanceNames, shortList, strayOption } from "../description/index.ts";
import type { CheckOptions } from "./prepare.ts";
import { isBaseUrl, isSendable, type Keys, longestTimer, unsendable } from "./wire/index.ts";

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

const keyNames = Object.keys({ valid: true, other: true } satisfies Record<keyof Keys, true>);

/** Throws TypeError for an option that is unknown, missing or invalid. Keys are not repeated in messages. */
export function checkOptions(given: CheckOptions): void {
  const {
    instance,
    description,
    baseUrl,
    keys,
    interval = 0,
    timeout = 1,
    only = [],
  }: Partial<CheckOptions> = given ?? {};
  const stray = strayOption(given ?? {}, optionNames);
  if (stray !== undefined) throw new TypeError(stray);
  if (typeof instance !== "string" && description === undefined)
    throw new TypeError(`instance must be one of ${shortList(instanceNames)}, or family.`);
  const strayKey = strayOption(typeof keys === "object" ? (keys ?? {}) : {}, keyNames, "keys");
  if (strayKey !== undefined) throw new TypeError(strayKey);
  if (typeof keys?.valid !== "string" || keys.valid === "")
    throw new TypeError("keys.valid must be an API key of the account that is checked.");
  if (keys.other === "")
    throw new TypeError("keys.other is empty: leave it out if there is no second account.");
  for (const [name, key] of Object.entries(keys))
    if (key !== undefined && !isSendable(key)) throw new TypeError(`keys.${name} ${unsendable}`);
  if (baseUrl !== undefined && !isBaseUrl(baseUrl))
    throw new TypeError("baseUrl must be an http or https URL without user, query and fragment.");
  if (typeof timeout !== "number" || !(timeout > 0 && timeout <= longestTimer))
    throw new TypeError(`timeout must be a number of milliseconds above 0, at most ${longestTimer}.`);
  if (typeof interval !== "number" || !(interval >= 0 && interval <= longestTimer))
    throw new TypeError(`interval must be a number of milliseconds from 0 to ${longestTimer}.`);
  if (!Array.isArray(only)) throw new TypeError("only must be a list of names of checks.");
}
