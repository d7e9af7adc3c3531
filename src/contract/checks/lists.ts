import { isDeepStrictEqual } from "node:util";
import type { Operation, Parameter } from "../../description/index.ts";
import { combines } from "../instance/list-parameters.ts";
import type { Model } from "../instance/model.ts";
import { asked, assumes, defaults } from "../instance/statements.ts";
import { excerpt } from "../judging/present.ts";
import { isGoneByOthers } from "../run/others.ts";
import type { Ordering, Reading, Resource, Run } from "../run/run.ts";
import { meaningOf } from "../scenario/filters.ts";
import { type Check, type Place, placesOf, type Verdict } from "./check.ts";

type Content = NonNullable<Reading["content"]>;

/** Checks of lists: pages, what stands around them, filters and orders. */
export const listChecks: readonly Check[] = [
  {
    name: "pagination_defaults",
    proves: "Without parameters the list is page 1, of the documented size.",
    write: false,
    stages: ["connect"],
    targets: (model) =>
      [model.parameter("page-size"), model.parameter("page")].flatMap((it) => at(model, it)),
    judge: paginationDefaults,
  },
  {
    name: "page_size",
    proves: "A page is as long as it was asked to be, for every documented size.",
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
    proves: "The page that was asked for is the page that comes.",
    write: false,
    stages: ["pages"],
    targets: (model) => placesOf(formsOf(model), (it) => metaPointer(model, it)),
    judge: pageNumber,
  },
  {
    name: "meta_arithmetic",
    proves:
      "The number of pages follows from the total and the page size, and no page is shorter than these say.",
    write: false,
    stages: ["connect", "pages"],
    targets: (model) => placesOf(formsOf(model), (it) => metaPointer(model, it)),
    judge: metaArithmetic,
  },
  {
    name: "page_links",
    proves: "The links lead to the pages that they name, at this instance, in its form, and keep the query.",
    write: false,
    stages: ["connect", "pages"],
    targets: (model) => placesOf(formsOf(model), (it) => model.body(it, 200)),
    judge: pageLinks,
  },
  {
    name: "page_walk",
    proves: "From page to page no handler comes twice and none is left out.",
    write: false,
    stages: ["pages"],
    targets: (model) => placesOf([model.operations.list], (it) => model.body(it, 200)),
    judge: pageWalk,
  },
  {
    name: "list_forms_agree",
    proves: "The list is the same with the slash at the end of its path and without it.",
    write: false,
    stages: ["pages"],
    targets: (model) => placesOf(formsOf(model).slice(1), (it) => model.assumption(it, "same-parameters")),
    judge: listFormsAgree,
  },
  {
    name: "filter_conformance",
    proves: "A filter leaves what it names, all of it, and nothing else.",
    write: false,
    stages: ["filters"],
    targets: (model) =>
      model.roles
        .parameters("filter")
        .flatMap((it) => at(model, it))
        .map(toMeaning),
    judge: (run, verdict) => judgeFilterings(run, verdict, "filter_conformance"),
  },
  {
    name: "search_conformance",
    proves: "A search finds the text as it is, percent signs and underscores included.",
    write: true,
    stages: ["create", "filters"],
    targets: (model) =>
      at(model, model.parameter("search-text")).map(({ subject: _, ...place }) => toMeaning(place)),
    judge: (run, verdict) => judgeFilterings(run, verdict, "search_conformance"),
  },
  {
    name: "date_range_conformance",
    proves: "A range of dates includes its edges and nothing beyond them.",
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
    proves: "Several filters at once leave what all of them name.",
    write: true,
    stages: ["create", "filters"],
    targets: (model) =>
      combines(model)
        ? placesOf([model.operations.list], (it) => model.assumption(it, "parameters-together"))
        : [],
    judge: (run, verdict) => judgeFilterings(run, verdict, "filters_together"),
  },
  {
    name: "order_conformance",
    proves: "The list is in the order that was asked for, up and down.",
    write: false,
    stages: ["filters"],
    targets: (model) => {
      const parameter = model.parameter("order-property");
      return model.values(parameter).map((subject) => ({
        operation: model.operations.list,
        subject,
        pointer: parameter?.pointer ?? "",
      }));
    },
    judge: orderConformance,
  },
];

