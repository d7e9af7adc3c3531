import type { Operation } from "../../description/index.ts";
import { changedField, fieldsOf, type Pair, renamedText, updatedTypes } from "../instance/index.ts";
import { nameOf } from "../journal/index.ts";
import { ask, type Created, isOwned, type Owned, type Resource, type Run } from "../run/index.ts";
import { change } from "./change.ts";
import { numberOf } from "./create.ts";

/** Changes two handlers: name, state, and one of several fields of the first; the type of the second. */
export async function update(run: Run): Promise<void> {
  const { model } = run;
  const { names } = model;
  const operation = model.operations.update;
  if (operation === undefined) return;
  const off = switchWorks(run);
  const known = ({ resource }: Created): Resource | undefined => {
    const { [names.enabled]: _unknown, ...rest } = resource ?? {};
    return resource && (off ? { ...rest, [names.enabled]: false } : rest);
  };
  const own = run.created.filter(isOwned);
  const { partial, turned } = updatedTypes(model);
  const first = own.find((it) => it.type === model.types[0]);
  const many = own.find((it) => it.type === partial);
  if (many !== undefined) await changeOneByOne(run, operation, many, known(many));
  if (first !== undefined && turned !== undefined) {
    const last = run.updates.find((it) => it.created === first);
    const before = last?.after ?? known(first);
    const sent: Pair[] = [[names.type, turned], ...fieldsOf(model, turned)];
    if (before !== undefined) await change(run, operation, first, "type", sent, before);
  }
}

/** Changes the name and the state of a handler that is off, then one field while it is on, and switches it off again. */
async function changeOneByOne(
  run: Run,
  operation: Operation,
  created: Owned,
  before: Resource | undefined,
): Promise<void> {
  const { names, flag } = run.model;
  const [field] = created.fields.map(changedField);
  if (before === undefined) return;
  const renamed: Pair[] = [
    [names.name, nameOf(run.id, numberOf(run), renamedText)],
    [names.enabled, flag(true)],
  ];
  const { after } = await change(run, operation, created, "on", renamed, before);
  if (field !== undefined) await change(run, operation, created, "field", [field], after ?? before);
  const off: Pair[] = [[names.enabled, flag(false)]];
  await ask(run, {
    purpose: "a second update that disables",
    operation,
    id: created.id,
    form: off,
  });
}

/** Whether a read has shown that the first handler was off after it was switched off. */
function switchWorks(run: Run): boolean {
  return run.updates[0]?.after?.[run.model.names.enabled] === false;
}
