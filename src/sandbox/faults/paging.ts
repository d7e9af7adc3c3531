import type { MetaRole } from "../../description/index.ts";
import { failure } from "../answer.ts";
import type { Model } from "../model.ts";
import { asking, chosen, type ListBody, list } from "./edits.ts";
import type { Fault, FaultContext } from "./fault.ts";

/** Changes one number of meta. */
function meta(role: MetaRole, edit: (value: number, body: ListBody) => unknown) {
  return list((body, { model }) => {
    const name = model.meta[role];
    body.meta[name] = edit(body.meta[name] as number, body);
  });
}

const hasSizes = ({ sizes }: Model) => sizes.length > 1;
const hasTwoForms = ({ roles }: Model) => roles.listByLink !== roles.list;

/** What `meta` says, and which handlers a page holds. */
export const pagingFaults: readonly Fault[] = [
  {
    name: "meta-total-off-by-one",
    description: "The total is one too many.",
    operations: ["list"],
    answer: meta("total", (total) => total + 1),
  },
  {
    name: "meta-total-of-page",
    description: "The total counts only the handlers on the page.",
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
    description: "The page size in meta is always the default.",
    operations: ["list"],
    appliesTo: hasSizes,
    answer: list((body, { model }) => {
      body.meta[model.meta["page-size"]] = model.defaultSize;
    }),
  },
  {
    name: "meta-numbers-as-text",
    description: "The numbers in meta are strings.",
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
    name: "page-ignored",
    description: "Every page holds the handlers of page 1.",
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
    description: "Every page has the default size, whatever page size was asked for.",
    operations: ["list"],
    appliesTo: hasSizes,
    store: asking((query, { model }) => ({ ...query, limit: model.defaultSize })),
  },
  {
    name: "page-one-too-many",
    description: "Every page holds one handler too many: the first one of the next page.",
    operations: ["list"],
    store: asking((query) => ({ ...query, limit: query.limit + 1 })),
  },
  {
    name: "pages-overlap",
    description: "Every page but the first begins with the last handler of the page before.",
    operations: ["list"],
    store: asking((query) => ({ ...query, offset: Math.max(0, query.offset - 1) })),
  },
  {
    name: "pages-skip",
    description: "Every page but the first lacks its first handler.",
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
    description: "Disabled handlers are not in the list.",
    operations: ["list"],
    store: asking((query) => (query.enabled === undefined ? { ...query, enabled: true } : query)),
  },
  {
    name: "list-hides-newest",
    description: "The newest handler is not in the list, and not counted.",
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
    description: "The first handler of each page appears twice.",
    operations: ["list"],
    answer: list((body) => {
      if (body.data[0] !== undefined) body.data.unshift(body.data[0]);
    }),
  },
  {
    name: "list-without-slash-missing",
    description: "The list's URL without the slash at the end, as in links, answers 404.",
    operations: ["list"],
    appliesTo: hasTwoForms,
    answer: (answer, { call, model }) =>
      call?.operation === model.roles.listByLink ? failure(404, "Not found.") : answer,
  },
  {
    name: "list-with-slash-missing",
    description: "The list's URL with the slash at the end, as documented, answers 404.",
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

/** What the list takes that it should refuse. */
export const leniencyFaults: readonly Fault[] = [
  {
    name: "page-size-unchecked",
    description: "A page size that is not allowed is treated as the default.",
    operations: ["list"],
    understand: (call, { model }) => ({
      ...call,
      query: call.query.filter(
        ([name, value]) => name !== model.list.pageSize || model.sizes.includes(Number(value)),
      ),
    }),
  },
  {
    name: "page-unchecked",
    description: "A page that is not a number from 1 up is treated as page 1.",
    operations: ["list"],
    understand: (call, { model }) => ({
      ...call,
      query: call.query.filter(([name, value]) => name !== model.list.page || /^[1-9]\d*$/.test(value)),
    }),
  },
];
