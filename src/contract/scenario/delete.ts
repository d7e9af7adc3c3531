import { accepted, refused } from "../judge.ts";
import { ask, type Run } from "../run.ts";
import { assumes } from "../statements.ts";
import { nameOf } from "../values.ts";
import { probeOf } from "./auth.ts";
import { numberOf } from "./create.ts";

/** What another account can do with the run's handlers: nothing. */
export async function isolation(run: Run): Promise<void> {
  const { model } = run;
  const id = probeOf(run);
  if (id === undefined || !run.otherAccount) return;
  const { read, update, delete: remove } = model.operations;
  const expect = refused(model, read, 404, "account_isolation");
  await ask(run, {
    purpose: "a handler with another account's key",
    operation: read,
    id,
    credential: "other",
    expect,
  });
  const form = [[model.names.name, nameOf(run.id, numberOf(run))]] as const;
  await ask(run, {
    purpose: "an update with another account's key",
    operation: update,
    id,
    credential: "other",
    form,
    expect: refused(model, update, 404, "account_isolation"),
  });
  await ask(run, {
    purpose: "a delete with another account's key",
    operation: remove,
    id,
    credential: "other",
    expect: refused(model, remove, 404, "account_isolation"),
  });
}

/** A method that no page documents, on a handler of the run's own. */
export async function methods(run: Run): Promise<void> {
  const id = probeOf(run);
  const { update } = run.model.operations;
  if (id === undefined) return;
  await ask(run, {
    purpose: "a PATCH, which no page documents,",
    operation: update,
    method: "PATCH",
    id,
    expect: {
      statuses: [400, 404, 405, 501],
      check: "unsupported_method",
      pointer: update.pointer,
      sentence: "is refused",
      assumption: "A method that no page documents is refused.",
    },
  });
}

/** Deletes the oldest handler of the run and looks for it everywhere. Younger ones still exist, so no id is given anew. */
export async function remove(run: Run): Promise<void> {
  const { model } = run;
  const { read, update, delete: operation } = model.operations;
  const id = run.created.find((it) => it.id !== undefined)?.id;
  if (id === undefined) return;
  if (!(await deleteOne(run, id))) return;
  const gone = (target: typeof read) => ({
    ...refused(model, target, 404, "use_after_free"),
    ...(target === read && {
      pointer: model.assumption(operation, "read-after-delete"),
      statements: [assumes(operation, "read-after-delete")],
    }),
  });
  await ask(run, { purpose: "a handler after its delete", operation: read, id, expect: gone(read) });
  const form = [[model.names.name, nameOf(run.id, numberOf(run))]] as const;
  await ask(run, {
    purpose: "an update after the delete",
    operation: update,
    id,
    form,
    expect: gone(update),
  });
  await ask(run, { purpose: "a second delete", operation, id, expect: gone(operation) });
}

/** Deletes a handler of the run; true when the instance says that it is gone now. */
export async function deleteOne(run: Run, id: number, mayBeGone = false): Promise<boolean> {
  const operation = run.model.operations.delete;
  const expect = accepted(operation);
  const statuses = mayBeGone ? [...expect.statuses, 404] : expect.statuses;
  const exchange = await ask(run, { purpose: "a delete", operation, id, expect: { ...expect, statuses } });
  const { outcome } = exchange;
  if (outcome.kind !== "answer") return false;
  if (outcome.status === 200) run.deleted.add(id);
  if (outcome.status !== 200 && outcome.status !== 404) return false;
  run.journal.gone(id);
  return outcome.status === 200;
}
