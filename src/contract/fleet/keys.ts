import { KeyError, type Keys, otherKeyVariable, soundKeys, variableOf } from "../wire/index.ts";

/** The names of the variables with a member's keys, if the file gives them. */
export interface KeyVariables {
  readonly key?: string | undefined;
  readonly otherKey?: string | undefined;
}

/**
 * The keys of a member, or why there are none. Only the member's own variables count: the variable for all instances would send one
 * operator's key to other operators' hosts.
 */
export function memberKeys(
  name: string,
  environment: NodeJS.ProcessEnv,
  { key = variableOf(name), otherKey = variableOf(name, otherKeyVariable) }: KeyVariables = {},
): Keys | { readonly missing: string } {
  try {
    const keys = soundKeys(name, environment[key], environment[otherKey]);
    return keys ?? { missing: `There is no API key: set ${key}.` };
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    return { missing: error.message };
  }
}
