import type { Operation } from "../description/index.ts";
import type { Check } from "./checks/index.ts";
import type { Model } from "./model.ts";
import { answerStatements, asked, assumes, defaults, requires, takesField } from "./statements.ts";
import { fieldsOf } from "./values.ts";

/** What a run was asked to do, as far as that decides what it can prove. */
export interface Extent {
  readonly checks: readonly Check[];
  readonly write: boolean;
}

/** The statements of an instance's contract that a run with these checks can prove, if the account has what it takes. */
export function provableStatements(model: Model, { checks, write }: Extent): Set<string> {
  const chosen = new Set(checks.map((it) => it.name));
  const { list, listByLink, read, create, update, delete: remove } = model.operations;
  const statements = new Set<string>();
  const add = (check: string, found: Iterable<string>, needsWrite = false) => {
    if (!chosen.has(check) || (needsWrite && !write)) return;
    for (const statement of found) statements.add(statement);
  };
  const answer = (check: string, operation: Operation, status: number, needsWrite = false) => {
    const [status_, ...properties] = answerStatements(model, operation, String(status));
    if (!chosen.has(check) || (needsWrite && !write)) return;
    add("status_code_conformance", status_ === undefined ? [] : [status_]);
    add("response_schema_conformance", properties);
  };

  for (const operation of [list, listByLink, read]) answer("positive_data_acceptance", operation, 200);
  for (const operation of [create, update, remove]) answer("positive_data_acceptance", operation, 200, true);
  answer("ignored_auth", list, 401);
  for (const operation of [listByLink, read, create, update, remove])
    answer("ignored_auth", operation, 401, true);
  answer("unknown_resource", read, 404);
  for (const operation of [update, remove]) answer("use_after_free", operation, 404, true);
  answer("negative_data_rejection", list, 400);
  answer("negative_data_rejection", create, 400, true);

  const idParameter = read.parameters.find((it) => it.in === "path")?.name ?? "";
  add("positive_data_acceptance", [asked(read, idParameter)]);
  add("positive_data_acceptance", [asked(update, idParameter), asked(remove, idParameter)], true);
  addLists(model, write, add);
  addBodies(model, add);

  add("page_past_the_end", [assumes(list, "page-past-the-end")]);
  for (const operation of [list, listByLink]) {
    add("page_links", [assumes(operation, "next-and-prev"), assumes(operation, "links-keep-the-query")]);
    add("list_forms_agree", [assumes(operation, "same-parameters")]);
  }
  if (model.filters) add("filters_together", [assumes(list, "parameters-together")], true);
  add("undocumented_parameters", [assumes(list, "undocumented-parameters")], true);
  add("enabled_at_first", [assumes(create, "enabled-at-first")], true);
  add("update_keeps_the_rest", [assumes(update, "keeps-the-rest")], true);
  add("change_of_type", [assumes(update, "change-of-type")], true);
  add("use_after_free", [assumes(remove, "read-after-delete")], true);
  return statements;
}

type Add = (check: string, statements: Iterable<string>, needsWrite?: boolean) => void;

function addLists(model: Model, write: boolean, add: Add): void {
  const { list, listByLink } = model.operations;
  const page = model.parameter("page")?.name ?? "";
  const size = model.parameter("page-size")?.name ?? "";
  add("pagination_defaults", [defaults(list, page), defaults(list, size)]);
  add("page_number", [asked(list, page), asked(listByLink, page)]);
  const sizes = model.sizes.filter((it) => write || it !== model.defaultSize);
  add(
    "page_size",
    sizes.map((it) => asked(list, size, String(it))),
  );

  for (const { name } of model.roles.parameters("filter")) {
    const isFlag = name === model.names.enabled;
    const values = isFlag
      ? [model.flag(true), ...(write ? [model.flag(false)] : [])]
      : filteredTypes(model, write);
    add(
      "filter_conformance",
      values.map((value) => asked(list, name, value)),
    );
  }
  const each = (
    check: string,
    role: Parameters<Model["parameter"]>[0],
    needsWrite = false,
    most?: number,
  ) => {
    const parameter = model.parameter(role);
    if (parameter === undefined) return;
    const values = model.values(parameter);
    const found =
      values.length === 0
        ? [asked(list, parameter.name)]
        : values.map((it) => asked(list, parameter.name, it));
    add(check, found.slice(0, most), needsWrite);
  };
  each("search_conformance", "search-text", true);
  each("search_conformance", "search-property", true, 1);
  each("date_range_conformance", "range-property", false, write ? undefined : 1);
  each("date_range_conformance", "range-start");
  each("date_range_conformance", "range-end");
  each("order_conformance", "order-property", false, write ? undefined : 1);
  each("order_conformance", "order-direction", true);
}

/** The types that lists are filtered by: the last, and together with other filters the second. */
export function filteredTypes(model: Model, write: boolean): string[] {
  const first = model.types[0] ?? "";
  // The second, not the first: the handler of the first type becomes one of another.
  return write ? [...new Set([model.types.at(-1) ?? first, model.types[1] ?? first])] : [first];
}

function addBodies(model: Model, add: Add): void {
  const { create, update } = model.operations;
  const { names } = model;
  for (const type of model.types) {
    const fields = [names.type, names.name, ...(model.roles.fields.get(type) ?? [])];
    add(
      "created_as_sent",
      fields.map((name) => takesField(create, type, name)),
      true,
    );
  }
  add("negative_data_rejection", [requires(create, names.name), requires(create, names.type)], true);
  const { partial, turned } = updatedTypes(model);
  add(
    "update_applies",
    [names.name, names.enabled].map((name) => takesField(update, undefined, name)),
    true,
  );
  if (partial !== undefined) {
    add(
      "update_applies",
      fieldsOf(model, partial)
        .slice(0, 1)
        .map(([name]) => takesField(update, undefined, name)),
      true,
    );
  }
  if (turned !== undefined) {
    const fields = [names.type, ...fieldsOf(model, turned).map(([name]) => name)];
    add(
      "update_applies",
      fields.map((name) => takesField(update, turned, name)),
      true,
    );
  }
}

/** The type of which one field is changed: the one with the most, but not the first; and the type that the first becomes. */
export function updatedTypes(model: Model): { partial: string | undefined; turned: string | undefined } {
  const [first, ...others] = model.types;
  const count = (type: string) => model.roles.fields.get(type)?.length ?? 0;
  const partial = others.reduce<string | undefined>(
    (best, type) => (count(type) > (best === undefined ? 0 : count(best)) ? type : best),
    undefined,
  );
  return { partial, turned: model.types.findLast((type) => type !== first && count(type) > 0) };
}
