import { KeyError, type Keys, otherKeyVariable, soundKeys, variableOf } from "../wire/index.ts";

/** The variables that hold a member's keys, where it names them. */
export interface KeyVariables {
  readonly key?: string | undefined;
  readonly otherKey?: string | undefined;
}

/**
 * The keys of one of several instances, or why there are none. Only its own variables count: the one for all instances would give the key of
 * one operator to the hosts of the others.
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
