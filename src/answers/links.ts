import { isNode } from "../description/index.ts";

/** Copies an answer. The instance's own URLs get another base URL; the rest stays. */
export function moveUrls(body: unknown, from: string, to: string): unknown {
  if (typeof body === "string") return body.startsWith(`${from}/`) ? to + body.slice(from.length) : body;
  if (Array.isArray(body)) return body.map((each) => moveUrls(each, from, to));
  if (!isNode(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, moveUrls(value, from, to)]));
}
