import createFetchClient from "openapi-fetch";
import type { components, paths } from "../../../../generated/workbench.ts";

export type {
  Behaviour,
  BehaviourState,
  Body,
  Pair,
  RequestDetails,
  RequestSummary,
  Switch,
} from "../../own-paths.ts";

type Schemas = components["schemas"];
export type Operation = Schemas["Operation"];
export type Snapshot = Schemas["Snapshot"];

/** A client of the workbench's own paths, with a key. */
export function workbenchApi(key: string) {
  return createFetchClient<paths>({ baseUrl: location.origin, headers: { authorization: `Bearer ${key}` } });
}
