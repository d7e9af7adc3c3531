import { type Parameter, step } from "../../description/index.ts";
import type { Pair } from "../exchange.ts";
import { filteredTypes } from "../provable.ts";
import {
  type Alternative,
  type Filtering,
  type Ordering,
  type Resource,
  type Run,
  readList,
} from "../run.ts";
import { assumes } from "../statements.ts";
import { hardTexts } from "../values.ts";
import { sizesLeft } from "./pages.ts";

/**
 * The filters, one by one and together, and the orders. Each request asks for a page size that has not been asked for yet, as
 * long as there are any: what a list holds and how long it may be are told apart in the answer.
 */
export async function filters(run: Run): Promise<void> {
  const { model } = run;
  const sample =
    run.everything ?? run.readings.find((it) => (it.content?.items.length ?? 0) > 0)?.content?.items ?? [];
  const handlers = [...sample].sort((a, b) =>
    String(a[model.names.created]).localeCompare(String(b[model.names.created])),
  );
  const orders = ordersOf(run);
  if (run.write) {
    const byName = orders.find((it) => it.property === model.names.name);
    for (const parameter of model.roles.parameters("filter")) await filterBy(run, parameter, byName);
    await search(run);
    await ranges(run, handlers);
    await readInOrders(
      run,
      orders.filter((it) => it !== byName),
    );
    await together(run);
  } else {
    for (const parameter of model.roles.parameters("filter")) await filterBy(run, parameter, undefined, 1);
    await ranges(run, handlers, 1);
    await readInOrders(run, orders.slice(0, 1));
  }
}

interface Filter extends Pick<Filtering, "check" | "belongs" | "sentence" | "pointer"> {
  readonly subject?: string;
  readonly filters: readonly Pair[];
  readonly order?: Order | undefined;
  readonly alternatives?: readonly Alternative[];
  readonly statements?: readonly string[];
}

