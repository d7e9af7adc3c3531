import { pageParameter, pageSizeParameter } from "../../generated/client.ts";
import type { CallOptions } from "./call-options.ts";
import { NotificationHandlersError, notFollowed } from "./errors.ts";
import type { Settings } from "./options.ts";
import type { Client, ListParameters, NotificationHandler } from "./types.ts";

/**
 * The handlers of all pages, one page at a time.
 *
 * Pages are counted, not read from `links`: no instance documents whether those keep the page size and the filters. The links only tell
 * whether there is a next page. A link to another host is an error, and so is a next page after the last that `meta` counts: the loop would
 * never end.
 *
 * @throws {NotificationHandlersError} what `list` throws; `redirect` when the next page is on another host; `unexpected_shape` when it is
 * after the last
 */
export async function* allPages(
  list: Client["list"],
  query: ListParameters | undefined,
  options: CallOptions | undefined,
  { baseUrl, largestPageSize }: Settings,
): AsyncGenerator<NotificationHandler, void, undefined> {
  const largest = largestPageSize as ListParameters[typeof pageSizeParameter];
  const { [pageParameter]: start = 1, [pageSizeParameter]: size = largest, ...filters } = query ?? {};
  let first: string | undefined;
  for (let page = start; ; page++) {
    const { data, meta, links } = await list(
      { [pageSizeParameter]: size, ...filters, [pageParameter]: page },
      options,
    );
    const head = textOf(data[0]);
    // The instance may repeat its last page for any higher number.
    if (data.length === 0 || head === first || meta.page < page) return;
    yield* data;
    const { next } = links;
    if (!next) return;
    if (hostOf(next) !== hostOf(baseUrl)) throw notFollowed("links.next", {});
    if (meta.total_pages <= page) {
      throw new NotificationHandlersError(
        "unexpected_shape",
        `listAll ends after page ${page}: links.next names another, but meta.total_pages is ${meta.total_pages}`,
      );
    }
    first = head;
  }
}

/** JSON as text. A value that is nested ten thousand levels deep can be parsed, but not written. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    throw new NotificationHandlersError("unexpected_shape", "listAll ends: a handler is nested too deeply");
  }
}

/** Compares hosts, not origins: behind a proxy that ends TLS, links may have the other protocol. */
function hostOf(url: unknown): string | undefined {
  return typeof url === "string" && URL.canParse(url) ? new URL(url).host : undefined;
}
