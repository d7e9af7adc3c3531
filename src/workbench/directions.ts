import { workbench } from "./description.ts";

type ServerName = "mock" | "sandbox";

/** Served beside the workbench where there are sandboxes (src/sandbox/health.ts). */
const health = ["/_health", "/sandbox/{instance}/_health"];

/**
 * What is said to whoever asks for a path of the workbench where it is not: where it is, or what there is. Undefined for a path that has no
 * segment that begins with `_`, and for one below an instance's API that is none of the workbench's. `served`: what this server has instances
 * of, for a path that does not say it.
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

/** The paths that end in a name of the workbench, each of them once for every server that has it. */
function pathsOf(servers: readonly ServerName[], instance: string): string[] {
  const described = workbench().paths.filter((path) => /\/_[a-z]+$/.test(path));
  const paths = [...described, ...(servers.includes("sandbox") ? health : [])]
    .flatMap((path) =>
      path.startsWith("/{server}/") ? servers.map((it) => path.replace("{server}", it)) : path,
    )
    .filter((path) => servers.includes("sandbox") || !path.startsWith("/sandbox/"));
  return paths.map((path) => path.replace("{instance}", instance));
}
