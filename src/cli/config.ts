import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ValidateFunction } from "ajv";
import type { Command } from "commander";
import { nearest } from "../description/index.ts";

/** The default config file, in the folder where a command is called. */
export const configName = "notification-handlers.config.json";

/** An invalid config file. The message is one line with the file, the line in it, and what to do. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ConfigError";
  }
}

/** Adds the option that names another file. */
export function withConfig(command: Command): Command {
  return command.option(
    "--config <file>",
    `options for a team, as JSON (default: ${configName}, if it exists)`,
  );
}

/** A command's options and instances, merged with the config file. */
export interface Configured<Options> {
  readonly options: Options;
  readonly instances: readonly string[];
}

/**
 * Reads the config file of a parsed command. The command line takes precedence over the file. Options of other commands are ignored, so
 * that one file serves all. Reports on standard error that a file was found. Throws ConfigError.
 */
export async function configured<Options extends object>(command: Command): Promise<Configured<Options>> {
  const { config: named } = command.opts<{ config?: string }>();
  const instances = [...new Set(command.args)];
  const file = named ?? configName;
  if (named === undefined && !existsSync(file)) return { options: command.opts<Options>(), instances };
  const { instances: others = [], $schema: _schema, ...settings } = await readConfig(file);
  for (const option of command.options) {
    const attributeName = option.attributeName();
    const value = settings[attributeName];
    const source = command.getOptionValueSource(attributeName);
    if (value === undefined || (source !== undefined && source !== "default")) continue;
    // Paths are relative: in --config to the current folder, in the file to the file's folder.
    const isPath =
      attributeName === "dbUrlFile" || (attributeName === "db" && !/^\w+:\/\//.test(String(value)));
    command.setOptionValueWithSource(
      attributeName,
      isPath ? resolve(dirname(file), String(value)) : value,
      "config",
    );
  }
  console.error(`Configured by ${file}.`);
  return {
    options: command.opts<Options>(),
    instances: instances.length > 0 ? instances : (others as string[]),
  };
}

async function readConfig(file: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    // Some editors begin a file with a mark of its encoding.
    text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new ConfigError(`${file} can't be read: ${(error as Error).message}.`);
  }
  const { LineCounter, isNode, parseDocument } = await import("yaml");
  // Parsed as YAML, since that parser reports positions.
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: "1.2", uniqueKeys: true });
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    const [found] = document.errors;
    const { message } = error as Error;
    const at = /position (\d+)/.exec(message)?.[1];
    const { line } =
      at !== undefined ? lines.linePos(Number(at)) : (found?.linePos?.[0] ?? lines.linePos(text.length));
    throw new ConfigError(`${file}:${line}: it is not valid JSON: ${message}.`);
  }
  // JSON is valid YAML, except that YAML forbids repeated names.
  const [repeated] = document.errors;
  if (repeated !== undefined)
    throw new ConfigError(`${file}:${repeated.linePos?.[0].line ?? 1}: this name appears above already.`);
  const validate = await validator();
  if (validate(config)) return config as Record<string, unknown>;
  const [problem] = validate.errors ?? [];
  const path = (problem?.instancePath ?? "").split("/").slice(1);
  const unknown = problem?.params.additionalProperty as string | undefined;
  const node = document.getIn(unknown === undefined ? path : [...path, unknown], true);
  const { line } = lines.linePos((isNode(node) && node.range?.[0]) || 0);
  throw new ConfigError(`${file}:${line}: ${sentenceOf(problem, path, unknown)}`);
}

type Problem = NonNullable<ValidateFunction["errors"]>[number];

function sentenceOf(
  problem: Problem | undefined,
  path: readonly string[],
  unknown: string | undefined,
): string {
  if (unknown !== undefined) {
    const { properties } = schema();
    const known = Object.keys(properties).filter((name) => !name.startsWith("$"));
    return `there is no option ${JSON.stringify(unknown)}; ${nearest(unknown, known)}.`;
  }
  const place = path.join("/") || "it";
  if (problem?.keyword === "pattern") {
    const { description = "" } = schema().properties[path[0] ?? ""] ?? {};
    return `${place} is not valid. ${description}`;
  }
  if (problem?.keyword === "type") {
    const type = String(problem.params.type);
    return `${place} must be ${/^[aeiou]/.test(type) ? "an" : "a"} ${type}.`;
  }
  const values = problem?.params.allowedValues as unknown[] | undefined;
  const allowed = values === undefined ? "" : `: ${values.join(", ")}`;
  return `${place} ${problem?.message}${allowed}.`;
}

function schema(): { properties: Record<string, { description?: string }> } {
  return JSON.parse(readFileSync(new URL("config.schema.json", import.meta.url), "utf8"));
}

async function validator(): Promise<ValidateFunction> {
  const { Ajv } = await import("ajv");
  return new Ajv().compile(schema());
}
