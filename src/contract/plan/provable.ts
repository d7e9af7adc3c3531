import type { Model, Operation } from "../../description/index.ts";
import type { Check } from "../checks/index.ts";
import type { CheckName } from "../findings/index.ts";
import {
  answerStatements,
  anyOther,
  asked,
  assumes,
  combines,
  defaults,
  fieldsOf,
  filteredTypes,
  idleParameters,
  requires,
  takesField,
  updatedTypes,
} from "../instance/index.ts";

/** The options of a run that decide what it can prove. */
export interface Extent {
  readonly checks: readonly Check[];
  readonly write: boolean;
}

/** The statements that a run with these checks can prove, if the account contains what is needed. */
export function provableStatements(model: Model, { checks, write }: Extent): Set<string> {
  const chosen = new Set(checks.map((it) => it.name));
  const { list, listByLink, read, create, update, delete: remove } = model.operations;
  const statements = new Set<string>();
  const add = (check: CheckName, found: Iterable<string>, needsWrite = false) => {
    if (!chosen.has(check) || (needsWrite && !write)) return;
    for (const statement of found) statements.add(statement);
  };
  const answer = (check: CheckName, status: number, operations: Operations, needsWrite = false) => {
    for (const operation of operations) {
      if (operation === undefined || !chosen.has(check) || (needsWrite && !write)) continue;
      const [status_, ...properties] = answerStatements(model, operation, String(status));
      add("status_code_conformance", status_ === undefined ? [] : [status_]);
      // Which types exist besides the known ones depends on the instance.
      const known = properties.filter((it) => !it.includes(`(${anyOther})`));
      add("response_schema_conformance", known);
    }
  };
  const assumption = (
    check: CheckName,
    operation: Operation | undefined,
    key: string,
    needsWrite = false,
  ) => {
    if (operation !== undefined) add(check, [assumes(operation, key)], needsWrite);
  };

  answer("positive_data_acceptance", 200, [list, listByLink, read]);
  answer("positive_data_acceptance", 200, [create, update, remove], true);
  answer("ignored_auth", 401, [list]);
  answer("ignored_auth", 401, [listByLink, read, create, update, remove], true);
  answer("unknown_resource", 404, [read]);
  answer("use_after_free", 404, [update, remove], true);
  answer("negative_data_rejection", 400, [list]);
  answer("negative_data_rejection", 400, [create], true);

  for (const operation of [read, update, remove]) {
    for (const { name } of operation?.parameters.filter((it) => it.in === "path") ?? [])
      if (operation !== undefined)
        add("positive_data_acceptance", [asked(operation, name)], operation !== read);
  }
  addLists(model, write, add);
  addBodies(model, add);

  assumption("page_past_the_end", list, "page-past-the-end");
  for (const operation of [list, listByLink]) {
    assumption("page_links", operation, "next-and-prev");
    assumption("page_links", operation, "links-keep-the-query");
    if (list !== listByLink) assumption("list_forms_agree", operation, "same-parameters");
  }
  if (combines(model)) assumption("filters_together", list, "parameters-together", true);
  assumption("undocumented_parameters", list, "undocumented-parameters", true);
  assumption("enabled_at_first", create, "enabled-at-first", true);
  assumption("update_keeps_the_rest", update, "keeps-the-rest", true);
  if (updatedTypes(model).turned !== undefined) assumption("change_of_type", update, "change-of-type", true);
  if (read !== undefined) assumption("use_after_free", remove, "read-after-delete", true);
  return statements;
}

type Operations = readonly (Operation | undefined)[];
type Add = (check: CheckName, statements: Iterable<string>, needsWrite?: boolean) => void;

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

  for (const parameter of model.roles.parameters("filter")) {
    const { name } = parameter;
    const property = model.roles.filters.get(name);
    const values =
      property === model.names.enabled
        ? [model.flag(true), ...(write ? [model.flag(false)] : [])]
        : filteredTypes(model, write).slice(0, combines(model) ? undefined : 1);
    add(
      "filter_conformance",
      model.values(parameter).length === 0
        ? [asked(list, name)]
        : values.map((value) => asked(list, name, value)),
    );
  }
  const each = (
    check: CheckName,
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
  if (model.parameter("search-text") !== undefined) {
    each("search_conformance", "search-text", true);
    each("search_conformance", "search-property", true, 1);
  }
  if (model.parameter("range-start") !== undefined || model.parameter("range-end") !== undefined) {
    each("date_range_conformance", "range-property", false, write ? undefined : 1);
    each("date_range_conformance", "range-start");
    each("date_range_conformance", "range-end");
  }
  if (model.parameter("order-property") !== undefined) {
    each("order_conformance", "order-property", false, write ? undefined : 1);
    each("order_conformance", "order-direction", true);
  }
  add(
    "positive_data_acceptance",
    idleParameters(model, write).map(([{ name }, value]) => asked(list, name, value)),
  );
}

function addBodies(model: Model, add: Add): void {
  const { create, update } = model.operations;
  const { names } = model;
  if (create !== undefined) {
    for (const type of model.types) {
      const fields = [names.type, names.name, ...(model.roles.fields.get(type) ?? [])];
      add(
        "created_as_sent",
        fields.map((name) => takesField(create, type, name)),
        true,
      );
    }
    add("negative_data_rejection", [requires(create, names.name), requires(create, names.type)], true);
  }
  if (update === undefined) return;
  const { partial, turned } = updatedTypes(model);
  const applied = (type: string | undefined, fields: readonly string[]) =>
    add(
      "update_applies",
      fields.map((name) => takesField(update, type, name)),
      true,
    );
  applied(undefined, [names.name, names.enabled]);
  if (partial !== undefined)
    applied(
      undefined,
      fieldsOf(model, partial)
        .slice(0, 1)
        .map(([name]) => name),
    );
  if (turned !== undefined) applied(turned, [names.type, ...fieldsOf(model, turned).map(([name]) => name)]);
}
