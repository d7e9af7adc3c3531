import type { Pair } from "../exchange.ts";
import { type Created, type Resource, type Run, resourceOf } from "../run.ts";
import { changedFieldsOf, fieldsOf, nameOf } from "../values.ts";
import { change, numberOf } from "./create.ts";

/** Changes of three handlers: name and switch, one field of several, the type. */
export async function update(run: Run): Promise<void> {
  const { model } = run;
  const { names } = model;
  const off = switchWorks(run);
  const known = (created: Created | undefined): Resource | undefined => {
    const resource = resourceOf(created?.read);
    return resource && off ? { ...resource, [names.enabled]: false } : resource;
  };
  const own = run.created.filter((it) => it.id !== undefined && known(it) !== undefined);

  const many = most(own.slice(1), (it) => it.fields.length);
  const [field] = many === undefined ? [] : changedFieldsOf(model, many.type);
  const renamed = own.find((it) => it !== own[0] && it !== many);
  if (renamed !== undefined) {
    const sent: Pair[] = [
      [names.name, nameOf(run.id, numberOf(run), "renamed")],
      [names.enabled, model.flag(true)],
    ];
    await change(run, renamed, "on", sent, known(renamed) as Resource);
  }
  if (many !== undefined && field !== undefined)
    await change(run, many, "field", [field], known(many) as Resource);

  const turned = own[0];
  const type = model.types.findLast((it) => it !== turned?.type && fieldsOf(model, it).length > 0);
  if (turned === undefined || type === undefined) return;
  const last = run.updates.find((it) => it.created === turned);
  const before = resourceOf(last?.read) ?? (known(turned) as Resource);
  await change(run, turned, "type", [[names.type, type], ...fieldsOf(model, type)], before);
}

/** Whether the first handler was seen to be off after it was switched off. */
function switchWorks(run: Run): boolean {
  const [first] = run.updates;
  return resourceOf(first?.read)?.[run.model.names.enabled] === false;
}

function most(created: readonly Created[], count: (it: Created) => number): Created | undefined {
  return created.reduce<Created | undefined>(
    (best, it) => (count(it) > (best === undefined ? 0 : count(best)) ? it : best),
    undefined,
  );
}
