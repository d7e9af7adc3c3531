import { isDeepStrictEqual } from "node:util";
import type { Operation } from "../../description/index.ts";
import { assumes } from "../instance/index.ts";
import { excerpt } from "../judging/index.ts";
import type { Reading, Run } from "../run/index.ts";
import { type Check, placesOf, type Verdict } from "./check.ts";
import { type Content, contents, formsOf } from "./pages.ts";

/** Checks across pages: their links, and following them from page to page. */
export const walkChecks: readonly Check[] = [
  {
    name: "page_links",
    proves: "Each link leads to its page of this list, in the instance's form, and keeps the query.",
    write: false,
    stages: ["connect", "pages"],
    targets: (model) => placesOf(formsOf(model), (it) => model.body(it, 200)),
    judge: pageLinks,
  },
  {
    name: "page_walk",
    proves: "The pages together show every handler exactly once.",
    write: false,
    stages: ["pages"],
    targets: (model) => placesOf([model.operations.list], (it) => model.body(it, 200)),
    judge: pageWalk,
  },
  {
    name: "list_forms_agree",
    proves: "The list is the same with and without the slash at the end of its path.",
    write: false,
    stages: ["pages"],
    targets: (model) => placesOf(formsOf(model).slice(1), (it) => model.assumption(it, "same-parameters")),
    judge: listFormsAgree,
  },
];

/** The relation names of RFC 8288, which `links` uses unchanged, and the page that each leads to. */
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
  /** The assumption of the operation that is broken; undefined if a page states it. */
  readonly assumption?: string;
}

/** The query of a list without its page parameters. */
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
    // The pages show a list with one page, where both links are null.
    const isShown = content.meta["total-pages"] === 1;
    const whenNull = (relation === "next" || relation === "prev") && !isShown ? "next-and-prev" : undefined;
    if (value === null || value === undefined) {
      if (!pages.includes(null))
        return wrong(`links.${relation} is null, although there is such a page.`, whenNull);
      continue;
    }
    if (!URL.canParse(value)) return wrong(`links.${relation} is not a URL.`);
    const url = new URL(value);
    if (!homes.includes(url.origin + url.pathname))
      return wrong(`links.${relation} does not lead to this list.`);
    const page = url.searchParams.get(pageName);
    if (!pages.includes(page === null ? null : Number(page))) {
      return pages.includes(null)
        ? wrong(`links.${relation} is a URL, although there is no such page.`, whenNull)
        : wrong(`links.${relation} leads to page ${page}, not to page ${pages.join(" or ")}.`);
    }
    const lost = query.find(([name, text]) => url.searchParams.get(name) !== text);
    if (lost !== undefined) {
      const message = `links.${relation} lacks ${lost[0]}, which was in the query of the request.`;
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
    verdict.cannot({ operation }, "the list has only one page");
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
  const known = new Set(ids);
  const lost = complete ? run.everything?.map((it) => it[id]).find((it) => !known.has(it)) : undefined;
  const exchange = run.walk.at(-1)?.exchange;
  const pointer = model.body(operation, 200);
  if (run.unrest) verdict.cannot({ operation }, listChanged);
  else if (twice !== undefined) {
    const message = "A handler is on two pages.";
    verdict.breaks({ operation }, { message, got: `id ${twice}`, pointer, exchange });
  } else if (complete && counted && ids.length < last.meta.total) {
    const message = "All pages together have fewer handlers than the total says.";
    verdict.breaks(
      { operation },
      { message, got: `${ids.length} handlers, total ${last.meta.total}`, pointer, exchange },
    );
  } else if (lost !== undefined) {
    const message = "A handler is on no page.";
    verdict.breaks({ operation }, { message, got: `id ${lost}`, pointer, exchange });
  } else verdict.holds({ operation });
}

/** Why pages that contradict each other prove nothing. */
const listChanged = "other clients create and delete handlers: the list changed between two requests";

function listFormsAgree(run: Run, verdict: Verdict): void {
  const { list, listByLink: operation } = run.model.operations;
  const [one, other] = run.forms ?? [];
  if (operation === list) return;
  if (one?.content === undefined || other?.content === undefined) {
    verdict.cannot({ operation }, "the list could not be read both with and without the slash");
  } else if (
    other.content.meta.page !== one.content.meta.page ||
    !isDeepStrictEqual(queryOf(run, one), queryOf(run, other))
  ) {
    verdict.cannot({ operation }, "the two answers are of different pages");
  } else if (other.content.meta["page-size"] !== one.content.meta["page-size"]) {
    const [with_, without] = [one.content, other.content].map(({ meta }) => meta["page-size"]);
    verdict.breaks(
      { operation },
      {
        message: "The page size takes effect in one form of the list's URL, and not in the other.",
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
  } else if (run.unrest) verdict.cannot({ operation }, listChanged);
  else {
    const ids = ({ content }: Reading) =>
      (content?.items ?? []).map((it) => it[run.model.names.id]).join(", ");
    const message = "The same page has different handlers with and without the slash at the end of the path.";
    const got = `${ids(one) || "none"} with, ${ids(other) || "none"} without`;
    verdict.breaks(
      { operation },
      { message, got, pointer: run.model.assumption(operation, "same-parameters"), exchange: other.exchange },
    );
  }
}
