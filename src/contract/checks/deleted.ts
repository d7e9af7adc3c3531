import { isDeepStrictEqual } from "node:util";
import type { Operation } from "../../description/index.ts";
import { runOf } from "../journal/index.ts";
import { excerpt, shown } from "../judging/index.ts";
import { othersChangedAccount, type Resource, type Run } from "../run/index.ts";
import type { Exchange } from "../wire/index.ts";
import { type Check, placesOf, type Verdict } from "./check.ts";
import { at } from "./places.ts";

/** Checks that deleted handlers are gone, and all others unchanged. */
export const deletedChecks: readonly Check[] = [
  {
    name: "deleted_from_the_list",
    proves: "A deleted handler is no longer in the list.",
    write: true,
    stages: ["create", "delete"],
    targets: ({ operations: { delete: remove } }) => at(remove, (it) => it.pointer),
    judge: deletedFromTheList,
  },
  {
    name: "others_left_alone",
    proves: "A write leaves all other handlers unchanged: the account's, and the run's own.",
    write: true,
    stages: ["create", "update", "delete"],
    targets: ({ operations: { update, delete: remove } }) => placesOf([update, remove], (it) => it.pointer),
    judge: othersLeftAlone,
  },
];

function deletedFromTheList(run: Run, verdict: Verdict): void {
  const { model, after } = run;
  const operation = model.operations.delete;
  if (operation === undefined || run.deletedBefore.size === 0) return;
  if (after?.content === undefined) {
    verdict.cannot({ operation }, "the list could not be read after the clean-up");
    return;
  }
  const left = after.content.items
    .map((it) => Number(it[model.names.id]))
    .filter((id) => run.deletedBefore.has(id));
  if (left.length === 0 && run.lagOfDelete !== undefined) {
    verdict.breaks(
      { operation },
      {
        message: "The list lags behind a delete.",
        got: `all were gone ${(run.lagOfDelete / 1_000).toFixed(1)} s after the last delete, not at once`,
        pointer: operation.pointer,
        assumption: "A handler is no longer in the list as soon as it is deleted.",
        exchange: after.exchange,
      },
    );
  } else if (left.length === 0) verdict.holds({ operation });
  else {
    const message = "A deleted handler is still in the list.";
    verdict.breaks(
      { operation },
      { message, got: `ids ${left.join(", ")}`, pointer: operation.pointer, exchange: after.exchange },
    );
  }
}

/** The run's own handlers that were changed by a write to another handler. */
function ownLeftAlone(run: Run, verdict: Verdict): void {
  const { update, delete: remove } = run.model.operations;
  const { id: idName, enabled } = run.model.names;
  const [off] = run.updates;
  if (update !== undefined && off?.after?.[enabled] === false && run.lag === undefined) {
    const named = new Set(run.updates.filter((it) => it !== off).map((it) => it.created.id));
    const still = new Set(run.created.map((it) => it.id).filter((id) => id !== undefined && !named.has(id)));
    const on = run.everything?.find((it) => still.has(Number(it[idName])) && it[enabled] === true);
    const message = "A handler that was disabled is enabled again, although no update of it was sent.";
    const got = `id ${on?.[idName]}: ${excerpt(on)}`;
    const exchange = run.whole?.exchange;
    if (on !== undefined)
      verdict.breaks({ operation: update }, { message, got, pointer: update.pointer, exchange });
  }
  const gone = goneBefore(run);
  if (remove === undefined || gone === undefined) return;
  const message = "A handler was gone before its own delete: the delete of another handler removed it, too.";
  const got = `id ${gone.call.id}: ${shown(gone.outcome)}`;
  verdict.breaks({ operation: remove }, { message, got, pointer: remove.pointer, exchange: gone });
}

/** The first delete of one of the run's handlers that found nothing, although only another handler was deleted before. */
function goneBefore({ transport, created, deleted }: Run): Exchange | undefined {
  const own = new Set<unknown>(created.map((it) => it.id));
  const seen = new Set<unknown>();
  for (const exchange of transport.exchanges) {
    const { call, method, outcome } = exchange;
    if (method !== "DELETE" || !own.has(call.id) || seen.has(call.id)) continue;
    seen.add(call.id);
    const isOwn = (call.credential ?? "valid") === "valid";
    if (isOwn && deleted.size > 0 && outcome.kind === "answer" && outcome.status === 404) return exchange;
  }
  return undefined;
}

function othersLeftAlone(run: Run, verdict: Verdict): void {
  ownLeftAlone(run, verdict);
  const { before, after, model } = run;
  const { update, delete: remove } = model.operations;
  const operations = [update, remove].filter((it) => it !== undefined);
  if (before?.content === undefined || after?.content === undefined) {
    for (const operation of operations)
      verdict.cannot({ operation }, "the list could not be read both before and after the writes");
    return;
  }
  const own = new Set(run.created.map((it) => it.id));
  const now = new Map(after.content.items.map((it) => [it[model.names.id], it]));
  const isComplete = after.content.items.length === after.content.meta.total;
  // Handlers with a run's name are changed and deleted by that run or by a sweep, perhaps right now.
  const others = before.content.items.filter((it) => runOf(it[model.names.name]) === undefined);
  for (const old of others) {
    const id = old[model.names.id];
    if (own.has(Number(id))) continue;
    const same = now.get(id);
    if (same === undefined) {
      if (isComplete && remove !== undefined) reportGone(run, verdict, remove, id);
      continue;
    }
    if (remove !== undefined) verdict.holds({ operation: remove });
    if (update !== undefined) compareOther(run, verdict, update, old, same);
  }
  if (others.length === 0) {
    for (const operation of operations)
      verdict.cannot({ operation }, "the account had no handlers before the run");
  }
}

/** Reports that a handler of others is gone, unless others may have deleted it. */
function reportGone(run: Run, verdict: Verdict, operation: Operation, id: unknown): void {
  if (othersChangedAccount(run)) {
    verdict.cannot({ operation }, "other clients create and delete handlers");
    return;
  }
  const message = "A handler that existed before the run is gone.";
  const { pointer } = operation;
  verdict.breaks({ operation }, { message, got: `id ${id}`, pointer, exchange: run.after?.exchange });
}

/** Checks that a handler of others is unchanged, its time of the last change apart. */
function compareOther(run: Run, verdict: Verdict, operation: Operation, old: Resource, same: Resource): void {
  const { names } = run.model;
  const { [names.changed]: _old, ...oldRest } = old;
  const { [names.changed]: _now, ...nowRest } = same;
  if (isDeepStrictEqual(oldRest, nowRest)) {
    verdict.holds({ operation });
    return;
  }
  const message = "A handler that the run did not touch has changed.";
  const got = `id ${old[names.id]}: ${excerpt(same)}`;
  const { pointer } = operation;
  verdict.breaks({ operation }, { message, got, pointer, exchange: run.after?.exchange });
}
