import { keyVariable } from "../../description/index.ts";

/**
 * Whose key a request carries: the account's, none, one that no account has, that of a second account, or the account's under a
 * scheme that the contract does not have.
 */
export type Credential = "valid" | "none" | "wrong" | "other" | "scheme";

/** The keys of a run. They are sent to the base URL's origin and nowhere else, and are masked in whatever is put out. */
export interface Keys {
  readonly valid: string;
  /** A second account's, where there is one. */
  readonly other?: string;
}

/** The environment variable of a second account's key. */
export const otherKeyVariable = "NOTIFICATION_HANDLERS_OTHER_API_KEY";

/** What no account has as its key. */
const wrongKey = "not-a-key-of-any-account";

/** A scheme of authentication (RFC 7617) that the contract does not have. */
const wrongScheme = "Basic";

/** The name of an instance's own variable: `NOTIFICATION_HANDLERS_API_KEY_BITPEAK_RU`. */
export function variableOf(instance: string, variable = keyVariable): string {
  return `${variable}_${instance.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}`;
}

/** There is no key, or it can't be sent. */
export class KeyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "KeyError";
  }
}

/** The keys of an instance: its own variables win. Undefined where there is none. Throws KeyError for a key that no header can carry. */
export function keysFor(instance: string, environment: NodeJS.ProcessEnv): Keys | undefined {
  const find = (variable: string) => environment[variableOf(instance, variable)] || environment[variable];
  return soundKeys(instance, find(keyVariable), find(otherKeyVariable));
}

/** The keys, if there is a first one. `instance`: what errors call it. Throws KeyError for a key that no header can carry. */
export function soundKeys(
  instance: string,
  valid: string | undefined,
  other: string | undefined,
): Keys | undefined {
  if (valid === undefined || valid === "") return undefined;
  for (const key of [valid, other]) {
    // What RFC 9110, section 5.5, allows in a field value, without spaces: a key with a line end at its end is a common slip.
    if (key !== undefined && key !== "" && !/^[\x21-\x7e]+$/.test(key)) {
      throw new KeyError(
        `The API key of ${instance} has a character that no header can carry, such as a space or a line end.`,
      );
    }
  }
  return { valid, ...(other !== undefined && other !== "" && { other }) };
}

export function needKeys(instance: string, environment: NodeJS.ProcessEnv): Keys {
  const keys = keysFor(instance, environment);
  if (keys !== undefined) return keys;
  throw new KeyError(`There is no API key for ${instance}: set ${keyVariable} or ${variableOf(instance)}.`);
}

/** The keys as they stand in what is shown to people: as variables of a shell. */
export const keyVariables: Keys = { valid: `$${keyVariable}`, other: `$${otherKeyVariable}` };

/** What the header Authorization of a request holds; undefined for none. */
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
