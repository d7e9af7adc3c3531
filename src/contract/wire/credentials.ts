import { keyVariable } from "../../description/index.ts";

/**
 * The key that a request carries: the account's, none, an invalid one, a second account's, or the account's under an authentication scheme
 * that the contract does not have.
 */
export type Credential = "valid" | "none" | "wrong" | "other" | "scheme";

/** The keys of a run. They are sent only to the base URL's origin, and are masked in all output. */
export interface Keys {
  readonly valid: string;
  /** A second account's key, if there is one. */
  readonly other?: string;
}

/** The environment variable of a second account's key. */
export const otherKeyVariable = "NOTIFICATION_HANDLERS_OTHER_API_KEY";

/** A key that is valid for no account. */
const wrongKey = "not-a-key-of-any-account";

/** An authentication scheme (RFC 7617) that the contract does not have. */
const wrongScheme = "Basic";

/** The name of an instance's own variable: `NOTIFICATION_HANDLERS_API_KEY_BITPEAK_RU`. */
export function variableOf(instance: string, variable = keyVariable): string {
  return `${variable}_${instance.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}`;
}

/** There is no key, or it can't be sent in a header. */
export class KeyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "KeyError";
  }
}

/**
 * Whether a header can carry a key: it has only characters that RFC 9110, section 5.5, allows in a field value, without spaces. A line end
 * after the key is a common mistake.
 */
export function isSendable(key: unknown): key is string {
  return typeof key === "string" && /^[\x21-\x7e]+$/.test(key);
}

/** What is wrong with a key that is not sendable, as the end of a sentence. */
export const unsendable = "has a character that no header can carry, such as a space or a line end.";

/** The keys, if there is a first one. `instance`: its name in errors. Throws KeyError for a key that can't be sent in a header. */
export function soundKeys(
  instance: string,
  valid: string | undefined,
  other: string | undefined,
): Keys | undefined {
  if (valid === undefined || valid === "") return undefined;
  for (const key of [valid, other]) {
    if (key !== undefined && key !== "" && !isSendable(key))
      throw new KeyError(`The API key of ${instance} ${unsendable}`);
  }
  return { valid, ...(other !== undefined && other !== "" && { other }) };
}

/**
 * The keys of an instance. Its own variables take precedence over those for all instances. Throws KeyError if there is no key, or one that
 * can't be sent in a header.
 */
export function needKeys(instance: string, environment: NodeJS.ProcessEnv): Keys {
  const find = (variable: string) => environment[variableOf(instance, variable)] || environment[variable];
  const keys = soundKeys(instance, find(keyVariable), find(otherKeyVariable));
  if (keys !== undefined) return keys;
  throw new KeyError(`There is no API key for ${instance}: set ${keyVariable} or ${variableOf(instance)}.`);
}

/** The keys as they are shown to people: as shell variables. */
export const keyVariables: Keys = { valid: `$${keyVariable}`, other: `$${otherKeyVariable}` };

/** The Authorization header of a request; undefined for none. */
export function authorizationOf(
  credential: Credential = "valid",
  { valid, other }: Keys,
): string | undefined {
  const headers: Record<Credential, string | undefined> = {
    valid: `Bearer ${valid}`,
    none: undefined,
    wrong: `Bearer ${wrongKey}`,
    other: other === undefined ? undefined : `Bearer ${other}`,
    scheme: `${wrongScheme} ${valid}`,
  };
  return headers[credential];
}
