import type { Model, Parameter } from "../../description/index.ts";
import {
  asked,
  assumes,
  combines,
  filteredTypes,
  hardTexts,
  idleParameters,
  meaningOf,
  type Pair,
} from "../instance/index.ts";
import { accepted } from "../judging/index.ts";
import { type Resource, type Run, readList } from "../run/index.ts";
import { filter, ignored } from "./filtering.ts";
import { type Order, orderByName, ordersOf, readInOrders } from "./orders.ts";
import { nextSize } from "./pages.ts";
import { ranges, rangesOf } from "./ranges.ts";

/**
 * The filters, one by one and combined, and the orders. Each request uses a page size that was not used yet, as long as there are any: a
 * wrong size and a wrong filter can be told apart in one answer. `requestsOfFilters` counts the requests.
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
  if (write) await combineFilters(run);
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

/**
 * Flags are sent as numbers and received as booleans. The list of disabled handlers is also ordered: the filter and the order can be judged
 * in one answer.
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

/** Any other filter gets a value that a handler has, of the run's own handlers if there are any. */
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
  // Letters, a percent sign and an underscore: as SQL wildcards the last two would match more than themselves.
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

/** A filter by type, by state, by text, and by anything else, at once. */
async function combineFilters(run: Run): Promise<void> {
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
      // The run's handlers are disabled, if they could be switched off.
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