/** The forms of the list's URL: the documented one, and the one of links where that is another. */
function formsOf({ operations: { list, listByLink } }: Model): Operation[] {
  return [...new Set([list, listByLink])];
}

function at(model: Model, parameter: Parameter | undefined): (Place & { subject: string })[] {
  if (parameter === undefined) return [];
  return [{ operation: model.operations.list, subject: parameter.name, pointer: parameter.pointer }];
}

function toMeaning<P extends Place>(place: P): P {
  return { ...place, pointer: meaningOf(place) };
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

/** Lists whose answers may be gone by, in the account of the run. */
function* contents(run: Run): Generator<Reading & { readonly content: Content }> {
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
        message: `Without ${parameter.name} the list does not take ${wanted} for it.`,
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
        message: `With ${parameter?.name}=${size} a page is not of that size.`,
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
          ? "A page has another number of handlers than the total says."
          : "The number of pages does not follow from the total and the page size.",
        got: pagesFit
          ? `${content.items.length} on page ${page ?? current}; total ${total}, ${size} to a page`
          : `${pages} pages; total ${total}, ${size} to a page`,
        pointer: metaPointer(model, operation),
        exchange,
      },
    );
  }
}

/** Relation names of RFC 8288, which `links` uses as they are, and the page that each leads to. */
function pagesOfLinks({
  page,
  "total-pages": total,
}: Content["meta"]): Record<string, readonly (number | null)[]> {
  return {
    self: [page],
    first: [1],
    last: total === 0 ? [0, 1] : [total],
    next: page < total ? [page + 1] : [null],
    prev: page > 1 && page <= total ? [page - 1] : page > total ? [null, total, page - 1] : [null],
  };
}

function pageLinks(run: Run, verdict: Verdict): void {
  const { model } = run;
  for (const reading of contents(run)) {
    const { operation } = reading.exchange.call;
    const wrong = wrongLink(run, reading);
    if (wrong === undefined) {
      const keys = [
        "next-and-prev",
        ...(reading.content.meta.total === 0 ? ["links-of-an-empty-list"] : []),
        ...(queryOf(run, reading).length > 0 ? ["links-keep-the-query"] : []),
      ];
      verdict.holds(
        { operation },
        keys.map((key) => assumes(operation, key)),
      );
      continue;
    }
    const pointer =
      wrong.assumption === undefined
        ? linkPointer(operation, wrong.relation)
        : model.assumption(operation, wrong.assumption);
    const got = `${wrong.relation}: ${excerpt(wrong.value)}`;
    verdict.breaks(
      { operation },
      {
        message: wrong.message,
        got,
        pointer,
        exchange: reading.exchange,
        ...(wrong.assumption !== undefined && { cause: wrong.assumption }),
      },
    );
  }
}

function linkPointer(operation: Operation, relation: string): string {
  for (const located of operation.responses.get("200")?.contents[0]?.properties.values() ?? []) {
    const properties = located.node.properties as Record<string, unknown> | undefined;
    if (properties !== undefined && relation in properties)
      return `${located.pointer}/properties/${relation}`;
  }
  return operation.pointer;
}

interface WrongLink {
  readonly relation: string;
  readonly value: unknown;
  readonly message: string;
  /** The assumption of the operation that is broken; undefined where the pages state what is. */
  readonly assumption?: string;
}

/** What a list was asked for besides its page. */
function queryOf({ model }: Run, { exchange }: Reading): [name: string, value: string][] {
  const page = model.parameter("page")?.name;
  return [...new URL(exchange.url).searchParams].filter(([name, value]) => name !== page && value !== "");
}

