import { step } from "./nodes.ts";
import type { MediaType, Operation, ResponseDescription } from "./operations.ts";
import { list, type Problem, quote } from "./problem.ts";

/** The description of an answer's status: the exact code, otherwise its class (`4XX`), otherwise `default`, as OpenAPI orders them. */
export function responseFor(operation: Operation, status: number): ResponseDescription | undefined {
  return (
    operation.responses.get(String(status)) ??
    operation.responses.get(`${Math.floor(status / 100)}XX`) ??
    operation.responses.get("default")
  );
}

/** The media type of a Content-Type header, lower case, without its parameters. */
export function mediaTypeOf(contentType: string): string {
  return contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/**
 * Checks an answer's status, Content-Type and body. `body`: the parsed JSON, or undefined if there was none. If the contract states no
 * content, any body is allowed.
 */
export function validateResponse(
  operation: Operation,
  status: number,
  contentType: string | undefined,
  body: unknown,
): Problem[] {
  const response = responseFor(operation, status);
  if (response === undefined) {
    const message = `Status ${status} is not among those of ${operation.id}: ${list(operation.responses.keys())}.`;
    return [
      {
        location: "status",
        field: "status",
        message,
        pointer: step(operation.pointer, "responses"),
        trail: [],
      },
    ];
  }
  if (response.contents.length === 0) return [];
  const contentPointer = step(response.pointer, "content");
  if (body === undefined) {
    const message = `The body is empty, but status ${status} of ${operation.id} has one.`;
    return [{ location: "body", field: "", message, pointer: contentPointer, trail: [operation.pointer] }];
  }
  const content = contentFor(response.contents, contentType);
  if (content === undefined) {
    const wanted = list(response.contents.map((it) => it.mediaType));
    const sent = contentType === undefined ? "missing" : quote(contentType);
    const message = `Content-Type must be ${wanted}, but is ${sent}.`;
    return [
      {
        location: "header",
        field: "content-type",
        message,
        pointer: contentPointer,
        trail: [operation.pointer],
      },
    ];
  }
  return content.check?.(body, "body") ?? [];
}

function contentFor(contents: readonly MediaType[], contentType: string | undefined): MediaType | undefined {
  if (contentType === undefined) return undefined;
  const mediaType = mediaTypeOf(contentType);
  return contents.find((it) => it.mediaType === mediaType || it.mediaType === "*/*");
}
