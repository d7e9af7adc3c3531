import { type Operation, type StrayFields, validateForm, validateQuery } from "../description/index.ts";
import { type Answer, data, empty, notFound, page, refusal } from "./answer.ts";
import type { ListModel, Model } from "./model.ts";
import {
  after,
  type Create,
  type Eventual,
  type HandlerRecord,
  type ListQuery,
  type ListResult,
  type Store,
} from "./store/index.ts";

/** A request with a valid key, in terms of the contract. */
export interface Call {
  readonly operation: Operation;
  readonly account: number;
  /** The id in the path; undefined if it is invalid, or the path has none. */
  readonly id: number | undefined;
  /** In the order sent, with repetitions. */
  readonly query: readonly (readonly [string, string])[];
  readonly form: readonly (readonly [string, string])[];
  /** The base URL that the client used: `http://127.0.0.1:4020/sandbox/<instance>/api`, no slash at the end. */
  readonly base: string;
}

/** The operations of an instance. */
export interface Service {
  list(call: Call): Eventual<Answer<string | Buffer>>;
  read(call: Call): Eventual<Answer>;
  create(call: Call): Eventual<Answer>;
  update(call: Call): Eventual<Answer>;
  delete(call: Call): Eventual<Answer>;
}

/**
 * `now`: the time in seconds since 1970. `strayFields`: what to do with fields that a handler of the type does not have. `create`: creates
 * handlers; default: one by one. The methods fail only with StoreError. They are synchronous if the store is.
 */
export function createService(
  model: Model,
  store: Store,
  now: () => number,
  strayFields: StrayFields,
  create: Create | Store["create"] = store.create,
): Service {
  const { names, roles } = model;
  const idOpening = `{${JSON.stringify(names.id)}:`;
  const reference = (id: number) => data(`${idOpening}${id}}`);

  /** The settings of a handler after a form, merged over its old ones. For a type that is not listed, any field is accepted. */
  function settingsOf(
    type: string,
    before: Readonly<Record<string, unknown>>,
    values: Readonly<Record<string, unknown>>,
  ) {
    // A field may have any name, including those that objects inherit.
    const settings: Record<string, unknown> = Object.create(null);
    const known = roles.fields.get(type);
    const fields =
      known ??
      [...new Set([...Object.keys(before), ...Object.keys(values)])].filter((it) => !model.common.has(it));
    for (const field of fields) {
      const value = values[field] ?? (Object.hasOwn(before, field) ? before[field] : undefined);
      if (value !== undefined) settings[field] = value;
    }
    return settings;
  }

  return {
    list(call) {
      const { values, problems } = validateQuery(call.operation, call.query);
      if (problems.length > 0) return refusal(problems);
      const query = listQuery(model, values);
      return after(store.list(call.account, query), (found) => {
        const number = values[model.list.page] as number;
        return pageOf(model, call, found, number, query.limit);
      });
    },

    read({ account, id }) {
      if (id === undefined) return notFound();
      return after(store.read(account, id), (found) => (found === undefined ? notFound() : data(found)));
    },

    create({ operation, account, form }) {
      const { values, problems, branch } = validateForm(operation, form, strayFields);
      if (problems.length > 0 || branch === undefined) return refusal(problems);
      const type = String(values[names.type]);
      const name = String(values[names.name]);
      const settings = settingsOf(type, {}, values);
      const record = { type, name, settings, enabled: true, created: now(), changed: null };
      return after(create(account, handlerRecord(model, record)), reference);
    },

    update({ operation, account, id, form }) {
      if (id === undefined) return notFound();
      const { values, problems } = validateForm(operation, form, strayFields);
      // A missing handler gives 404, whatever the form is.
      if (problems.length > 0)
        return after(store.read(account, id), (found) =>
          found === undefined ? notFound() : refusal(problems),
        );
      const change = (text: string) => {
        const before = JSON.parse(text) as Record<string, unknown>;
        const typeBefore = String(before[names.type]);
        const type = String(values[names.type] ?? typeBefore);
        const enabled =
          values[names.enabled] === undefined ? before[names.enabled] === true : values[names.enabled] === 1;
        const created = model.datetime.read(String(before[names.created])) ?? 0;
        const kept = type === typeBefore ? (before[names.settings] as Record<string, unknown>) : {};
        const name = String(values[names.name] ?? before[names.name]);
        const settings = settingsOf(type, kept, values);
        const changed = Math.max(now(), created);
        return handlerRecord(model, { type, name, settings, enabled, created, changed });
      };
      return after(store.update(account, id, change), (found) => (found ? reference(id) : notFound()));
    },

    delete({ account, id }) {
      if (id === undefined) return notFound();
      return after(store.remove(account, id), (found) => (found ? empty() : notFound()));
    },
  };
}

