import { type Parameter, step } from "../../description/index.ts";
import { combines, idleParameters } from "../instance/list-parameters.ts";
import type { Model } from "../instance/model.ts";
import type { Pair } from "../instance/pair.ts";
import { filteredTypes } from "../instance/sampled-types.ts";
import { asked, assumes } from "../instance/statements.ts";
import { hardTexts } from "../instance/values.ts";
import { accepted } from "../judging/expectation.ts";
import {
  type Alternative,
  type Filtering,
  type Ordering,
  type Resource,
  type Run,
  readList,
} from "../run/run.ts";
import { sizesLeft } from "./pages.ts";

/**
 * The filters, one by one and together, and the orders. Each request asks for a page size that has not been asked for yet, as
 * long as there are any: what a list holds and how long it may be are told apart in the answer. How many requests it takes is
 * told by requestsOfFilters.
 */
export async function filters(run: Run): Promise<void> {
  const { model, write } = run;
  const sample =
    run.everything ?? run.readings.find((it) => (it.content?.items.length ?? 0) > 0)?.content?.items ?? [];
  const handlers = [...sample].sort((a, b) =>
    String(a[model.names.created]).localeCompare(String(b[model.names.created])),
  );
  const orders = ordersOf(model, write);
  const alongside = write && flagFilter(model) !== undefined ? orderByName(model, orders) : undefined;
  for (const parameter of model.roles.parameters("filter")) {
    if (isFlag(model, parameter)) await filterByFlag(run, parameter, alongside);
    else if (isType(model, parameter)) await filterByType(run, parameter);
    else await filterByValue(run, parameter, handlers);
  }
  if (write) await search(run);
  await ranges(run, handlers);
  await readInOrders(
    run,
    orders.filter((it) => it !== alongside),
  );
  for (const [parameter, value] of idleParameters(model, write)) await readIdle(run, parameter, value);
  if (write) await together(run);
}

/** The most requests that the filters of an instance take. */
export function requestsOfFilters(model: Model, write: boolean): number {
  const orders = ordersOf(model, write);
  const byFilter = model.roles
    .parameters("filter")
    .reduce((sum, parameter) => sum + (isFlag(model, parameter) ? flagsTried(write).length : 1), 0);
  const isAlongside = write && flagFilter(model) !== undefined && orderByName(model, orders) !== undefined;
  return (
    byFilter +
    (write && model.parameter("search-text") !== undefined ? 1 : 0) +
    rangesOf(model, write).length +
    orders.length -
    (isAlongside ? 1 : 0) +
    idleParameters(model, write).length +
    (write && combines(model) ? 1 : 0)
  );
}

function isFlag({ roles, names }: Model, { name }: Parameter): boolean {
  return roles.filters.get(name) === names.enabled;
}

function isType({ roles, names }: Model, { name }: Parameter): boolean {
  return roles.filters.get(name) === names.type;
}

function flagFilter(model: Model): Parameter | undefined {
  return model.roles.parameters("filter").find((it) => isFlag(model, it));
}

function flagsTried(write: boolean): readonly boolean[] {
  return write ? [true, false] : [true];
}

async function readIdle(run: Run, { name }: Parameter, value: string): Promise<void> {
  const { list } = run.model.operations;
  await readList(run, {
    purpose: `the list with ${name}=${value}`,
    page: 1,
    size: nextSize(run),
    filters: [[name, value]],
    expect: { ...accepted(run.model, list), statements: [asked(list, name, value)] },
  });
}

interface Filter extends Pick<Filtering, "check" | "belongs" | "sentence" | "pointer"> {
  readonly subject?: string | undefined;
  readonly filters: readonly Pair[];
  readonly order?: Order | undefined;
  readonly alternatives?: readonly Alternative[];
  readonly statements?: readonly string[];
}

async function filter(run: Run, { filters, order, ...wanted }: Filter): Promise<void> {
  const sent = [...filters, ...(order?.filters ?? [])];
  const purpose = `the list with ${sent.map(([name, value]) => `${name}=${value}`).join(" and ")}`;
  const reading = await readList(run, { purpose, page: 1, size: nextSize(run), filters: sent });
  run.filterings.push({ subject: undefined, alternatives: [], statements: [], ...wanted, reading });
  if (order !== undefined) run.orderings.push({ ...order, reading });
}

/** A list with everything in it: whatever a parameter means, it means something. Only the whole account tells. */
function ignored({ everything }: Run, { pointer }: Parameter): Alternative[] {
  return everything === undefined ? [] : [{ pointer, belongs: () => true }];
}

/** Where the contract says what a parameter does, and whether the page says so. */
export function meaningOf({ pointer }: { readonly pointer: string }): string {
  return step(pointer, "description");
}

/** A size that nothing has asked for, and that holds the whole account; else the largest. */
function nextSize(run: Run): number | undefined {
  const total = run.everything?.length ?? 0;
  return sizesLeft(run).find((size) => size >= total) ?? run.model.sizes.at(-1);
}

/**
 * Flags travel as numbers, and answers have booleans. What is off is asked for in an order as well: whether a list is right and
 * whether it is in order are two things to see in one answer.
 */
