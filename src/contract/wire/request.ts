import { authorizationOf, type Keys } from "./credentials.ts";
import type { Call } from "./exchange.ts";

/** Whether a text is an http or https URL without user, query and fragment. */
export function isBaseUrl(text: unknown): text is string {
  if (typeof text !== "string" || !/^https?:[^\s?#]+$/i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username + password === "";
}

/** The URL of a call. A link keeps its path and query, but gets the origin that the key may be sent to. */
export function urlOf({ link, operation, id, query }: Call, baseUrl: string): string {
  if (link !== undefined) return new URL(`${link.pathname}${link.search}`, baseUrl).href;
  const path = operation.path.replace(/\{[^}]+\}/, encodeURIComponent(String(id ?? "")));
  const search = new URLSearchParams((query ?? []).map(([name, value]) => [name, value])).toString();
  return `${baseUrl}${path}${search === "" ? "" : `?${search}`}`;
}

export function headersOf(
  { credential = "valid" }: Call,
  { keys, userAgent }: { readonly keys: Keys; readonly userAgent: string },
): Record<string, string> {
  const authorization = authorizationOf(credential, keys);
  return {
    accept: "application/json",
    "user-agent": userAgent,
    ...(authorization !== undefined && { authorization }),
  };
}

export function bodyOf({ form }: Call): FormData | null {
  if (form === undefined) return null;
  const data = new FormData();
  for (const [name, value] of form) data.append(name, value);
  return data;
}
