import { runOf } from "../journal/index.ts";
import { type Run, rawItems, readList } from "../run/index.ts";
import { deleteOne } from "../scenario/delete.ts";
import { RunStopped } from "../stopped.ts";
import { type Leftovers, leftoversOf } from "./leftovers.ts";

/**
 * Deletes whatever the run has created, and looks whether it is gone. Goes on after any failure, and after any stop but one:
 * an instance that is not there any more. Does not throw.
 */
export async function cleanUp(run: Run): Promise<Leftovers> {
  const { journal } = run;
  run.transport.resume();
  if (journal.left.size > 0 || journal.open.length > 0 || run.before !== undefined) {
    const tried = new Set(journal.left.keys());
    await unlessStopped(() => deleteOwn(run));
    run.deletedBefore = new Set(run.deleted);
    await unlessStopped(async () => {
      run.after = await readList(run, {
        purpose: "the list after the clean-up",
        page: 1,
        size: run.model.sizes.at(-1),
      });
    });
    await unlessStopped(() => deleteFound(run, tried));
  }
  return leftoversOf(run);
}

async function deleteOwn(run: Run): Promise<void> {
  for (const id of run.journal.left.keys()) await deleteOne(run, id, true);
}

/** Handlers of the run that the list still has: those of a create whose answer was lost, and those that did not go. */
async function deleteFound(run: Run, tried: ReadonlySet<number>): Promise<void> {
  const { after, journal } = run;
  if (after === undefined) return;
  const listed = new Set<number>();
  const untried: number[] = [];
  const again: number[] = [];
  for (const item of rawItems(after.exchange)) {
    const id = item[run.model.names.id];
    const name = item[run.model.names.name];
    if (typeof id !== "number") continue;
    // What a sweep within the run has deleted bears another run's name.
    if (runOf(name) !== run.id && !(journal.owns(id) && runOf(name) !== undefined)) continue;
    listed.add(id);
    // What the instance said was deleted, and is not, is left for a person to see: a second try would hide it.
    if (!run.deleted.has(id)) (tried.has(id) ? again : untried).push(id);
    journal.own(id, String(name));
  }
  for (const id of [...untried, ...again]) await deleteOne(run, id, true);
  const { content } = after;
  const complete = content !== undefined && content.items.length === content.meta.total;
  if (!complete) return;
  for (const id of journal.left.keys()) if (!listed.has(id)) journal.gone(id);
  if (listed.size === 0) for (const name of journal.open) journal.void(name);
}

async function unlessStopped(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof RunStopped)) throw error;
  }
}
