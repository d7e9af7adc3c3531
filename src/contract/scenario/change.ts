import type { Operation } from "../../description/index.ts";
import { isAsSent, type Pair } from "../instance/index.ts";
import { ask, type Owned, type Run, readCurrent, type Update } from "../run/index.ts";

/** Switches a new handler off, so that nothing is sent to anybody. `look`: verify it by a read. */
export async function switchOff(
  run: Run,
  operation: Operation,
  created: Owned,
  look: boolean,
): Promise<void> {
  const { model } = run;
  const sent: Pair[] = [[model.names.enabled, model.flag(false)]];
  if (look && created.resource !== undefined)
    await change(run, operation, created, "off", sent, created.resource);
  else await ask(run, { purpose: "an update that disables", operation, id: created.id, form: sent });
}

/** Changes a handler and reads it again. */
export async function change(
  run: Run,
  operation: Operation,
  created: Owned,
  kind: Update["kind"],
  sent: readonly Pair[],
  before: Update["before"],
): Promise<Update> {
  const { id } = created;
  const purpose = `an update (${purposes[kind]})`;
  const exchange = await ask(run, { purpose, operation, id, form: sent });
  const { exchange: read, resource: after } = await readCurrent(
    run,
    "the handler after an update",
    id,
    (it) => isAsSent(run.model, sent, it),
  );
  const update = { created, kind, sent, before, exchange, read, after };
  run.updates.push(update);
  return update;
}

const purposes: Record<Update["kind"], string> = {
  off: "switch off",
  on: "rename and switch on",
  field: "one field",
  type: "another type",
};
