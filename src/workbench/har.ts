import { STATUS_CODES } from "node:http";
import { type Body, ownPaths, type Pair, type RequestDetails } from "./own-paths.ts";

/** The media type of HTTP archives. */
export const harType = "application/har+json";

/** Requests as an HTTP archive (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/). Unknown sizes are -1, as HAR demands. */
export function harOf(requests: readonly RequestDetails[]): object {
  const creator = { name: "notification-handlers workbench", version: ownPaths().version };
  return { log: { version: "1.2", creator, entries: requests.map(entryOf) } };
}

function entryOf(request: RequestDetails): object {
  const { time, milliseconds, method, url, status, headers, query, answer, reason } = request;
  const location = answer.headers.find(({ name }) => name === "location")?.value;
  return {
    startedDateTime: time,
    time: milliseconds,
    request: {
      method,
      url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: headers.map(plain),
      queryString: query.map(plain),
      ...postDataOf(request),
      headersSize: -1,
      bodySize: -1,
    },
    response: {
      status,
      statusText: STATUS_CODES[status] ?? "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: answer.headers.map(plain),
      content: contentOf(answer.body),
      redirectURL: location ?? "",
      headersSize: -1,
      bodySize: answer.body?.bytes ?? 0,
    },
    cache: {},
    timings: { send: 0, wait: milliseconds, receive: 0 },
    ...(reason === null ? {} : { comment: reason }),
  };
}

function postDataOf({ form, body, headers }: RequestDetails): object {
  const mimeType = headers.find(({ name }) => name === "content-type")?.value ?? "";
  if (form !== null) return { postData: { mimeType, params: form.map(plain) } };
  if (body === null) return {};
  return { postData: { mimeType, text: body.text, ...cut(body.more, "bytes") } };
}

function contentOf(body: Body | null): object {
  if (body === null) return { size: 0, mimeType: "" };
  return { size: body.bytes, mimeType: body.type ?? "", text: body.text, ...cut(body.more, "bytes") };
}

function plain({ name, value, more }: Pair): object {
  return { name, value, ...cut(more, "characters") };
}

function cut(more: number, what: string): object {
  return more === 0 ? {} : { comment: `Cut: ${more} more ${what}.` };
}
