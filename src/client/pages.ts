import { largestPageSize, listPath, pageParameter, pageSizeParameter } from "../../generated/client.ts";
import { elsewhere, parseUrl } from "./http.ts";
import type { CallOptions, Client, ListParameters, NotificationHandler } from "./types.ts";

/**
 * The handlers of all pages, one page at a time.
 *
 * Pages are counted, not read off `links`: whether those keep the size and the filters asked for, no instance documents. They say
 * whether there is a next page, and a link that leads to another host ends in an error.
 *
 * A handler that moved on by a page while the list was read (one before it came in) is not given twice.
 *
 * @throws {NotificationHandlersError} what `list` throws, and `origin` when the next page is said to be on another host
 */
export async function* allPages(
  list: Client["list"],
  parameters: ListParameters = {},
  options: CallOptions | undefined,
  baseUrl: string,
): AsyncGenerator<NotificationHandler, void, undefined> {
  let page = Number(parameters[pageParameter] ?? 1);
  let seen = new Set<number>();
  for (;;) {
    const { data, meta, links } = await list(
      { [pageSizeParameter]: largestPageSize, ...parameters, [pageParameter]: page },
      options,
    );
    const fresh = data.filter((handler) => !seen.has(handler.id));
    if (fresh.length === 0 || meta.page < page) return;
    yield* fresh;
    if (!links.next) return;
    const next = parseUrl(links.next, baseUrl);
    if (next && next.host !== new URL(baseUrl).host)
      throw elsewhere(next.href, { method: "GET", path: listPath });
    seen = new Set(data.map((handler) => handler.id));
    page++;
  }
}
