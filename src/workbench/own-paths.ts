import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { components } from "../../generated/workbench.ts";
import { type Matcher, type Node, readPaths } from "../description/index.ts";

type Schemas = components["schemas"];

/** What is switched on for the requests of a key, by operation. */
export type Behaviour = Schemas["Behaviour"];
export type Switch = Schemas["Switch"];
export type BehaviourState = Schemas["BehaviourState"];
export type RequestSummary = Schemas["RequestSummary"];
export type RequestDetails = Schemas["Request"];
export type Pair = Schemas["Pair"];
export type Body = Schemas["Body"];
export type Seed = Schemas["Seed"];

/** The workbench's own paths, as described in openapi.yaml. */
export interface OwnPaths {
  /** The version of the description. */
  readonly version: string;
  /** As they are described, each once: `/sandbox/{instance}/_seed`. */
  readonly paths: readonly string[];
  readonly match: Matcher;
}

let read: OwnPaths | undefined;

/** The description. It is read on first use, since most runs never need it. */
export function ownPaths(): OwnPaths {
  if (read !== undefined) return read;
  const text = readFileSync(new URL("openapi.yaml", import.meta.url), "utf8");
  const document = parse(text) as Node & { readonly info: { readonly version: string } };
  const { operations, matchOperation } = readPaths(document);
  read = {
    version: document.info.version,
    paths: [...new Set(operations.map(({ path }) => path))],
    match: matchOperation,
  };
  return read;
}
