import createFetchClient from "openapi-fetch";
import type { components, paths } from "../../../../generated/workbench.ts";

type Schemas = components["schemas"];
export type RequestSummary = Schemas["RequestSummary"];
export type RequestRecord = Schemas["Request"];
export type Pair = Schemas["Pair"];
export type Body = Schemas["Body"];
export type Switch = Schemas["Switch"];
export type Behaviour = Schemas["Behaviour"];
export type BehaviourState = Schemas["BehaviourState"];
export type Operation = Schemas["Operation"];
export type Snapshot = Schemas["Snapshot"];

/** A client of the workbench's own paths, with a key. */
export function workbenchApi(key: string) {
  return createFetchClient<paths>({ baseUrl: location.origin, headers: { authorization: `Bearer ${key}` } });
}
