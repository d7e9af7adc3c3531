import { ownPaths } from "./own-paths.ts";

type ServerName = "mock" | "sandbox";

/** The paths of src/sandbox/health.ts, which the description of the workbench does not have. */
const health = ["/_health", "/sandbox/{instance}/_health"];

/**
 * The end of a message about a path of the workbench that does not exist: where the name in it is found, or which paths there are. Undefined
 * for a path without a segment that begins with `_` (one that is percent-encoded does not count), and for an unknown name below an
 * instance's API. `served`: the kinds of servers to name if the path names none.
 */
export function directionsTo(
  path: string,
  served: readonly ServerName[] = ["mock", "sandbox"],
): string | undefined {
  const part = path.split("/").findLast((segment) => segment.startsWith("_"));
  if (part === undefined) return undefined;
  const [, server, instance = "<name>"] = /^\/(mock|sandbox)(?:\/([^/_][^/]*))?\//.exec(path) ?? [];
  const there = pathsOf(server === undefined ? served : [server as ServerName], instance);
  const right = there.filter((it) => it.endsWith(`/${part}`));
  if (right.length > 0) return `${part} is at ${right.join(" or ")}`;
  return path.includes("/api/") ? undefined : `there are ${there.join(", ")}`;
}

/** The paths that end in a name of the workbench, one for each kind of server. */
function pathsOf(servers: readonly ServerName[], instance: string): string[] {
  const described = ownPaths().paths.filter((path) => /\/_[a-z]+$/.test(path));
  const paths = [...described, ...(servers.includes("sandbox") ? health : [])]
    .flatMap((path) =>
      path.startsWith("/{server}/") ? servers.map((it) => path.replace("{server}", it)) : path,
    )
    .filter((path) => servers.includes("sandbox") || !path.startsWith("/sandbox/"));
  return paths.map((path) => path.replace("{instance}", instance));
}
