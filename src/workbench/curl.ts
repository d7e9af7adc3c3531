import { keyVariable } from "../description/index.ts";
import { shellWord } from "../docs/samples/shell.ts";
import { urlencoded } from "../form/index.ts";
import type { Pair, RequestDetails } from "./own-paths.ts";

/** Headers that curl sends by itself, or that are about the connection. */
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

/** Headers that browsers and Node add; no server here reads them. */
const idle = /^(sec-|accept-language$|accept$|cache-control$|dnt$|pragma$|priority$|referer$|origin$)/;

/** A request as a curl command for a POSIX shell. If something was cut, it begins with a comment that says so. */
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
  // curl encodes what follows the first = of a field, and nothing before it.
  const field = ({ name, value }: Pair) =>
    isUrlencoded
      ? `--data-urlencode ${shellWord(`${encodeURIComponent(name)}=${value}`)}`
      : `--form-string ${shellWord(`${name}=${value}`)}`;
  const hasData = form !== null || body !== null;
  const parts = [
    ...(method === "GET" && !hasData ? [] : [`--request ${method}`]),
    // curl expands brackets to several URLs, and resolves dots in a path.
    ...(/[[\]{}]/.test(url) ? ["--globoff"] : []),
    ...(/\/\.{1,2}(?:[/?]|$)/.test(url) ? ["--path-as-is"] : []),
    `--url ${shellWord(url)}`,
    ...headers.flatMap(({ name, value }) => {
      if (name === "authorization") return [`--header "Authorization: Bearer $${keyVariable}"`];
      if (automatic.has(name) || idle.test(name)) return [];
      return [`--header ${shellWord(value === "" ? `${name};` : `${name}: ${value}`)}`];
    }),
    ...(form ?? []).map(field),
    ...(body === null
      ? []
      : [`--header ${shellWord(`content-type: ${type ?? ""}`)}`, `--data-raw ${shellWord(body.text)}`]),
  ];
  const isCut = [...headers, ...(form ?? [])].some(({ more }) => more > 0) || (body?.more ?? 0) > 0;
  return `${isCut ? "# Long values are cut here.\n" : ""}curl ${parts.join(" \\\n  ")}`;
}