function wrongLink(run: Run, reading: Reading & { readonly content: Content }): WrongLink | undefined {
  const { model } = run;
  const { content } = reading;
  const pageName = model.parameter("page")?.name ?? "";
  const query = queryOf(run, reading);
  const homes = [run.baseUrl, model.description.baseUrl].map((it) => it + model.operations.listByLink.path);
  for (const [relation, pages] of Object.entries(pagesOfLinks(content.meta))) {
    const value = content.links[relation];
    const wrong = (message: string, assumption?: string): WrongLink => {
      return { relation, value, message, ...(assumption !== undefined && { assumption }) };
    };
    // The pages show a list of one page, where both are null.
    const isShown = content.meta["total-pages"] === 1;
    const whenNull = (relation === "next" || relation === "prev") && !isShown ? "next-and-prev" : undefined;
    if (value === null || value === undefined) {
      if (!pages.includes(null))
        return wrong(`links.${relation} is null where there is such a page.`, whenNull);
      continue;
    }
    if (!URL.canParse(value)) return wrong(`links.${relation} is no URL.`);
    const url = new URL(value);
    if (!homes.includes(url.origin + url.pathname))
      return wrong(`links.${relation} leads away from this list.`);
    const page = url.searchParams.get(pageName);
    if (!pages.includes(page === null ? null : Number(page))) {
      return pages.includes(null)
        ? wrong(`links.${relation} is a URL where there is no such page.`, whenNull)
        : wrong(`links.${relation} leads to page ${page}, not to page ${pages.join(" or ")}.`);
    }
    const lost = query.find(([name, text]) => url.searchParams.get(name) !== text);
    if (lost !== undefined) {
      const message = `links.${relation} does not keep ${lost[0]} of the query that was asked for.`;
      return wrong(message, "links-keep-the-query");
    }
  }
  return undefined;
}

function pageWalk(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.list;
  const { id } = model.names;
  const pages = run.walk.flatMap(({ content }) => content ?? []);
  const last = pages.at(-1);
  if (last === undefined || pages.length < run.walk.length) {
    verdict.cannot({ operation }, "not every page could be read");
    return;
  }
  if (pages.length === 1 && last.meta["total-pages"] <= 1) {
    verdict.cannot({ operation }, "the list has one page only");
    return;
  }
  const astray = run.walk.some(
    (it) => it.content !== undefined && wrongLink(run, { ...it, content: it.content })?.value,
  );
  if (astray) {
    verdict.cannot({ operation }, "the links do not lead from page to page");
    return;
  }
  const counted = pages.every(
    ({ meta }) => meta["total-pages"] === Math.ceil(meta.total / meta["page-size"]),
  );
  const ids = pages.flatMap(({ items }) => items.map((it) => it[id]));
  const twice = ids.find((it, index) => ids.indexOf(it) !== index);
  const complete = last.meta.page === last.meta["total-pages"] || last.links.next === null;
  const exchange = run.walk.at(-1)?.exchange;
  const pointer = model.body(operation, 200);
  if (run.unrest) verdict.cannot({ operation }, othersAtWork);
  else if (twice !== undefined) {
    const message = "A handler comes on two pages.";
    verdict.breaks({ operation }, { message, got: `id ${twice}`, pointer, exchange });
  } else if (complete && counted && ids.length < last.meta.total) {
    const message = "All pages together have fewer handlers than the total says.";
    verdict.breaks(
      { operation },
      { message, got: `${ids.length} handlers, total ${last.meta.total}`, pointer, exchange },
    );
  } else if (run.everything !== undefined && complete && missing(run.everything, ids, id) !== undefined) {
    const message = "A handler is on no page.";
    verdict.breaks(
      { operation },
      { message, got: `id ${missing(run.everything, ids, id)}`, pointer, exchange },
    );
  } else verdict.holds({ operation });
}

/** Why pages that don't fit together prove nothing. */
const othersAtWork = "others create and delete handlers: the list was another one each time";

function missing(all: readonly Resource[], ids: readonly unknown[], name: string): unknown {
  const known = new Set(ids);
  return all.map((it) => it[name]).find((it) => !known.has(it));
}

