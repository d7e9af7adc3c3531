import { isDeepStrictEqual } from "node:util";
import { runOf } from "../journal/index.ts";
import { excerpt } from "../judging/index.ts";
import { othersWereAtWork, type Run } from "../run/index.ts";
import { type Check, placesOf, type Verdict } from "./check.ts";
import { at } from "./places.ts";

/** Checks that what was deleted is gone, and that all others are as they were. */
export const deletedChecks: readonly Check[] = [
  {
    name: "deleted_from_the_list",
    proves: "A handler that was deleted is no longer in the list.",
    write: true,
    stages: ["create", "delete"],
    targets: ({ operations: { delete: remove } }) => at(remove, (it) => it.pointer),
    judge: deletedFromTheList,
  },
  {
    name: "others_left_alone",
    proves: "The handlers that were there before are as they were.",
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
  if (left.length === 0) verdict.holds({ operation });
  else {
    const message = "A handler is in the list after its delete.";
    verdict.breaks(
      { operation },
      { message, got: `ids ${left.join(", ")}`, pointer: operation.pointer, exchange: after.exchange },
    );
  }
}

function othersLeftAlone(run: Run, verdict: Verdict): void {
  const { model } = run;
  const { update, delete: remove } = model.operations;
  const operations = [update, remove].filter((it) => it !== undefined);
  const { before, after } = run;
  const own = new Set(run.created.map((it) => it.id));
  if (before?.content === undefined || after?.content === undefined) {
    for (const operation of operations)
      verdict.cannot({ operation }, "the list could not be read before and after");
    return;
  }
  const now = new Map(after.content.items.map((it) => [it[model.names.id], it]));
  const complete =
    after.content.meta["total-pages"] <= 1 && after.content.items.length === after.content.meta.total;
  // What bears the name of a run is changed and deleted by that run, or by a sweep, which may well be at it right now.
  const others = before.content.items.filter((it) => runOf(it[model.names.name]) === undefined);
  for (const old of others) {
    const id = old[model.names.id];
    if (own.has(Number(id))) continue;
    const same = now.get(id);
    const { exchange } = after;
    if (same === undefined) {
      if (!complete || remove === undefined) continue;
      if (othersWereAtWork(run)) {
        verdict.cannot({ operation: remove }, "others create and delete handlers");
        continue;
      }
      const message = "A handler that was there before is gone.";
      verdict.breaks({ operation: remove }, { message, got: `id ${id}`, pointer: remove.pointer, exchange });
      continue;
    }
    if (remove !== undefined) verdict.holds({ operation: remove });
    if (update === undefined) continue;
    const { [model.names.changed]: _old, ...oldRest } = old;
    const { [model.names.changed]: _now, ...nowRest } = same;
    if (isDeepStrictEqual(oldRest, nowRest)) verdict.holds({ operation: update });
    else {
      const message = "A handler that the run did not touch has changed.";
      verdict.breaks(
        { operation: update },
        { message, got: `id ${id}: ${excerpt(same)}`, pointer: update.pointer, exchange },
      );
    }
  }
  if (others.length === 0) {
    for (const operation of operations) verdict.cannot({ operation }, "the account had no handlers before");
  }
}
