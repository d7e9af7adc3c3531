import { authorizationOf, keyVariables } from "./credentials.ts";
import type { Call } from "./exchange.ts";

/** A curl command for a POSIX shell that sends the same request. It reads the key from the environment. */
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
  if (!hidden.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  // Bash, ksh and zsh read escapes in this form, so characters that a terminal would obey or hide are escaped.
  return `$'${text.replaceAll(/[\\']/g, "\\$&").replaceAll(new RegExp(hidden, "gu"), escaped)}'`;
}

/** Control characters, and characters that are invisible or change the direction. */
const hidden = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

function escaped(character: string): string {
  const bytes = Buffer.from(character);
  return [...bytes].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
}
