import type { Call, Exchange } from "./exchange.ts";

/** Identifies the requests that a redirect concerns: `POST /notification-handlers`. */
export function methodAndPath({ method, operation }: Call): string {
  return `${method ?? operation.method} ${operation.path}`;
}

/** The URL with a slash at the end of its path if it had none, otherwise without. */
export function withOtherSlash(text: string): string {
  const url = new URL(text);
  url.pathname = url.pathname.endsWith("/") ? url.pathname.replace(/\/+$/, "") : `${url.pathname}/`;
  return url.href;
}

/** Whether a redirect leads to the same URL, with or without a final slash. */
export function isToOtherSlash({ url, outcome }: Exchange): boolean {
  if (outcome.kind === "failure" || ![301, 302, 307, 308].includes(outcome.status)) return false;
  const location = outcome.headers.get("location") ?? "";
  if (!URL.canParse(location, url)) return false;
  const [to, wanted] = [new URL(location, url), new URL(withOtherSlash(url))];
  return to.host === wanted.host && to.pathname === wanted.pathname;
}