async function filterByFlag(run: Run, parameter: Parameter, order: Order | undefined): Promise<void> {
  const { model, everything } = run;
  const { name } = parameter;
  for (const value of flagsTried(run.write)) {
    const belongs = (it: Resource) => model.compared(name, it) === value;
    if (value && everything?.every((it) => !belongs(it))) continue;
    await filter(run, {
      check: "filter_conformance",
      subject: name,
      filters: [[name, model.flag(value)]],
      belongs,
      sentence: `whose ${model.names.enabled} is ${value}`,
      pointer: meaningOf(parameter),
      order: value ? undefined : order,
    });
  }
}

async function filterByType(run: Run, parameter: Parameter): Promise<void> {
  const [type = ""] = filteredTypes(run.model, run.write);
  await filterBy(run, parameter, type);
}

/** Any other filter is sent with a value that a handler has: the run's own, where it has any. */
async function filterByValue(run: Run, parameter: Parameter, handlers: readonly Resource[]): Promise<void> {
  const value = valueIn(run, parameter, handlers);
  if (value !== undefined) await filterBy(run, parameter, value);
}

function valueIn({ model, journal }: Run, { name }: Parameter, handlers: readonly Resource[]) {
  const having = handlers.filter((it) => ["string", "number"].includes(typeof model.compared(name, it)));
  const one = having.find((it) => journal.owns(it[model.names.id])) ?? having[0];
  return one === undefined ? undefined : String(model.compared(name, one));
}

async function filterBy(run: Run, parameter: Parameter, value: string): Promise<void> {
  const { model } = run;
  const { name } = parameter;
  await filter(run, {
    check: "filter_conformance",
    subject: name,
    filters: [[name, value]],
    belongs: (it) => compares(model, name, it, value),
    sentence: `whose ${model.roles.filters.get(name) ?? name} is ${value}`,
    pointer: meaningOf(parameter),
  });
}

function compares(model: Model, filter: string, resource: Resource, value: string): boolean {
  const compared = model.compared(filter, resource);
  return compared !== undefined && String(compared) === value;
}

async function search(run: Run): Promise<void> {
  const { model } = run;
  const text = model.parameter("search-text");
  const by = model.parameter("search-property");
  if (text === undefined) return;
  const property = model.values(by)[0] ?? model.names.name;
  // Letters, a percent sign and an underscore: as SQL patterns the last two would find more than themselves.
  const wanted = /\w+%_\w+/.exec(hardTexts.get("markup") ?? "")?.[0] ?? "";
  const filters: Pair[] = [
    [text.name, wanted.toUpperCase()],
    ...(by === undefined ? [] : [[by.name, property] as const]),
  ];
  const belongs = (it: Resource) => String(it[property]).includes(wanted);
  await filter(run, {
    check: "search_conformance",
    filters,
    belongs,
    sentence: `whose ${property} contains ${wanted}`,
    pointer: meaningOf(text),
    alternatives: ignored(run, text),
  });
}

/** A range to ask for: of which datetime, and whether it has a beginning and an end. */
interface Range {
  /** The value of the parameter that names the datetime; undefined where there is no such parameter. */
  readonly named: string | undefined;
  /** The property of the handler. */
  readonly of: string;
  readonly from: boolean;
  readonly to: boolean;
}

/** The moment of creation from a moment to the same, then the last change up to a moment; whatever of it the parameters can say. */
function rangesOf(model: Model, write: boolean): Range[] {
  const { names } = model;
  const property = model.parameter("range-property");
  const start = model.parameter("range-start") !== undefined;
  const end = model.parameter("range-end") !== undefined;
  if (!start && !end) return [];
  // Which datetime is meant without a word about it no page says: taken to be the creation.
  if (property === undefined) return [{ named: undefined, of: names.created, from: start, to: end }];
  const ranges = model.values(property).map((named) => {
    const of = named === names.changed ? names.changed : names.created;
    return { named, of, from: start && (of === names.created || !end), to: end };
  });
  return write ? ranges : ranges.slice(0, 1);
}

