import type { Model, Parameter } from "../../description/index.ts";
import { meaningOf, type Pair } from "../instance/index.ts";
import type { Resource, Run } from "../run/index.ts";
import { filter, ignored } from "./filtering.ts";

/** A range to request: of which datetime, and whether it has a start and an end. */
interface Range {
  /** The value of the parameter that chooses the datetime; undefined if there is no such parameter. */
  readonly named: string | undefined;
  /** The property of the handler. */
  readonly of: string;
  readonly from: boolean;
  readonly to: boolean;
}

/** The time of creation with equal start and end, then the last change up to a moment; as far as the parameters allow. */
export function rangesOf(model: Model, write: boolean): Range[] {
  const { names } = model;
  const property = model.parameter("range-property");
  const start = model.parameter("range-start") !== undefined;
  const end = model.parameter("range-end") !== undefined;
  if (!start && !end) return [];
  // No page documents which datetime is meant by default; creation is assumed.
  if (property === undefined) return [{ named: undefined, of: names.created, from: start, to: end }];
  const ranges = model.values(property).map((named) => {
    const of = named === names.changed ? names.changed : names.created;
    return { named, of, from: start && (of === names.created || !end), to: end };
  });
  return write ? ranges : ranges.slice(0, 1);
}

/** Reads the list in ranges of dates. `handlers`: known ones, whose dates the ranges are made of. */
export async function ranges(run: Run, handlers: readonly Resource[]): Promise<void> {
  const { model } = run;
  const { names, datetime, queryDatetime } = model;
  const property = model.parameter("range-property");
  const start = model.parameter("range-start");
  const end = model.parameter("range-end");
  if (queryDatetime === undefined) return;
  const { seconds } = queryDatetime;
  /** The first second of a moment's day or minute, if queries can't be more precise. */
  const firstOf = (moment: number) => moment - (moment % seconds);
  const at = (it: Resource, name: string) => datetime.read(String(it[name]));
  const middle = (name: string) => {
    const all = handlers.flatMap((it) => at(it, name) ?? []).map(firstOf);
    const moments = [...new Set(all)].sort((a, b) => a - b);
    return moments[Math.floor(moments.length / 2)] ?? Math.floor(run.clock.now() / 1_000);
  };
  for (const range of rangesOf(model, run.write)) {
    const moment = middle(range.of);
    const from = range.from ? firstOf(moment) : undefined;
    const to = range.to ? firstOf(moment - (range.of === names.changed ? 1 : 0)) + seconds - 1 : undefined;
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
        ...(start === undefined ? [] : [{ pointer: meaningOf(start), belongs: within(range.of, seconds) }]),
        ...(end === undefined ? [] : [{ pointer: meaningOf(end), belongs: within(range.of, 0, seconds) }]),
        { pointer: meaningOf(known), belongs: within(other) },
        ...zones.map((shift) => ({
          pointer: meaningOf(bound.schema),
          belongs: within(range.of, 0, 0, shift),
        })),
      ],
    });
  }
}

/** All offsets of time zones from UTC, in seconds: every quarter of an hour from -12 to +14 hours. */
const zones = Array.from({ length: 4 * 26 + 1 }, (_, index) => (index - 4 * 12) * 900).filter(
  (it) => it !== 0,
);
