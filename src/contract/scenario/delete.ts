import type { Operation } from "../../description/index.ts";
import { assumes, triedWithMethod } from "../instance/index.ts";
import { nameOf } from "../journal/index.ts";
import { accepted, refused } from "../judging/index.ts";
import { ask, type Run } from "../run/index.ts";
import { type Exchange, isWebPage } from "../wire/index.ts";
import { probeOf } from "./auth.ts";
import { numberOf } from "./create.ts";

/** Requests with another account's key to the run's handlers; all must be refused. */
export async function isolation(run: Run): Promise<void> {
  const { model } = run;
  const id = probeOf(run);
  if (id === undefined || !run.otherAccount) return;
  const { read, update, delete: remove } = model.operations;
  const form = [[model.names.name, nameOf(run.id, numberOf(run))]] as const;
  for (const [what, operation, more] of [
    ["a handler", read, {}],
    ["an update", update, { form }],
    ["a delete", remove, {}],
  ] as const) {
    if (operation === undefined) continue;
    const purpose = `${what} with another account's key`;
    const expect = refused(model, operation, 404, "account_isolation");
    await ask(run, { purpose, operation, id, credential: "other", expect, ...more });
  }
}

/** An undocumented method on a handler of the run. */
export async function methods(run: Run): Promise<void> {
  const id = probeOf(run);
  const operation = triedWithMethod(run.model);
  if (id === undefined || operation === undefined) return;
  await ask(run, {
    purpose: "a PATCH, which no page documents,",
    operation,
    method: "PATCH",
    id,
    expect: {
      statuses: [400, 404, 405, 501],
      check: "unsupported_method",
      pointer: operation.pointer,
      sentence: "is refused",
      assumption: "A method that no page documents is refused.",
    },
  });
}

/** Deletes the oldest handler of the run and then looks for it everywhere. Younger handlers still exist, so its id can't be reused. */
export async function remove(run: Run): Promise<void> {
  const { model } = run;
  const { read, update, delete: operation } = model.operations;
  const id = run.created.find((it) => it.id !== undefined)?.id;
  if (id === undefined || operation === undefined) return;
  if (!(await deleteOne(run, id))) return;
  const gone = (target: Operation) => refused(model, target, 404, "use_after_free");
  if (read !== undefined) {
    const expect = {
      ...gone(read),
      pointer: model.assumption(operation, "read-after-delete"),
      statements: [assumes(operation, "read-after-delete")],
    };
    await ask(run, { purpose: "a read of a deleted handler", operation: read, id, expect });
  }
  if (update !== undefined) {
    const form = [[model.names.name, nameOf(run.id, numberOf(run))]] as const;
    const expect = gone(update);
    await ask(run, { purpose: "an update of a deleted handler", operation: update, id, form, expect });
  }
  await ask(run, { purpose: "a second delete", operation, id, expect: gone(operation) });
}

/**
 * Whether a delete was answered with any 2xx; no page documents which. The list shows whether the handler is gone. A web page is no
 * success; a repeated delete may find that the first one succeeded.
 */
export function isDeleted({ outcome, again }: Exchange): boolean {
  if (outcome.kind !== "answer" || isWebPage(outcome)) return false;
  return (outcome.status >= 200 && outcome.status < 300) || (again !== undefined && outcome.status === 404);
}

/** Deletes a handler of the run. True if the instance confirms that it is gone. */
export async function deleteOne(run: Run, id: number, mayBeGone = false): Promise<boolean> {
  const operation = run.model.operations.delete;
  if (operation === undefined) return false;
  const expect = accepted(run.model, operation);
  const statuses = mayBeGone ? [...expect.statuses, 404] : expect.statuses;
  const exchange = await ask(run, { purpose: "a delete", operation, id, expect: { ...expect, statuses } });
  const deleted = isDeleted(exchange);
  const { outcome } = exchange;
  if (deleted) run.deleted.add(id);
  if (deleted || (outcome.kind === "answer" && outcome.status === 404)) run.journal.gone(id);
  return deleted;
}
