import type { MetaRole } from "../../description/index.ts";
import { failure } from "../answer.ts";
import type { Model } from "../model.ts";
import { asking, chosen, type ListBody, list } from "./edits.ts";
import type { Fault, FaultContext } from "./fault.ts";

type Link = "first" | "last" | "next" | "prev" | "self";

/** Changes each URL of the links that is one. */
function links(edit: (url: string, link: Link, context: FaultContext) => string | null) {
  return list((body, context) => {
    for (const [name, url] of Object.entries(body.links)) {
      if (url !== null) body.links[name] = edit(url, name as Link, context);
    }
  });
}

/** Changes one number of meta. */
function meta(role: MetaRole, edit: (value: number, body: ListBody) => unknown) {
  return list((body, { model }) => {
    const name = model.meta[role];
    body.meta[name] = edit(body.meta[name] as number, body);
  });
}

/** The URL with another page number, which stands at its end. */
const toPage = (url: string, page: number) => url.replace(/\d+$/, String(page));
const pageOf = (url: string) => Number(/\d+$/.exec(url)?.[0]);

const defaultSize = ({ model }: FaultContext) =>
  Number(model.roles.parameters("page-size")[0]?.schema.node.default);

const hasSizes = ({ roles }: Model) =>
  ((roles.parameters("page-size")[0]?.schema.node.enum ?? []) as unknown[]).length > 1;
const hasTwoForms = ({ roles }: Model) => roles.listByLink !== roles.list;

