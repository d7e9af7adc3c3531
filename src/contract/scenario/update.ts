import type { Pair } from "../exchange.ts";
import { updatedTypes } from "../provable.ts";
import { ask, type Created, type Resource, type Run, resourceOf } from "../run.ts";
import { changedFieldsOf, fieldsOf, nameOf } from "../values.ts";
import { change, numberOf } from "./create.ts";

/** Changes of three handlers: name and switch, one field of several, the type. */
export async function update(run: Run): Promise<void> {
  const { model } = run;
  const { names } = model;
  const off = switchWorks(run);
  const known = (created: Created): Resource | undefined => {
    const resource = resourceOf(created.read);
    return resource && off ? { ...resource, [names.enabled]: false } : resource;
  };
  const own = run.created.filter((it) => it.id !== undefined);
  const { partial, turned } = updatedTypes(model);
  const first = own.find((it) => it.type === model.types[0]);
  const many = own.find((it) => it.type === partial);
  const renamed = own.find((it) => it !== first && it !== many);

  if (renamed !== undefined) {
    const before = known(renamed);
    const sent: Pair[] = [
      [names.name, nameOf(run.id, numberOf(run), "renamed")],
      [names.enabled, model.flag(true)],
    ];
    if (before !== undefined) {
      await change(run, renamed, "on", sent, before);
      const off: Pair[] = [[names.enabled, model.flag(false)]];
      const operation = model.operations.update;
      await ask(run, {
        purpose: "an update that switches off again",
        operation,
        id: renamed.id as number,
        form: off,
      });
    }
  }
  if (many !== undefined) {
    const before = known(many);
    const [field] = changedFieldsOf(model, many.type);
    if (before !== undefined && field !== undefined) await change(run, many, "field", [field], before);
  }
  if (first !== undefined && turned !== undefined) {
    const last = run.updates.find((it) => it.created === first);
    const before = resourceOf(last?.read) ?? known(first);
    const sent: Pair[] = [[names.type, turned], ...fieldsOf(model, turned)];
    if (before !== undefined) await change(run, first, "type", sent, before);
  }
}

/** Whether the first handler was seen to be off after it was switched off. */
function switchWorks(run: Run): boolean {
  const [first] = run.updates;
  return resourceOf(first?.read)?.[run.model.names.enabled] === false;
}
