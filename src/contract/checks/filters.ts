import type { Model, Operation } from "../../description/index.ts";
import type { CheckName } from "../findings/index.ts";
import { asked, combines, meaningOf } from "../instance/index.ts";
import { excerpt } from "../judging/index.ts";
import { isGoneByOthers, type Resource, type Run } from "../run/index.ts";
import { type Check, type Place, placesOf, type Verdict } from "./check.ts";
import { type Content, placesOfParameter } from "./pages.ts";

/** Checks of filtered lists. */
export const filterChecks: readonly Check[] = [
  {
    name: "filter_conformance",
    proves: "A filtered list holds all handlers that match, and no others.",
    write: false,
    stages: ["filters"],
    targets: (model) =>
      model.roles
        .parameters("filter")
        .flatMap((it) => placesOfParameter(model, it))
        .map(toMeaning),
    judge: (run, verdict) => judgeFilterings(run, verdict, "filter_conformance"),
  },
  {
    name: "search_conformance",
    proves: "A search takes its text literally, percent signs and underscores included.",
    write: true,
    stages: ["create", "filters"],
    targets: (model) =>
      placesOfParameter(model, model.parameter("search-text")).map(({ subject: _, ...place }) =>
        toMeaning(place),
      ),
    judge: (run, verdict) => judgeFilterings(run, verdict, "search_conformance"),
  },
  {
    name: "date_range_conformance",
    proves: "A range of dates includes its bounds, and nothing beyond them.",
    write: false,
    stages: ["filters"],
    targets: (model) => {
      const property = model.parameter("range-property");
      const bound = model.parameter("range-start") ?? model.parameter("range-end");
      if (bound === undefined) return [];
      const operation = model.operations.list;
      return property === undefined
        ? [{ operation, pointer: meaningOf(bound) }]
        : model.values(property).map((subject) => ({ operation, subject, pointer: property.pointer }));
    },
    judge: (run, verdict) => judgeFilterings(run, verdict, "date_range_conformance"),
  },
  {
    name: "filters_together",
    proves: "A list with several filters holds the handlers that match all of them.",
    write: true,
    stages: ["create", "filters"],
    targets: (model) =>
      combines(model)
        ? placesOf([model.operations.list], (it) => model.assumption(it, "parameters-together"))
        : [],
    judge: (run, verdict) => judgeFilterings(run, verdict, "filters_together"),
  },
];

function toMeaning<P extends Place>(place: P): P {
  return { ...place, pointer: meaningOf(place) };
}

function judgeFilterings(run: Run, verdict: Verdict, check: CheckName): void {
  const { model } = run;
  const operation = model.operations.list;
  const { id } = model.names;
  for (const filtering of run.filterings.filter((it) => it.check === check)) {
    const { subject, reading, belongs, sentence } = filtering;
    const place = { operation, subject };
    const { content, exchange, filters } = reading;
    if (content === undefined) {
      verdict.cannot(place, "the list could not be read with this filter");
      continue;
    }
    const { stray, lost } = compare(run, content, belongs);
    const broken = filtering.alternatives.find((it) => {
      const difference = compare(run, content, it.belongs);
      return difference.stray === undefined && difference.lost === undefined;
    });
    const { pointer } = broken ?? filtering;
    if (stray !== undefined) {
      const message = `A handler in the list does not match the filter: the list should hold those ${sentence}.`;
      verdict.breaks(place, { message, got: excerpt(stray), pointer, exchange });
    } else if (lost !== undefined) {
      const message = `The list lacks a handler that matches the filter: it should hold those ${sentence}.`;
      const got = `${content.items.length} handlers, but not id ${lost[id]}`;
      verdict.breaks(place, { message, got, pointer, exchange });
    } else if (content.items.length > 0 || run.everything?.every((it) => !belongs(it))) {
      verdict.holds(place, [
        ...filters.map(([name, value]) => askedFor(model, operation, name, value)),
        ...filtering.statements,
      ]);
    } else verdict.cannot(place, "no handler matches, so an empty list proves nothing");
  }
}

/** A handler that is in a list but should not be, and one that should be but is not (as far as that can be known). */
export function compare(
  run: Run,
  { items, meta }: Content,
  belongs: (resource: Resource) => boolean,
): { stray: Resource | undefined; lost: Resource | undefined } {
  const { everything, model } = run;
  const stray = items.find((it) => !belongs(it));
  if (everything === undefined || meta["total-pages"] > 1 || items.length < meta.total) {
    return { stray, lost: undefined };
  }
  const { id } = model.names;
  const listed = new Set(items.map((it) => it[id]));
  return {
    stray,
    lost: everything.find((it) => belongs(it) && !listed.has(it[id]) && !isGoneByOthers(run, it)),
  };
}

/** The statement that the list takes a parameter, or one of its listed values. */
export function askedFor(model: Model, operation: Operation, name: string, value: string): string {
  const parameter = operation.parameters.find((it) => it.name === name);
  return asked(operation, name, model.values(parameter).length > 0 ? value : undefined);
}
