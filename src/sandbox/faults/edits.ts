import { type Answer, failure } from "../answer.ts";
import type { ListQuery, ListResult, Store } from "../store/index.ts";
import type { Fault, FaultContext } from "./fault.ts";

/** A handler as in an answer. */
export type Item = Record<string, unknown>;

/** The body of a list. */
export interface ListBody {
  data: Item[];
  meta: Record<string, unknown>;
  links: Record<string, string | null>;
}

type Edit = NonNullable<Fault["answer"]>;

/** Applies an edit only to answers with some statuses. */
export function when(accepts: (status: number) => boolean, edit: Edit): Edit {
  return (answer, context) => (accepts(answer.status) ? edit(answer, context) : answer);
}

export const isSuccess = (status: number): boolean => status < 300;
export const isError = (status: number): boolean => status >= 400;
export const is =
  (wanted: number) =>
  (status: number): boolean =>
    status === wanted;

/** Edits the JSON of successful answers. */
export function body<T>(edit: (body: T, context: FaultContext) => unknown): Edit {
  return when(isSuccess, async (answer, context) => {
    if (answer.body === "") return answer;
    return { ...answer, body: JSON.stringify(await edit(JSON.parse(answer.body) as T, context)) };
  });
}

/** Edits the handler in the answer to a read, or each handler of a list. */
export function item(edit: (item: Item, context: FaultContext) => unknown): Edit {
  return body<{ data: Item | Item[] }>(({ data, ...rest }, context) => ({
    data: Array.isArray(data) ? data.map((it) => edit(it, context)) : edit(data, context),
    ...rest,
  }));
}

/** Edits the answer to a list in place. */
export function list(edit: (body: ListBody, context: FaultContext) => void): Edit {
  return body<ListBody>((value, context) => {
    edit(value, context);
    return value;
  });
}

/** Changes the status and keeps the body. */
export function status(code: number): Edit {
  return (answer) => ({ ...answer, status: code });
}

export function contentType(value: string): Edit {
  return (answer) => ({ ...answer, headers: { ...answer.headers, "content-type": value } });
}

/** Renames a key of an object, which keeps its position. */
export function renamed(object: Item, from: string, to: string): Item {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key === from ? to : key, value]));
}

export function without(object: Item, key: string): Item {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** A store that reads, but writes nothing. */
export function idle(store: Store): Store {
  const has = async (account: number, id: number) => (await store.read(account, id)) !== undefined;
  return { ...store, create: () => 1, update: has, remove: has };
}

/** A store whose list queries are changed. */
export function asking(
  edit: (query: ListQuery, context: FaultContext) => ListQuery,
): NonNullable<Fault["store"]> {
  return (store, context) => ({
    ...store,
    list: (account, query) => store.list(account, edit(query, context)),
  });
}

/** A list of the handlers that match a predicate, with the pages and the order of the query. */
export async function chosen(
  store: Store,
  account: number,
  query: ListQuery,
  keep: (item: Item) => boolean,
): Promise<ListResult> {
  const all = await store.list(account, { ...query, offset: 0, limit: Number.MAX_SAFE_INTEGER });
  const kept = (JSON.parse(`[${all.rows}]`) as Item[]).filter(keep);
  const page = kept.slice(query.offset, query.offset + query.limit);
  return { rows: Buffer.from(page.map((it) => JSON.stringify(it)).join(",")), total: kept.length };
}

/** State that a fault keeps per store, from one request to the next. */
export function memory<T>(make: () => T): (store: Store) => T {
  const kept = new WeakMap<Store, T>();
  return (store) => {
    const known = kept.get(store);
    if (known !== undefined) return known;
    const made = make();
    kept.set(store, made);
    return made;
  };
}

/** The answer of a server that has failed. */
export function serverError(): Answer {
  return failure(500, "Something went wrong on the server.");
}

/** Replaces an answer by one with this status and JSON. */
export function answerWith(statusCode: number, value: unknown): (answer: Answer) => Answer {
  return (answer) => ({
    status: statusCode,
    headers: { ...answer.headers, "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(value),
  });
}
