import { dirname, resolve } from "node:path";
import { familyName, instanceNames } from "../../description/index.ts";
import { readSettings, type Settings, SettingsError, schemaOf } from "../../settings/index.ts";
import { type BaselineFile, readBaseline } from "../baseline/index.ts";
import { parseRate } from "../wire/index.ts";
import type { FleetEntry, FleetFile } from "./form.ts";
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
  const names = new Map<string, number>();
  const baselines = new Map<string, BaselineFile>();
  return settings.value.instances.map((entry, index) => {
    const name = entry.name ?? entry.instance;
    const other = names.get(name);
    if (other !== undefined)
      refuse(
        settings,
        index,
        entry.name === undefined ? "instance" : "name",
        `${JSON.stringify(name)} appears twice: give one of them another name.`,
      );
    names.set(name, index);
    return memberOf(settings, index, environment, overrides, baselines);
  });
}

function refuse({ at }: Settings<FleetFile>, index: number, name: keyof FleetEntry, why: string): never {
  throw new SettingsError(`${at(["instances", index, name])}: ${why}`);
}

function memberOf(
  settings: Settings<FleetFile>,
  index: number,
  environment: NodeJS.ProcessEnv,
  overrides: Overrides,
  baselines: Map<string, BaselineFile>,
): Member {
  const own = settings.value.instances[index] as FleetEntry;
  const entry: FleetEntry = { ...settings.value.defaults, ...own };
  if (entry.instance !== familyName && !instanceNames.includes(entry.instance))
    refuse(
      settings,
      index,
      "instance",
      `there is no instance ${JSON.stringify(entry.instance)}: use the name of a registered instance, or ${familyName} with a base_url.`,
    );
  if (entry.instance === familyName && entry.base_url === undefined)
    refuse(settings, index, "instance", `${familyName} has no base URL of its own: add a base_url.`);
  const baseUrl =
    entry.base_url === undefined ? usualBaseUrl(entry.instance) : urlIn(settings, index, entry.base_url);
  const interval = overrides.interval ?? (entry.rate === undefined ? undefined : parseRate(entry.rate));
  return {
    name: entry.name ?? entry.instance,
    instance: entry.instance,
    baseUrl,
    keys: memberKeys(entry.name ?? entry.instance, environment, {
      key: entry.key,
      otherKey: entry.other_key,
    }),
    write: overrides.write ?? entry.write ?? false,
    interval: interval ?? usualInterval(baseUrl),
    timeout: overrides.timeout ?? (entry.timeout === undefined ? usualTimeout : entry.timeout * 1_000),
    baseline: overrides.baseline ?? baselineOf(settings.file, entry.baseline, baselines),
  };
}

function urlIn(settings: Settings<FleetFile>, index: number, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "")
    refuse(
      settings,
      index,
      "base_url",
      "base_url must be an http or https URL without user, query and fragment.",
    );
  return url.href.replace(/\/+$/, "");
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
