import type { FastifyRequest } from "fastify";
import { type Operation, validatePathParameters } from "../description/index.ts";
import { isFromForeignPage, pathOf, Refusal } from "../http/index.ts";
import { directionsTo } from "./directions.ts";
import { ownPaths } from "./own-paths.ts";

const wrongName =
  "name must have 1 to 100 visible characters, without a slash, and must not begin with a space.";

/** A request for one of the workbench's own operations. */
export interface OwnRequest {
  readonly operation: Operation;
  /** As sent, percent-decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Finds the workbench's operation for a method and a path. Throws a Refusal if there is none, if the path does not take the method, and for
 * requests of foreign pages: a mock takes any text as the key, so such a page would need none.
 */
export function readOwn(request: FastifyRequest): OwnRequest {
  if (isFromForeignPage(request))
    throw new Refusal(
      403,
      "Pages of other hosts may not use the workbench: call it from this machine, or from a test.",
    );
  const { method } = request;
  const path = (request.raw.url ?? "/").split("?", 1)[0] ?? "/";
  const match = ownPaths().match(method, path);
  if (match.kind === "unknown-path") {
    const isOfMock = ownPaths().match(method, path.replace("/mock/", "/sandbox/")).kind !== "unknown-path";
    const why = isOfMock ? "a mock remembers nothing, the instance's sandbox does" : directionsTo(path);
    throw new Refusal(404, `There is nothing at ${pathOf(path)}${why === undefined ? "" : `: ${why}`}.`);
  }
  if (match.kind !== "operation" || match.operation.method !== method) {
    const allow = match.kind === "operation" ? [match.operation.method] : match.allow;
    const methods = allow.filter((it) => it !== "HEAD" && it !== "OPTIONS").join(", ");
    throw new Refusal(405, `This path takes ${methods}, not ${method}.`, { allow: methods });
  }
  const { problems } = validatePathParameters(match.operation, match.parameters);
  if (problems.length > 0)
    throw new Refusal(
      400,
      // The pattern is exact, but few people read patterns.
      problems.map(({ field, message }) => (field === "name" ? wrongName : message)),
    );
  return match;
}

/** The JSON body of a request. Throws a Refusal if it is not JSON, or not as openapi.yaml describes it. */
export function readJson(operation: Operation, body: unknown): unknown {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.isBuffer(body) ? body.toString() : "");
  } catch {
    const [content] = operation.body?.contents ?? [];
    throw new Refusal(400, `The body is not JSON, but ${content?.mediaType} is expected.`);
  }
  const problems = operation.body?.contents[0]?.check?.(value, "body") ?? [];
  if (problems.length > 0)
    throw new Refusal(
      400,
      problems.map(({ message }) => message),
    );
  return value;
}
