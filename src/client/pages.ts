import { pageParameter, pageSizeParameter } from "../../generated/client.ts";
import { notFollowed } from "./errors.ts";
import type { Settings } from "./options.ts";
import type { CallOptions, Client, ListParameters, NotificationHandler } from "./types.ts";

/**
 * The handlers of all pages, one page at a time.
 *
 * Pages are counted, not read off `links`: whether those keep the size and the filters asked for, no instance documents. They say
 * whether there is a next page, and a link that leads to another host ends in an error.
 *
 * @throws {NotificationHandlersError} what `list` throws, and `redirect` when the next page is said to be on another host
 */
export async function* allPages(
  list: Client["list"],
  query: ListParameters | undefined,
  options: CallOptions | undefined,
  { baseUrl, largestPageSize }: Settings,
): AsyncGenerator<NotificationHandler, void, undefined> {
  let first: unknown;
  for (let page = +(query?.[pageParameter] ?? 1); ; page++) {
    const { data, meta, links } = await list(
      {
        [pageSizeParameter]: largestPageSize as ListParameters[typeof pageSizeParameter],
        ...query,
        [pageParameter]: page,
      },
      options,
    );
    const head = JSON.stringify(data[0]);
    // Not if it is the last page again, whatever number was asked for.
    if (!data.length || head === first || meta.page < page) return;
    yield* data;
    const { next } = links;
    if (!next) return;
    // The third part of https://host/path is the host. Behind a proxy that ends TLS, the first may differ.
    if (JSON.stringify(next).split("/")[2] !== baseUrl.split("/")[2]) {
      throw notFollowed("links.next", {});
    }
    first = head;
  }
}
