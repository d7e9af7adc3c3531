import { keyVariable, otherKeyVariable, wrongKey, wrongScheme } from "./credentials.ts";
import type { Call, Credential } from "./exchange.ts";

const shown: Record<Credential, string | undefined> = {
  valid: `"Authorization: Bearer $${keyVariable}"`,
  none: undefined,
  wrong: `"Authorization: Bearer ${wrongKey}"`,
  other: `"Authorization: Bearer $${otherKeyVariable}"`,
  scheme: `"Authorization: ${wrongScheme} $${keyVariable}"`,
};

/** A line for a POSIX shell that sends the same request; the key is read from the environment. */
export function curlLine(call: Call, method: string, url: string): string {
  const parts = ["curl", "--include"];
  if (method !== (call.form === undefined ? "GET" : "POST")) parts.push("--request", method);
  const key = shown[call.credential ?? "valid"];
  if (key !== undefined) parts.push("--header", key);
  for (const [name, value] of call.form ?? []) parts.push("--form-string", quoted(`${name}=${value}`));
  parts.push(quoted(url));
  return parts.join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