/** A handler for the store. Datetimes are in seconds since 1970. */
export function handlerRecord(
  { names, datetime }: Model,
  handler: Omit<HandlerRecord, "document"> & { readonly settings: object },
): HandlerRecord {
  const { settings, ...record } = handler;
  const { type, name, enabled, created, changed } = record;
  return {
    ...record,
    document: (id) =>
      JSON.stringify({
        [names.id]: id,
        [names.type]: type,
        [names.name]: name,
        [names.settings]: settings,
        [names.enabled]: enabled,
        [names.changed]: changed === null ? null : datetime.write(changed),
        [names.created]: datetime.write(created),
      }),
  };
}

/** The answer to a list: the requested page, with `meta` and `links`. */
function pageOf(
  model: Model,
  call: Call,
  { rows, total }: ListResult,
  number: number,
  size: number,
): Answer<Buffer> {
  const pages = Math.max(1, Math.ceil(total / size));
  const url = pageUrls(model, call);
  return page(
    rows,
    {
      [model.meta.page]: number,
      [model.meta["page-size"]]: size,
      [model.meta.total]: total,
      [model.meta["total-pages"]]: pages,
    },
    {
      first: url(1),
      last: url(pages),
      next: number < pages ? url(number + 1) : null,
      prev: number > 1 ? url(Math.min(number - 1, pages)) : null,
      self: url(number),
    },
  );
}

/** The query to the store, from valid parameters. */
function listQuery(model: Model, values: Readonly<Record<string, unknown>>): ListQuery {
  const { list } = model;
  const at = (name: string | undefined) => (name === undefined ? undefined : values[name]);
  const limit = values[list.pageSize] as number;
  const enabled = at(list.filters.enabled);
  const order = at(list.orderProperty) as string | undefined;
  const query = {
    type: at(list.filters.type) as string | undefined,
    enabled: enabled === undefined ? undefined : enabled === 1,
    equal: list.others.size === 0 ? undefined : equalities(model, values),
    search: at(list.searchText) as string | undefined,
    order: {
      by: order === undefined ? "id" : (list.orderOf.get(order) ?? "id"),
      descending: list.descending !== undefined && at(list.orderDirection) === list.descending,
    },
    offset: ((values[list.page] as number) - 1) * limit,
    limit,
  } as const;

  // Validation has checked that the date exists.
  const moment = (parameter: ListModel["rangeStart"]) => {
    const text = at(parameter?.name);
    return text === undefined ? undefined : parameter?.format.read(String(text));
  };
  const from = moment(list.rangeStart);
  const last = moment(list.rangeEnd);
  const to = last === undefined ? undefined : last + (list.rangeEnd?.format.seconds ?? 1) - 1;
  if (from === undefined && to === undefined) return query;
  const of = list.rangeOf.get(String(at(list.rangeProperty))) ?? list.rangeUsually;
  return { ...query, range: { of, from, to } };
}

/** The filters for which the store has no column. */
function equalities({ list }: Model, values: Readonly<Record<string, unknown>>): ListQuery["equal"] {
  const asked = [...list.others].filter(([name]) => values[name] !== undefined);
  return asked.map(([name, at]) => ({ at, to: String(values[name]) }));
}

/** The URLs of pages: in the instance's own form, with the query of the request, the page number last. */
function pageUrls(model: Model, { base, query }: Call): (number: number) => string {
  const kept = new Map(query);
  kept.delete(model.list.page);
  const rest = new URLSearchParams([...kept]).toString();
  const opening = `${base}${model.roles.listByLink.path}`;
  const before =
    rest === "" ? `${opening}${model.roles.pageQuery}` : `${opening}?${rest}&${model.list.page}=`;
  return (number) => before + number;
}