async function ranges(run: Run, handlers: readonly Resource[]): Promise<void> {
  const { model } = run;
  const { names, datetime, queryDatetime } = model;
  const property = model.parameter("range-property");
  const start = model.parameter("range-start");
  const end = model.parameter("range-end");
  if (queryDatetime === undefined) return;
  const at = (it: Resource, name: string) => datetime.read(String(it[name]));
  const middle = (name: string) => {
    const moments = [...new Set(handlers.flatMap((it) => at(it, name) ?? []))].sort((a, b) => a - b);
    return moments[Math.floor(moments.length / 2)] ?? Math.floor(run.clock.now() / 1_000);
  };
  for (const range of rangesOf(model, run.write)) {
    const moment = middle(range.of);
    const from = range.from ? moment : undefined;
    const to = range.to ? moment - (range.of === names.changed ? 1 : 0) : undefined;
    const filters: Pair[] = [];
    if (property !== undefined && range.named !== undefined) filters.push([property.name, range.named]);
    if (start !== undefined && from !== undefined) filters.push([start.name, queryDatetime.write(from)]);
    if (end !== undefined && to !== undefined) filters.push([end.name, queryDatetime.write(to)]);
    const within = (field: string, above = 0, below = 0, shift = 0) => {
      return (it: Resource) => {
        const moment = at(it, field);
        if (moment === undefined) return false;
        const reached = from === undefined || moment >= from + shift + above;
        return reached && (to === undefined || moment <= to + shift - below);
      };
    };
    const other = range.of === names.created ? names.changed : names.created;
    const bound = (from === undefined ? end : start) as Parameter;
    const known = property ?? bound;
    await filter(run, {
      check: "date_range_conformance",
      subject: range.named,
      filters,
      belongs: within(range.of),
      sentence: `whose ${range.of} is ${[from && `at or after ${datetime.write(from)}`, to && `at or before ${datetime.write(to)}`].filter(Boolean).join(" and ")}`,
      pointer: property === undefined ? meaningOf(bound) : bound.pointer,
      alternatives: [
        ...ignored(run, bound),
        ...(start === undefined ? [] : [{ pointer: meaningOf(start), belongs: within(range.of, 1) }]),
        ...(end === undefined ? [] : [{ pointer: meaningOf(end), belongs: within(range.of, 0, 1) }]),
        { pointer: meaningOf(known), belongs: within(other) },
        ...zones.map((shift) => ({
          pointer: meaningOf(bound.schema),
          belongs: within(range.of, 0, 0, shift),
        })),
      ],
    });
  }
}

/** How far a time zone can be from UTC, in seconds: by quarters of an hour, 12 hours behind to 14 ahead. */
const zones = Array.from({ length: 4 * 26 + 1 }, (_, index) => (index - 4 * 12) * 900).filter(
  (it) => it !== 0,
);

interface Order extends Omit<Ordering, "reading"> {
  readonly filters: readonly Pair[];
}

/** Every property once, descending and ascending in turn; only the first in a run that reads. */
function ordersOf(model: Model, write: boolean): Order[] {
  const by = model.parameter("order-property");
  const way = model.parameter("order-direction");
  const [ascending, descending] = model.values(way);
  if (by === undefined) return [];
  const properties: readonly string[] = Object.values(model.names);
  const orders = model.values(by).map((value, index): Order => {
    // The id has another name in orders than in handlers.
    const property = properties.includes(value) ? value : model.names.id;
    const isDescending = index % 2 === 0 && descending !== undefined;
    const direction = isDescending ? descending : ascending;
    const told = way !== undefined && direction !== undefined;
    return {
      value,
      property,
      descending: told ? isDescending : undefined,
      filters: [[by.name, value], ...(told ? [[way.name, direction] as const] : [])],
    };
  });
  return write ? orders : orders.slice(0, 1);
}

function orderByName({ names }: Model, orders: readonly Order[]): Order | undefined {
  return orders.find((it) => it.property === names.name);
}

async function readInOrders(run: Run, orders: readonly Order[]): Promise<void> {
  for (const { filters, ...order } of orders) {
    const purpose = `the list by ${order.value}${wayOf(order)}`;
    const reading = await readList(run, { purpose, page: 1, size: nextSize(run), filters });
    run.orderings.push({ ...order, reading });
  }
}

/** The direction of an order, for people; nothing where none was asked for. */
export function wayOf({ descending }: Pick<Ordering, "descending">): string {
  return descending === undefined ? "" : descending ? ", descending" : ", ascending";
}

/** A type, a switch, a text, and whatever else there is, at once. */
async function together(run: Run): Promise<void> {
  const { model } = run;
  if (!combines(model)) return;
  const text = model.parameter("search-text")?.name;
  const filters: Pair[] = [];
  const conditions: ((it: Resource) => boolean)[] = [];
  const belongs = (it: Resource) => conditions.every((holds) => holds(it));
  const custom: Parameter[] = [];
  for (const parameter of model.roles.parameters("filter")) {
    const { name } = parameter;
    if (isFlag(model, parameter)) {
      // What the run has created is off, where it could be switched off.
      const value = model.operations.update === undefined;
      filters.push([name, model.flag(value)]);
      conditions.push((it) => model.compared(name, it) === value);
    } else if (isType(model, parameter)) {
      const value = filteredTypes(model, true).at(-1) ?? "";
      filters.push([name, value]);
      conditions.push((it) => compares(model, name, it, value));
    } else custom.push(parameter);
  }
  if (text !== undefined) {
    filters.push([text, run.id]);
    conditions.push((it) => String(it[model.names.name]).includes(run.id));
  }
  for (const parameter of custom) {
    const value = valueIn(run, parameter, (run.everything ?? []).filter(belongs));
    if (value === undefined) continue;
    filters.push([parameter.name, value]);
    conditions.push((it) => compares(model, parameter.name, it, value));
  }
  if (filters.length < 2) return;
  const { list } = model.operations;
  await filter(run, {
    check: "filters_together",
    filters,
    belongs,
    sentence: `to which all of ${filters.map(([name]) => name).join(", ")} apply`,
    pointer: model.assumption(list, "parameters-together"),
    statements: [assumes(list, "parameters-together")],
  });
}
