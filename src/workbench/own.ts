import type { FastifyRequest } from "fastify";
import { type Operation, validatePathParameters } from "../description/index.ts";
import { isFromForeignPage, pathOf, Refusal } from "../http/index.ts";
import { workbench } from "./description.ts";
import { directionsTo } from "./directions.ts";

const wrongName =
  "name must be 1 to 100 characters, none of them a slash or one that is not seen, and the first no space.";

/** A request for one of the workbench's own operations. */
export interface OwnRequest {
  readonly operation: Operation;
  /** As sent, percent-decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The operation of the workbench that a method and a path are for. Throws a Refusal where there is none, for a method that the path does not
 * take, and for a request of a foreign page: in a mock any text is a key, so that a page would need none.
 */
export function readOwn(request: FastifyRequest): OwnRequest {
  if (isFromForeignPage(request))
    throw new Refusal(
      403,
      "Pages of other hosts may not use the workbench: call it from this machine, or from a test.",
    );
  const { method } = request;
  const path = (request.raw.url ?? "/").split("?", 1)[0] ?? "/";
  const match = workbench().match(method, path);
  if (match.kind === "unknown-path") {
    const isOfMock = workbench().match(method, path.replace("/mock/", "/sandbox/")).kind !== "unknown-path";
    const why = isOfMock ? "a mock remembers nothing, the instance's sandbox does" : directionsTo(path);
    throw new Refusal(404, `There is nothing at ${pathOf(path)}: ${why}.`);
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
      // A pattern says it exactly, and to few.
      problems.map(({ field, message }) => (field === "name" ? wrongName : message)),
    );
  return match;
}

/** The JSON that an operation takes. Throws a Refusal for what is none, or not as openapi.yaml has it. */
export function readJson(operation: Operation, body: unknown): unknown {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.isBuffer(body) ? body.toString() : "");
  } catch {
    const [content] = operation.body?.contents ?? [];
    throw new Refusal(400, `The body is no JSON, but ${content?.mediaType} is expected.`);
  }
  const problems = operation.body?.contents[0]?.check?.(value, "body") ?? [];
  if (problems.length > 0)
    throw new Refusal(
      400,
      problems.map(({ message }) => message),
    );
  return value;
}
