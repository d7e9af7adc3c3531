import { keyVariable } from "../description/index.ts";
import { urlencoded } from "../form/index.ts";
import type { RequestDetails } from "./workbench.ts";

/** Headers that curl writes by itself, or that are about the connection. */
const automatic = new Set([
  "accept-encoding",
  "connection",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
]);

/** What browsers and Node send along, which no server here looks at. */
const idle = /^(sec-|accept-language$|accept$|cache-control$|dnt$|pragma$|priority$|referer$|origin$)/;

/** A request as a line for a POSIX shell. Where something was cut, a comment says so. */
export function curlOf({
  method,
  url,
  headers,
  form,
  body,
}: Pick<RequestDetails, "method" | "url" | "headers" | "form" | "body">): string {
  const header = (name: string) => headers.find((it) => it.name === name)?.value;
  const type = header("content-type");
  const isUrlencoded = type?.split(";", 1)[0]?.trim().toLowerCase() === urlencoded;
  const option = isUrlencoded ? "--data-urlencode" : "--form-string";
  const hasData = form !== null || body !== null;
  const parts = [
    ...(method === "GET" && !hasData ? [] : [`--request ${method}`]),
    `--url ${quote(url)}`,
    ...headers.flatMap(({ name, value }) => {
      if (name === "authorization") return [`--header "Authorization: Bearer $${keyVariable}"`];
      return automatic.has(name) || idle.test(name) ? [] : [`--header ${quote(`${name}: ${value}`)}`];
    }),
    ...(form ?? []).map(({ name, value }) => `${option} ${quote(`${name}=${value}`)}`),
    ...(body === null
      ? []
      : [`--header ${quote(`content-type: ${type ?? ""}`)}`, `--data-raw ${quote(body.text)}`]),
  ];
  const isCut = [...headers, ...(form ?? [])].some(({ more }) => more > 0) || (body?.more ?? 0) > 0;
  return `${isCut ? "# Long values are cut here.\n" : ""}curl ${parts.join(" \\\n  ")}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