/** What `meta` and `links` say, and which handlers a page holds. */
export const pagingFaults: readonly Fault[] = [
  {
    name: "meta-total-off-by-one",
    description: "The total is one too many.",
    operations: ["list"],
    answer: meta("total", (total) => total + 1),
  },
  {
    name: "meta-total-of-page",
    description: "The total counts the handlers of the page alone.",
    operations: ["list"],
    answer: meta("total", (_total, { data }) => data.length),
  },
  {
    name: "meta-total-pages-off-by-one",
    description: "The number of pages is one too many.",
    operations: ["list"],
    answer: meta("total-pages", (pages) => pages + 1),
  },
  {
    name: "meta-page-from-zero",
    description: "The page in meta counts from zero.",
    operations: ["list"],
    answer: meta("page", (page) => page - 1),
  },
  {
    name: "meta-page-always-first",
    description: "The page in meta is 1 on every page.",
    operations: ["list"],
    answer: meta("page", () => 1),
  },
  {
    name: "meta-page-size-of-page",
    description: "The page size in meta is the number of handlers on the page.",
    operations: ["list"],
    answer: meta("page-size", (_size, { data }) => Math.max(1, data.length)),
  },
  {
    name: "meta-page-size-as-default",
    description: "The page size in meta is the default one, whatever was asked for.",
    operations: ["list"],
    appliesTo: hasSizes,
    answer: list((body, context) => {
      body.meta[context.model.meta["page-size"]] = defaultSize(context);
    }),
  },
  {
    name: "meta-numbers-as-text",
    description: "The numbers in meta are texts.",
    operations: ["list"],
    answer: list((body) => {
      body.meta = Object.fromEntries(Object.entries(body.meta).map(([name, value]) => [name, String(value)]));
    }),
  },
  {
    name: "meta-without-total",
    description: "Meta has no total.",
    operations: ["list"],
    answer: list((body, { model }) => {
      delete body.meta[model.meta.total];
    }),
  },
  {
    name: "meta-without-total-pages",
    description: "Meta has no number of pages.",
    operations: ["list"],
    answer: list((body, { model }) => {
      delete body.meta[model.meta["total-pages"]];
    }),
  },
  {
    name: "links-to-another-host",
    description: "Links lead to another host.",
    operations: ["list"],
    answer: links((url) => url.replace(/^http:\/\/[^/]+/, "https://elsewhere.example")),
  },
  {
    name: "links-relative",
    description: "Links are paths without scheme and host.",
    operations: ["list"],
    answer: links((url) => url.replace(/^http:\/\/[^/]+/, "")),
  },
  {
    name: "links-other-form",
    description:
      "Links are written in the form of the other instances: with the ampersand before the page, or without it.",
    operations: ["list"],
    answer: links((url, _link, { model }) =>
      model.roles.pageQuery.includes("&") ? url.replace("?&", "?") : url.replace("?", "?&"),
    ),
  },
  {
    name: "links-lose-the-query",
    description: "Links lack the query that was asked for, but for the page.",
    operations: ["list"],
    answer: links((url, _link, { model }) => url.replace(/\?.*?(\d+)$/, `${model.roles.pageQuery}$1`)),
  },
  {
    name: "links-next-stuck",
    description: "The next page is the page itself.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      if (it.next) it.next = it.self ?? null;
    }),
  },
  {
    name: "links-next-never",
    description: "There is never a next page.",
    operations: ["list"],
    answer: links((url, link) => (link === "next" ? null : url)),
  },
  {
    name: "links-next-always",
    description: "The last page has a next one, too.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      it.next ??= toPage(it.self ?? "", pageOf(it.self ?? "") + 1);
    }),
  },
  {
    name: "links-next-skips",
    description: "The next page is the one after the next.",
    operations: ["list"],
    answer: links((url, link) => (link === "next" ? toPage(url, pageOf(url) + 1) : url)),
  },
  {
    name: "links-prev-on-first",
    description: "The first page has a previous one, with number 0.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      it.prev ??= toPage(it.self ?? "", 0);
    }),
  },
  {
    name: "links-prev-never",
    description: "There is never a previous page.",
    operations: ["list"],
    answer: links((url, link) => (link === "prev" ? null : url)),
  },
  {
    name: "links-first-wrong",
    description: "The first page is said to be number 2.",
    operations: ["list"],
    answer: links((url, link) => (link === "first" ? toPage(url, 2) : url)),
  },
  {
    name: "links-last-wrong",
    description: "The last page is said to be one after the last.",
    operations: ["list"],
    answer: links((url, link) => (link === "last" ? toPage(url, pageOf(url) + 1) : url)),
  },
  {
    name: "links-self-wrong",
    description: "Every page says of itself that it is the first.",
    operations: ["list"],
    answer: links((url, link) => (link === "self" ? toPage(url, 1) : url)),
  },
  {
    name: "links-without-self",
    description: "Links do not name the page itself.",
    operations: ["list"],
    answer: list(({ links: it }) => {
      delete it.self;
    }),
  },
  {
    name: "page-ignored",
    description: "Every page holds the handlers of the first.",
    operations: ["list"],
    store: asking((query) => ({ ...query, offset: 0 })),
  },
  {
    name: "page-from-zero",
    description: "Pages count from zero: page 1 holds what should be on page 2.",
    operations: ["list"],
    store: asking((query) => ({ ...query, offset: query.offset + query.limit })),
  },
  {
    name: "page-size-ignored",
    description: "Pages hold as many handlers as without a page size, whatever was asked for.",
    operations: ["list"],
    appliesTo: hasSizes,
    store: asking((query, context) => ({ ...query, limit: defaultSize(context) })),
  },
  {
    name: "page-one-too-many",
    description: "Pages hold one handler more than they should, the first one of the next page.",
    operations: ["list"],
    store: asking((query) => ({ ...query, limit: query.limit + 1 })),
  },
  {
    name: "pages-overlap",
    description: "Each page but the first begins with the last handler of the page before.",
    operations: ["list"],
    store: asking((query) => ({ ...query, offset: Math.max(0, query.offset - 1) })),
  },
  {
    name: "pages-skip",
    description: "Each page but the first lacks its first handler.",
    operations: ["list"],
    store: asking((query) =>
      query.offset === 0 ? query : { ...query, offset: query.offset + 1, limit: query.limit - 1 },
    ),
  },
  {
    name: "order-unstable",
    description: "Every second page is taken from the list in reverse order.",
    operations: ["list"],
    store: asking((query) => {
      const { by, descending } = query.order;
      return (query.offset / query.limit) % 2 === 1
        ? { ...query, order: { by, descending: !descending } }
        : query;
    }),
  },
  {
    name: "past-the-end-as-404",
    description: "A page past the end answers 404.",
    operations: ["list"],
    answer: (answer, context) =>
      isPastTheEnd(answer.body, context) ? failure(404, "No such page.") : answer,
  },
  {
    name: "past-the-end-repeats",
    description: "A page past the end holds the handlers of the last page.",
    operations: ["list"],
    store: (store) => ({
      ...store,
      list: async (account, query) => {
        const found = await store.list(account, query);
        if (found.rows.length > 0 || found.total === 0) return found;
        const last = Math.floor((found.total - 1) / query.limit) * query.limit;
        return store.list(account, { ...query, offset: last });
      },
    }),
  },
  {
    name: "list-hides-disabled",
    description: "Handlers that are not enabled are on no page.",
    operations: ["list"],
    store: asking((query) => (query.enabled === undefined ? { ...query, enabled: true } : query)),
  },
  {
    name: "list-hides-newest",
    description: "The newest handler is on no page, and not counted.",
    operations: ["list"],
    store: (store, { model: { names } }) => ({
      ...store,
      list: async (account, query) => {
        const newest = await store.list(account, {
          order: { by: "id", descending: true },
          offset: 0,
          limit: 1,
        });
        const [hidden] = JSON.parse(`[${newest.rows}]`) as Record<string, unknown>[];
        return chosen(store, account, query, (it) => it[names.id] !== hidden?.[names.id]);
      },
    }),
  },
  {
    name: "list-repeats-first",
    description: "The first handler of each page stands there twice.",
    operations: ["list"],
    answer: list((body) => {
      if (body.data[0] !== undefined) body.data.unshift(body.data[0]);
    }),
  },
  {
    name: "list-without-slash-missing",
    description: "The form of the list's URL that links use, without the slash at the end, answers 404.",
    operations: ["list"],
    appliesTo: hasTwoForms,
    answer: (answer, { call, model }) =>
      call?.operation === model.roles.listByLink ? failure(404, "Not found.") : answer,
  },
  {
    name: "list-with-slash-missing",
    description: "The documented form of the list's URL, with the slash at the end, answers 404.",
    operations: ["list"],
    appliesTo: hasTwoForms,
    answer: (answer, { call, model }) =>
      call?.operation === model.roles.list ? failure(404, "Not found.") : answer,
  },
];

function isPastTheEnd(body: string, { model }: FaultContext): boolean {
  const { meta: it } = JSON.parse(body) as Partial<ListBody>;
  return it !== undefined && Number(it[model.meta.page]) > Math.max(1, Number(it[model.meta["total-pages"]]));
}
