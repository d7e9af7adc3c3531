import type { Field } from "./fields.ts";
import type { Mark } from "./marks.ts";
import type { Reference, Shape } from "./views.ts";

/** A statement that no page documents, and where it is shown. */
export interface Inferred {
  /** In English. */
  readonly assumption: string;
  /** Ids of the places, in order. */
  readonly places: readonly string[];
}

/** Everything in a reference that is inferred, in the order of the page. */
export function inferredOf({ operations, handler, errors }: Reference): Inferred[] {
  const found = new Map<string, Set<string>>();
  const add = (assumption: string | undefined, id: string) => {
    if (assumption === undefined || assumption === "") return;
    found.set(assumption, (found.get(assumption) ?? new Set()).add(id));
  };
  const addMarks = (marks: readonly Mark[], id: string) => {
    for (const mark of marks) if (mark.level === "inferred") add(mark.assumption, id);
  };
  const addFields = (fields: readonly Field[]) => {
    for (const { id, marks, children } of fields) {
      addMarks(marks, id);
      addFields(children);
    }
  };
  const addShape = (shape: Shape, id: string) => {
    addMarks(shape.marks, id);
    addFields(shape.shared);
    for (const { type, marks, fields } of shape.byType) {
      addMarks(marks, `${id}/${type}`);
      addFields(fields);
    }
  };
  for (const { slug, marks, assumptions, parameters, body, answers } of operations) {
    addMarks(marks, slug);
    for (const assumption of assumptions) add(assumption, slug);
    for (const { fields } of parameters) addFields(fields);
    if (body !== undefined) addShape(body, slug);
    for (const { id, marks, headers, fields } of answers) {
      addMarks(marks, id);
      addFields([...headers, ...fields]);
    }
  }
  addShape(handler, "handler");
  addMarks(errors?.marks ?? [], "errors");
  addFields(errors?.fields ?? []);
  return [...found].map(([assumption, places]) => ({ assumption, places: [...places] }));
}
