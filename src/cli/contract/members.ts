import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import {
  type BaselineFile,
  hasKeys,
  type Member,
  memberKeys,
  needKeys,
  otherKeyVariable,
  readBaseline,
  readFleet,
  shardOf,
  usualBaseUrl,
  usualInterval,
  variableOf,
} from "../../contract/index.ts";
import { instanceNames, loadDescription, shortList } from "../../description/index.ts";
import { type Options, UsageError } from "./options.ts";

const usualTimeout = 10;

/** The members to check, and those that are skipped because they have no key. */
export interface Chosen {
  readonly members: readonly Member[];
  readonly passedOver: readonly string[];
}

/** The environment, over the variables of `--keys-file`. */
export function environmentOf({ keysFile }: Options): NodeJS.ProcessEnv {
  if (keysFile === undefined) return process.env;
  let text: string;
  try {
    text = readFileSync(keysFile, "utf8");
  } catch (error) {
    throw new UsageError(`${keysFile} can't be read: ${(error as Error).message}`);
  }
  return { ...parseEnv(text), ...process.env };
}

/** The requested members: by a file, by `--all`, or by name. Throws SettingsError, KeyError, UnknownInstanceError and UsageError. */
export function membersOf(options: Options, names: readonly string[]): Chosen {
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline);
  const chosen = chosenOf(options, names, baseline);
  if (options.shard === undefined) return chosen;
  return { ...chosen, members: shardOf(chosen.members, options.shard) };
}

/** The members whose sandboxes are started: those that are named, or all registered ones. */
export function sandboxesOf(options: Options, names: readonly string[]): Chosen {
  const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline);
  const members = (names.length === 0 ? instanceNames : names).map((name) => ({
    ...memberOf(name, { ...options, baseUrl: usualBaseUrl(name), write: true }, {}, baseline),
    interval: options.rate ?? 0,
  }));
  return { members: options.shard === undefined ? members : shardOf(members, options.shard), passedOver: [] };
}

/** The names of the variables with the instances' keys. Their values are not read. */
export function variablesOf(options: Options, names: readonly string[]): object[] {
  const all = (names.length === 0 ? instanceNames : names).map((name) =>
    memberOf(name, options, {}, undefined),
  );
  const members = options.shard === undefined ? all : shardOf(all, options.shard);
  return members.map(({ name }) => ({
    instance: name,
    variable: variableOf(name),
    otherVariable: variableOf(name, otherKeyVariable),
  }));
}

function chosenOf(options: Options, names: readonly string[], baseline: BaselineFile | undefined): Chosen {
  const environment = environmentOf(options);
  if (options.config !== undefined)
    return { members: listed(options, names, environment, baseline), passedOver: [] };
  if (options.all && options.dryRun)
    return {
      members: instanceNames.map((name) => memberOf(name, options, environment, baseline)),
      passedOver: [],
    };
  if (options.all) return withKeys(options, environment, baseline);
  if (names.length === 0) throw new UsageError(`Name an instance: ${shortList(instanceNames)}, or family.`);
  for (const name of names) loadDescription(name);
  if (options.baseUrl !== undefined && names.length > 1)
    throw new UsageError("--base-url needs exactly one instance.");
  const members = names.map((name) => ({
    ...memberOf(name, options, environment, baseline),
    ...(names.length === 1 && !options.dryRun && { keys: needKeys(name, environment) }),
  }));
  return { members, passedOver: [] };
}

function memberOf(
  name: string,
  { baseUrl = usualBaseUrl(name), rate, timeout = usualTimeout, write = false }: Options,
  environment: NodeJS.ProcessEnv,
  baseline: BaselineFile | undefined,
): Member {
  return {
    name,
    instance: name,
    baseUrl,
    keys: memberKeys(name, environment),
    write,
    interval: rate ?? usualInterval(baseUrl),
    timeout: timeout * 1_000,
    baseline,
  };
}

function withKeys(
  options: Options,
  environment: NodeJS.ProcessEnv,
  baseline: BaselineFile | undefined,
): Chosen {
  const all = instanceNames.map((name) => memberOf(name, options, environment, baseline));
  const members = all.filter(hasKeys);
  const missing = all.flatMap(({ keys }) => ("missing" in keys ? [keys.missing] : []));
  if (members.length === 0)
    throw new UsageError(`--all checks every instance whose key is set, but no key is set. ${missing[0]}`);
  return { members, passedOver: all.filter((it) => !hasKeys(it)).map(({ name }) => name) };
}

function listed(
  { config = "", write, rate, timeout }: Options,
  names: readonly string[],
  environment: NodeJS.ProcessEnv,
  baseline: BaselineFile | undefined,
): Member[] {
  const all = readFleet(config, environment, {
    write,
    interval: rate,
    timeout: timeout === undefined ? undefined : timeout * 1_000,
    baseline,
  });
  const unknown = names.find((name) => !all.some((it) => it.name === name));
  if (unknown !== undefined) throw new UsageError(`${config} has no instance ${JSON.stringify(unknown)}.`);
  return names.length === 0 ? all : all.filter((it) => names.includes(it.name));
}
