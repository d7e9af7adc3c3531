import type { Operation } from "./operations.ts";

/** The result of matching a method and a path. */
export type Match =
  | {
      readonly kind: "operation";
      readonly operation: Operation;
      /** Path parameters, percent-decoded. */
      readonly parameters: Readonly<Record<string, string>>;
    }
  /** For an OPTIONS request that is not an operation: the methods for its Allow header. */
  | { readonly kind: "options"; readonly allow: readonly string[] }
  | { readonly kind: "method-not-allowed"; readonly allow: readonly string[] }
  | { readonly kind: "unknown-path" };

interface Route {
  readonly segments: readonly (string | { readonly parameter: string })[];
  readonly operations: Map<string, Operation>;
}

/** Finds operations by method and path. */
export type Matcher = (method: string, path: string) => Match;

/**
 * A matcher for the paths of a description. Paths are relative to the base URL, without the query, percent-encoded as in the request line.
 * A literal segment takes precedence over a parameter, and a parameter never matches an empty segment: `/things/` and `/things` are two
 * paths, as in the contract. HEAD uses the operation of GET.
 */
export function createMatcher(operations: readonly Operation[]): Matcher {
  const routes = new Map<string, Route>();
  for (const operation of operations) {
    const segments = operation.path.split("/").map((segment) => {
      const parameter = /^\{(.+)\}$/.exec(segment)?.[1];
      return parameter === undefined ? segment : { parameter };
    });
    const route = routes.get(operation.path) ?? { segments, operations: new Map() };
    route.operations.set(operation.method, operation);
    routes.set(operation.path, route);
  }
  const sorted = [...routes.values()].sort((a, b) => parameterCount(a) - parameterCount(b));

  return (method, path) => {
    const sent = path.split("/");
    for (const route of sorted) {
      const parameters = take(route, sent);
      if (parameters === undefined) continue;
      const operation =
        route.operations.get(method) ?? (method === "HEAD" ? route.operations.get("GET") : undefined);
      if (operation !== undefined) return { kind: "operation", operation, parameters };
      const allow = allowed(route);
      return method === "OPTIONS" ? { kind: "options", allow } : { kind: "method-not-allowed", allow };
    }
    return { kind: "unknown-path" };
  };
}

function parameterCount(route: Route): number {
  return route.segments.filter((segment) => typeof segment !== "string").length;
}

function allowed(route: Route): string[] {
  const methods = [...route.operations.keys()];
  if (methods.includes("GET") && !methods.includes("HEAD"))
    methods.splice(methods.indexOf("GET") + 1, 0, "HEAD");
  return [...new Set([...methods, "OPTIONS"])];
}

/** The path parameters if the route matches the segments. */
function take(route: Route, sent: readonly string[]): Record<string, string> | undefined {
  if (sent.length !== route.segments.length) return undefined;
  const parameters: Record<string, string> = Object.create(null);
  for (const [index, segment] of route.segments.entries()) {
    const text = decode(sent[index] ?? "");
    if (text === undefined) return undefined;
    if (typeof segment === "string") {
      if (text !== segment) return undefined;
    } else {
      if (text === "") return undefined;
      parameters[segment.parameter] = text;
    }
  }
  return parameters;
}

/** Undefined if the text is not percent-encoded UTF-8 (`%ZZ`, `%ff`): no resource has such a name. */
function decode(segment: string): string | undefined {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
