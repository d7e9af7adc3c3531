import { largestPageSize, listPath, pageParameter, pageSizeParameter } from "../../generated/client.ts";
import { notFollowed } from "./http.ts";
import type { CallOptions, Client, ListParameters, NotificationHandler } from "./types.ts";

/**
 * The handlers of all pages, one page at a time.
 *
 * Pages are counted, not read off `links`: whether those keep the size and the filters asked for, no instance documents. They say
 * whether there is a next page, and a link that leads to another host ends in an error.
 *
 * A handler that moved on by a page while the list was read (one before it came in) is not given twice.
 *
 * @throws {NotificationHandlersError} what `list` throws, and `redirect` when the next page is said to be on another host
 */
export async function* allPages(
  list: Client["list"],
  parameters: ListParameters | undefined,
  options: CallOptions | undefined,
  baseUrl: string,
): AsyncGenerator<NotificationHandler, void, undefined> {
  const query = { ...parameters };
  let last = new Set<number>();
  for (let page = +(query[pageParameter] ?? 1); ; page++) {
    const { data, meta, links } = await list(
      {
        ...query,
        [pageSizeParameter]: query[pageSizeParameter] ?? largestPageSize,
        [pageParameter]: page,
      },
      options,
    );
    const fresh = data.filter((handler) => !last.has(handler?.id));
    if (!fresh[0] || meta.page < page) return;
    yield* fresh;
    const { next } = links;
    if (!next) return;
    if (URL.canParse(next) && new URL(next).host !== new URL(baseUrl).host) {
      throw notFollowed(next, { method: "GET", path: listPath });
    }
    last = new Set(data.map((handler) => handler?.id));
  }
}
