import { dirname, resolve } from "node:path";
import { familyName, instanceNames } from "../../description/index.ts";
import { readSettings, SettingsError, schemaOf } from "../../settings/index.ts";
import { type BaselineFile, readBaseline } from "../baseline/index.ts";
import { isBaseUrl, parseRate } from "../wire/index.ts";
import type { FleetEntry, FleetFile } from "./fleet-file.ts";
import { memberKeys } from "./keys.ts";
import { type Member, usualBaseUrl, usualInterval } from "./member.ts";

/** Options of the command line, which override the file. */
export interface Overrides {
  readonly write?: boolean | undefined;
  /** Milliseconds between two requests. */
  readonly interval?: number | undefined;
  /** The time limit of a request with its answer, in milliseconds. */
  readonly timeout?: number | undefined;
  readonly baseline?: BaselineFile | undefined;
}

/** The default time limit of a request with its answer, in milliseconds. */
const usualTimeout = 10_000;

/**
 * Reads a list of instances. Throws SettingsError, with the line, if it does not match its schema or names something that does not exist.
 */
export function readFleet(file: string, environment: NodeJS.ProcessEnv, overrides: Overrides = {}): Member[] {
  const settings = readSettings<FleetFile>(file, schemaOf("contract-fleet"));
  const names = new Set<string>();
  const baselines = new Map<string, BaselineFile>();
  return settings.value.instances.map((own, index) => {
    const entry = { ...settings.value.defaults, ...own };
    const refuse: Refuse = (property, why) => {
      throw new SettingsError(`${settings.at(["instances", index, property])}: ${why}`);
    };
    const name = own.name ?? own.instance;
    if (names.has(name))
      refuse(
        own.name === undefined ? "instance" : "name",
        `${JSON.stringify(name)} appears twice: give one of them another name.`,
      );
    names.add(name);
    return {
      ...memberOf(entry, environment, overrides, refuse),
      baseline: overrides.baseline ?? baselineOf(file, entry.baseline, baselines),
    };
  });
}

/** Throws SettingsError, with the line of an entry's property. */
type Refuse = (property: keyof FleetEntry, why: string) => never;

function memberOf(
  entry: FleetEntry,
  environment: NodeJS.ProcessEnv,
  overrides: Overrides,
  refuse: Refuse,
): Member {
  const { instance, name = instance, rate, timeout } = entry;
  const baseUrl = baseUrlOf(entry, refuse);
  const interval = overrides.interval ?? (rate === undefined ? undefined : parseRate(rate));
  return {
    name,
    instance,
    baseUrl,
    keys: memberKeys(name, environment, { key: entry.key, otherKey: entry.other_key }),
    write: overrides.write ?? entry.write ?? false,
    interval: interval ?? usualInterval(baseUrl),
    timeout: overrides.timeout ?? (timeout === undefined ? usualTimeout : timeout * 1_000),
  };
}

function baseUrlOf({ instance, base_url: text }: FleetEntry, refuse: Refuse): string {
  if (instance !== familyName && !instanceNames.includes(instance))
    return refuse(
      "instance",
      `there is no instance ${JSON.stringify(instance)}: use the name of a registered instance, or ${familyName} with a base_url.`,
    );
  if (text === undefined)
    return instance === familyName
      ? refuse("instance", `${familyName} has no base URL of its own: add a base_url.`)
      : usualBaseUrl(instance);
  if (!isBaseUrl(text))
    return refuse("base_url", "base_url must be an http or https URL without user, query and fragment.");
  return new URL(text).href.replace(/\/+$/, "");
}

function baselineOf(
  file: string,
  baseline: string | undefined,
  known: Map<string, BaselineFile>,
): BaselineFile | undefined {
  if (baseline === undefined) return undefined;
  const path = resolve(dirname(file), baseline);
  const read = known.get(path) ?? readBaseline(path);
  known.set(path, read);
  return read;
}
