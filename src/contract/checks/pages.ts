import type { Model, Operation, Parameter } from "../../description/index.ts";
import { asked, defaults } from "../instance/index.ts";
import type { Reading, Run } from "../run/index.ts";
import { type Check, type Place, placesOf, type Verdict } from "./check.ts";

/** What a valid list has. */
export type Content = NonNullable<Reading["content"]>;

/** Checks of single pages: their size, number and counts. */
export const pageChecks: readonly Check[] = [
  {
    name: "pagination_defaults",
    proves: "Without parameters, the list answers with page 1 in the documented default size.",
    write: false,
    stages: ["connect"],
    targets: (model) =>
      [model.parameter("page-size"), model.parameter("page")].flatMap((it) => placesOfParameter(model, it)),
    judge: paginationDefaults,
  },
  {
    name: "page_size",
    proves: "A page has the size that was asked for, for every documented size.",
    write: false,
    stages: ["pages", "sizes"],
    targets: (model) => [
      {
        operation: model.operations.list,
        pointer: model.parameter("page-size")?.schema.pointer ?? model.operations.list.pointer,
      },
    ],
    judge: pageSize,
  },
  {
    name: "page_number",
    proves: "The answer is the page that was asked for.",
    write: false,
    stages: ["pages"],
    targets: (model) => placesOf(formsOf(model), (it) => metaPointer(model, it)),
    judge: pageNumber,
  },
  {
    name: "meta_arithmetic",
    proves: "The number of pages, and of handlers on each, follows from the total and the page size.",
    write: false,
    stages: ["connect", "pages"],
    targets: (model) => placesOf(formsOf(model), (it) => metaPointer(model, it)),
    judge: metaArithmetic,
  },
];

/** The paths of the list: the documented one, and the one that links use, if that is another. */
export function formsOf({ operations: { list, listByLink } }: Model): Operation[] {
  return [...new Set([list, listByLink])];
}

/** The place of a list parameter; empty if the instance does not have it. */
export function placesOfParameter(
  model: Model,
  parameter: Parameter | undefined,
): (Place & { subject: string })[] {
  if (parameter === undefined) return [];
  return [{ operation: model.operations.list, subject: parameter.name, pointer: parameter.pointer }];
}

function metaPointer(
  { roles, description }: Pick<Model, "roles" | "description">,
  operation: Operation,
): string {
  const schema = operation.responses.get("200")?.contents[0]?.properties;
  for (const located of schema?.values() ?? []) {
    const properties = located.node.properties as Record<string, unknown> | undefined;
    if (properties !== undefined && [...roles.meta.values()].every((name) => name in properties))
      return located.pointer;
  }
  return description.operations[0]?.pointer ?? operation.pointer;
}

/** Lists of the run's own account with a valid answer. */
export function* contents(run: Run): Generator<Reading & { readonly content: Content }> {
  for (const reading of run.readings) {
    const { content } = reading;
    if (content !== undefined && reading.exchange.call.credential === undefined)
      yield { ...reading, content };
  }
}

function paginationDefaults(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.list;
  const page = model.parameter("page");
  const size = model.parameter("page-size");
  const reading = run.readings[0];
  for (const [parameter, role, wanted] of [
    [page, "page", Number(page?.schema.node.default)],
    [size, "page-size", model.defaultSize],
  ] as const) {
    if (parameter === undefined) continue;
    const place = { operation, subject: parameter.name };
    if (reading?.content === undefined) verdict.cannot(place, "the list could not be read");
    else if (reading.content.meta[role] === wanted)
      verdict.holds(place, [defaults(operation, parameter.name)]);
    else {
      verdict.breaks(place, {
        message: `Without ${parameter.name}, the list does not use the documented default, ${wanted}.`,
        got: `${model.meta[role]}: ${reading.content.meta[role]}`,
        pointer: parameter.schema.pointer,
        exchange: reading.exchange,
      });
    }
  }
}

function pageSize(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.list;
  const parameter = model.parameter("page-size");
  for (const { size, content, exchange } of contents(run)) {
    if (size === undefined || exchange.call.operation !== operation) continue;
    const tooMany = content.items.length > size;
    if (content.meta["page-size"] === size && !tooMany) {
      verdict.holds(
        { operation },
        parameter === undefined ? [] : [asked(operation, parameter.name, String(size))],
      );
      continue;
    }
    verdict.breaks(
      { operation },
      {
        message: `With ${parameter?.name}=${size}, the page does not have that size.`,
        got: tooMany
          ? `${content.items.length} handlers`
          : `${model.meta["page-size"]}: ${content.meta["page-size"]}`,
        pointer: parameter?.schema.pointer ?? operation.pointer,
        exchange,
      },
    );
  }
}

function pageNumber(run: Run, verdict: Verdict): void {
  const { model } = run;
  const parameter = model.parameter("page")?.name ?? "";
  for (const { page, content, exchange } of contents(run)) {
    if (page === undefined) continue;
    const { operation } = exchange.call;
    if (content.meta.page === page) {
      verdict.holds({ operation }, [asked(operation, parameter)]);
      continue;
    }
    const message = `The answer for ${parameter}=${page} says that it is another page.`;
    const got = `${model.meta.page}: ${content.meta.page}`;
    verdict.breaks({ operation }, { message, got, pointer: metaPointer(model, operation), exchange });
  }
}

function metaArithmetic(run: Run, verdict: Verdict): void {
  const { model } = run;
  for (const { page, content, exchange } of contents(run)) {
    const { operation } = exchange.call;
    const { total, "total-pages": pages, "page-size": size, page: current } = content.meta;
    const expected = Math.ceil(total / size);
    const pagesFit = pages === expected || (total === 0 && pages === 1);
    const length = Math.max(0, Math.min(size, total - (current - 1) * size));
    const lengthFits = content.items.length === length;
    if (pagesFit && lengthFits) {
      verdict.holds({ operation });
      continue;
    }
    verdict.breaks(
      { operation },
      {
        message: pagesFit
          ? "The number of handlers on a page does not follow from the total and the page size."
          : "The number of pages does not follow from the total and the page size.",
        got: pagesFit
          ? `${content.items.length} handlers on page ${page ?? current}; total ${total}, page size ${size}`
          : `${pages} pages; total ${total}, page size ${size}`,
        pointer: metaPointer(model, operation),
        exchange,
      },
    );
  }
}