function listFormsAgree(run: Run, verdict: Verdict): void {
  const { list, listByLink: operation } = run.model.operations;
  const [one, other] = run.forms ?? [];
  if (operation === list) return;
  if (one?.content === undefined || other?.content === undefined) {
    verdict.cannot({ operation }, "the list could not be read both ways");
  } else if (
    other.content.meta.page !== one.content.meta.page ||
    !isDeepStrictEqual(queryOf(run, one), queryOf(run, other))
  ) {
    verdict.cannot({ operation }, "another page came");
  } else if (other.content.meta["page-size"] !== one.content.meta["page-size"]) {
    const [with_, without] = [one.content, other.content].map(({ meta }) => meta["page-size"]);
    verdict.breaks(
      { operation },
      {
        message: "The page size counts in one form of the list's URL and not in the other.",
        got: `${with_} to a page with the slash at the end of the path, ${without} without`,
        pointer: run.model.assumption(operation, "same-parameters"),
        exchange: other.exchange,
      },
    );
  } else if (isDeepStrictEqual(one.content.items, other.content.items)) {
    verdict.holds(
      { operation },
      [list, operation].map((it) => assumes(it, "same-parameters")),
    );
  } else if (run.unrest) verdict.cannot({ operation }, othersAtWork);
  else {
    const ids = ({ content }: Reading) =>
      (content?.items ?? []).map((it) => it[run.model.names.id]).join(", ");
    const message = "The same page has other handlers with the slash at the end of the path and without it.";
    const got = `${ids(one) || "none"} with, ${ids(other) || "none"} without`;
    verdict.breaks(
      { operation },
      { message, got, pointer: run.model.assumption(operation, "same-parameters"), exchange: other.exchange },
    );
  }
}

function judgeFilterings(run: Run, verdict: Verdict, check: string): void {
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
      const message = `The list has a handler that does not belong in it: it should hold those ${sentence}.`;
      verdict.breaks(place, { message, got: excerpt(stray), pointer, exchange });
    } else if (lost !== undefined) {
      const message = `The list lacks a handler that belongs in it: it should hold those ${sentence}.`;
      const got = `no id ${lost[id]} among ${content.items.length}`;
      verdict.breaks(place, { message, got, pointer, exchange });
    } else if (content.items.length > 0 || run.everything?.every((it) => !belongs(it))) {
      verdict.holds(place, [
        ...filters.map(([name, value]) => askedFor(model, operation, name, value)),
        ...filtering.statements,
      ]);
    } else verdict.cannot(place, "no handler belongs in the list");
  }
}

/** A handler that is in a list and does not belong there, and one that belongs there and is not; the latter as far as it can be told. */
function compare(
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

function askedFor(model: Model, operation: Operation, name: string, value: string): string {
  const parameter = operation.parameters.find((it) => it.name === name);
  return asked(operation, name, model.values(parameter).length > 0 ? value : undefined);
}

/** Which order texts are in is a matter of the instance's collation: one of these will do. */
const collations: readonly ((a: string, b: string) => number)[] = [
  (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  (a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0),
  new Intl.Collator("en").compare,
  new Intl.Collator("en", { sensitivity: "base", ignorePunctuation: true }).compare,
];

function orderConformance(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.list;
  for (const ordering of run.orderings) {
    const { reading, value, property, descending } = ordering;
    const place = { operation, subject: value };
    if (reading.content === undefined) {
      verdict.cannot(place, "the list could not be read in this order");
      continue;
    }
    // Where the handlers without a value stand is not documented.
    const values = reading.content.items
      .map((it) => it[property])
      .filter((it) => it !== null && it !== undefined);
    if (new Set(values).size < 2) verdict.cannot(place, `no two handlers differ in ${property}`);
    else if (isOrdered(values, descending)) {
      verdict.holds(
        place,
        reading.filters.map(([name, text]) => askedFor(model, operation, name, text)),
      );
    } else verdict.breaks(place, outOfOrder(model, ordering, values));
  }
}

function isOrdered(values: readonly unknown[], descending: boolean | undefined): boolean {
  if (descending === undefined) return isOrdered(values, false) || isOrdered(values, true);
  const sorted = (compare: (a: unknown, b: unknown) => number) =>
    values.every((it, index) => index === 0 || compare(values[index - 1], it) * (descending ? -1 : 1) <= 0);
  if (values.every((it) => typeof it === "number")) return sorted((a, b) => Number(a) - Number(b));
  return collations.some((compare) => sorted((a, b) => compare(String(a), String(b))));
}

function outOfOrder(model: Model, { reading, value, descending }: Ordering, values: readonly unknown[]) {
  return {
    message: `The list by ${value} is not ${descending === undefined ? "in that order" : descending ? "descending" : "ascending"}.`,
    got: excerpt(values.slice(0, 4)),
    pointer: model.parameter("order-property")?.pointer ?? model.operations.list.pointer,
    exchange: reading.exchange,
  };
}
