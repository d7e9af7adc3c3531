import { authorizationOf, keyVariables } from "./credentials.ts";
import type { Call } from "./exchange.ts";

/** A line for a POSIX shell that sends the same request; the key is read from the environment. */
export function curlLine(call: Call, method: string, url: string): string {
  const parts = ["curl", "--include"];
  if (method !== (call.form === undefined ? "GET" : "POST")) parts.push("--request", method);
  const authorization = authorizationOf(call.credential, keyVariables);
  if (authorization !== undefined) parts.push("--header", `"Authorization: ${authorization}"`);
  for (const [name, value] of call.form ?? []) parts.push("--form-string", quoted(`${name}=${value}`));
  parts.push(quoted(url));
  return parts.join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
