import { type Match, nearest, pathsOf } from "../description/index.ts";
import { pathOf } from "../http/index.ts";
import { directionsTo } from "../workbench/index.ts";
import { type Answer, failure } from "./answer.ts";
import type { Instance, Route } from "./instance.ts";

/** What a path refers to, below the plugin's prefix: an instance, and its API or one of the workbench's own paths. */
export interface Place {
  readonly name: string;
  readonly prepare: () => Instance;
  /** `api`, or `_health` and so on. */
  readonly part: string;
  /** Whether the path ends after the part. */
  readonly isWhole: boolean;
  /** The rest of the path: `/notification-handlers`. Undefined if there is none. */
  readonly path: string | undefined;
}

/**
 * Finds what a URL refers to, or the answer that it does not exist. The path may be percent-encoded, so its segments are counted and
 * decoded, not compared as a whole. `prefix`: the plugin's.
 */
export function placeOf(
  url: string,
  prefix: string,
  instances: ReadonlyMap<string, () => Instance>,
): Place | Answer {
  const depth = prefix.split("/").length;
  const mark = url.indexOf("?");
  const segments = (mark === -1 ? url : url.slice(0, mark)).split("/");
  const name = decoded(segments[depth]);
  const prepare = instances.get(name);
  if (prepare === undefined) {
    const path = pathOf(url);
    const names = nearest(name, [...instances.keys()], `${prefix}/<name>/api`);
    const there = (name.startsWith("_") ? directionsTo(path) : undefined) ?? names;
    return failure(404, `There is no sandbox at ${path}: ${there}.`);
  }
  const { length } = segments;
  return {
    name,
    prepare,
    part: decoded(segments[depth + 1]),
    isWhole: length === depth + 2,
    path: length > depth + 2 ? `/${segments.slice(depth + 2).join("/")}` : undefined,
  };
}

/** The operation for a method and a place, or the answer that there is none. */
export function operationAt(
  { name, part, path }: Place,
  { method, url, prefix }: { readonly method: string; readonly url: string; readonly prefix: string },
  instance: Instance,
): { readonly route: Route; readonly id: number | undefined } | Answer {
  // HEAD is looked up as OPTIONS: neither is in the contract, and for HEAD the look-up would find the operation of GET.
  const match: Match =
    part === "api" && path !== undefined
      ? instance.model.description.matchOperation(method === "HEAD" ? "OPTIONS" : method, path)
      : { kind: "unknown-path" };
  if (match.kind === "unknown-path") {
    const api = part === "api" ? pathsOf(instance.model.description) : `the API is at ${prefix}/${name}/api`;
    return failure(404, `There is nothing at ${pathOf(url)}: ${directionsTo(pathOf(url)) ?? api}.`);
  }
  if (match.kind !== "operation") {
    // The methods in the contract, which do not include HEAD and OPTIONS.
    const allow = match.allow.filter((it) => it !== "HEAD" && it !== "OPTIONS").join(", ");
    return failure(405, `This path takes ${allow}, not ${method}.`, { allow });
  }
  const route = instance.routes.get(match.operation);
  if (route === undefined) throw new Error(`${match.operation.id} has no route`);
  return { route, id: route.idOf(match.parameters) };
}

/** Decodes a segment of a path; empty if it is missing or not UTF-8. */
function decoded(segment = ""): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return "";
  }
}