async function filter(run: Run, { filters, order, ...wanted }: Filter): Promise<void> {
  const asked = [...filters, ...(order?.filters ?? [])];
  const purpose = `the list with ${asked.map(([name, value]) => `${name}=${value}`).join(" and ")}`;
  const reading = await readList(run, { purpose, page: 1, size: nextSize(run), filters: asked });
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
 * A filter compares the property of its own name; flags travel as numbers, and answers have booleans. What is off is asked for
 * in an order as well: whether a list is right and whether it is in order are two things to see in one answer.
 */
async function filterBy(run: Run, parameter: Parameter, order: Order | undefined, most = 2): Promise<void> {
  const { model, everything } = run;
  const { name } = parameter;
  const isFlag = name === model.names.enabled;
  const values = isFlag ? [true, false].slice(0, most) : filteredTypes(model, run.write).slice(0, 1);
  for (const value of values) {
    const belongs = (it: Resource) => it[name] === value;
    if (value === true && everything?.every((it) => !belongs(it))) continue;
    const text = typeof value === "boolean" ? model.flag(value) : value;
    const extra = value === false ? order : undefined;
    await filter(run, {
      check: "filter_conformance",
      subject: name,
      filters: [[name, text]],
      belongs,
      sentence: `whose ${name} is ${value}`,
      pointer: meaningOf(parameter),
      order: extra,
    });
  }
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

async function ranges(run: Run, handlers: readonly Resource[], most = 2): Promise<void> {
  const { model } = run;
  const { names, datetime, queryDatetime } = model;
  const property = model.parameter("range-property");
  const start = model.parameter("range-start");
  const end = model.parameter("range-end");
  if (property === undefined || start === undefined || end === undefined || queryDatetime === undefined)
    return;
  const at = (it: Resource, name: string) => datetime.read(String(it[name]));
  const middle = (name: string) => {
    const moments = [...new Set(handlers.flatMap((it) => at(it, name) ?? []))].sort((a, b) => a - b);
    return moments[Math.floor(moments.length / 2)] ?? Math.floor(run.clock.now() / 1_000);
  };
  const created = middle(names.created);
  const changed = middle(names.changed);
  const cases: [name: string, from: number | undefined, to: number | undefined][] = [
    [names.created, created, created],
    [names.changed, undefined, changed - 1],
  ];
  for (const [name, from, to] of cases.slice(0, most)) {
    const filters: Pair[] = [[property.name, name]];
    if (from !== undefined) filters.push([start.name, queryDatetime.write(from)]);
    if (to !== undefined) filters.push([end.name, queryDatetime.write(to)]);
    const within = (field: string, above = 0, below = 0, shift = 0) => {
      return (it: Resource) => {
        const moment = at(it, field);
        if (moment === undefined) return false;
        const reached = from === undefined || moment >= from + shift + above;
        return reached && (to === undefined || moment <= to + shift - below);
      };
    };
    const other = name === names.created ? names.changed : names.created;
    const bound = from === undefined ? end : start;
    await filter(run, {
      check: "date_range_conformance",
      subject: name,
      filters,
      belongs: within(name),
      sentence: `whose ${name} is ${[from && `at or after ${datetime.write(from)}`, to && `at or before ${datetime.write(to)}`].filter(Boolean).join(" and ")}`,
      pointer: bound.pointer,
      alternatives: [
        ...ignored(run, bound),
        { pointer: meaningOf(start), belongs: within(name, 1) },
        { pointer: meaningOf(end), belongs: within(name, 0, 1) },
        { pointer: meaningOf(property), belongs: within(other) },
        ...zones.map((shift) => ({
          pointer: meaningOf(bound.schema),
          belongs: within(name, 0, 0, shift),
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

/** Every property once, descending and ascending in turn. */
function ordersOf({ model }: Run): Order[] {
  const by = model.parameter("order-property");
  const way = model.parameter("order-direction");
  const [ascending, descending] = model.values(way);
  if (by === undefined || way === undefined || ascending === undefined || descending === undefined) return [];
  const idParameter = model.operations.read.parameters.find((it) => it.in === "path")?.name;
  return model.values(by).map((value, index) => {
    const isDescending = index % 2 === 0;
    return {
      value,
      property: value === idParameter ? model.names.id : value,
      descending: isDescending,
      filters: [
        [by.name, value],
        [way.name, isDescending ? descending : ascending],
      ],
    };
  });
}

async function readInOrders(run: Run, orders: readonly Order[]): Promise<void> {
  for (const { filters, ...order } of orders) {
    const purpose = `the list by ${order.value}, ${order.descending ? "descending" : "ascending"}`;
    const reading = await readList(run, { purpose, page: 1, size: nextSize(run), filters });
    run.orderings.push({ ...order, reading });
  }
}

/** A type, a switch and a text at once. */
async function together(run: Run): Promise<void> {
  const { model } = run;
  const text = model.parameter("search-text")?.name;
  const filters: Pair[] = [];
  const conditions: ((it: Resource) => boolean)[] = [];
  for (const { name } of model.roles.parameters("filter")) {
    const value = name === model.names.enabled ? false : filteredTypes(model, true).at(-1);
    filters.push([name, typeof value === "boolean" ? model.flag(value) : String(value)]);
    conditions.push((it) => it[name] === value);
  }
  if (text !== undefined) {
    filters.push([text, run.id]);
    conditions.push((it) => String(it[model.names.name]).includes(run.id));
  }
  const sentence = `to which all of ${filters.map(([name]) => name).join(", ")} apply`;
  const belongs = (it: Resource) => conditions.every((holds) => holds(it));
  const { list } = model.operations;
  await filter(run, {
    check: "filters_together",
    filters,
    belongs,
    sentence,
    pointer: model.assumption(list, "parameters-together"),
    statements: [assumes(list, "parameters-together")],
  });
}
