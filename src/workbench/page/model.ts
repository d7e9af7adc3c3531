import { at, type Branch, type Description, familyName, modelOf } from "../../description/index.ts";
import { type Language, type Reading, readingOf, readProperties } from "../../docs/index.ts";
import type { FormField, InstanceModel } from "./boot.ts";

/** What the page needs from an instance's contract. */
export function readInstance(description: Description, language: Language): InstanceModel {
  const { roles, names, meta, parameter, types, open } = modelOf(description);
  const reading = readingOf(description, language);
  const fieldsOf = (branch: Branch | undefined) =>
    branch === undefined ? [] : readFields(description, branch, names.type, reading);
  return {
    name: description.name,
    isFamily: description.name === familyName,
    isOpen: open,
    properties: names,
    paging: {
      page: parameter("page")?.name ?? "",
      pageSize: parameter("page-size")?.name ?? "",
    },
    meta: { total: meta.total, totalPages: meta["total-pages"] },
    operations: description.operations.map((operation) => ({
      id: operation.id,
      kind: roles.kindOf(operation),
      method: operation.method,
      path: operation.path,
      summary: reading.text(operation.summary),
    })),
    types: types.map((type) => ({
      type,
      create: fieldsOf(roles.create?.byValue.get(type)),
      update: fieldsOf(roles.update?.byValue.get(type)),
    })),
  };
}

/** The fields of a form without the type, which is chosen first. */
function readFields(
  { document }: Description,
  { pointer }: Branch,
  type: string,
  reading: Reading,
): FormField[] {
  return readProperties(document, pointer, "", false, new Set([type])).map((field) => {
    const examples = at(document, `${field.target}/examples`);
    const [example] = Array.isArray(examples) ? examples : [];
    return {
      name: field.name,
      isRequired: field.isRequired,
      description: field.description === undefined ? undefined : reading.text(field.description),
      values: field.values.map(String),
      format: field.format,
      example: example === undefined ? undefined : String(example),
    };
  });
}
