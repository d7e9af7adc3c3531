import { runOf } from "../journal/index.ts";
import { type Reading, type Run, rawItems, readList, waitsForLag } from "../run/index.ts";
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
      await lookAround(run);
    });
    await unlessStopped(() => deleteFound(run, tried));
  }
  return leftoversOf(run);
}

/** The list after the clean-up, again where it still has what is gone: it may lag behind. */
async function lookAround(run: Run): Promise<void> {
  const since = run.clock.now();
  run.after = await wholeListAfter(run, false);
  for (const wait of waitsForLag) {
    if (!hasDeleted(run) || !run.transport.mayRepeat) return;
    await run.transport.pause(wait, "the list lags behind a delete");
    run.after = await wholeListAfter(run, true);
    if (!hasDeleted(run)) run.lagOfDelete = run.clock.now() - since;
  }
}

function hasDeleted({ after, deleted, model }: Run): boolean {
  const items = after?.content?.items ?? [];
  return items.some((it) => deleted.has(Number(it[model.names.id])));
}

/** So many pages of the largest size are looked at. */
const pagesAtMost = 10;

/** The list, all its pages as one, as far as more requests may be sent. */
async function wholeListAfter(run: Run, again: boolean): Promise<Reading> {
  const size = run.model.sizes.at(-1);
  const purpose = "the list after the clean-up";
  const first = await readList(run, { purpose, page: 1, size, again });
  if (first.content === undefined) return first;
  const items = [...first.content.items];
  for (let page = 2; page <= Math.min(first.content.meta["total-pages"], pagesAtMost); page++) {
    if (!run.transport.mayRepeat) break;
    const { content } = await readList(run, { purpose: `${purpose}, page ${page}`, page, size, again: true });
    if (content === undefined) break;
    items.push(...content.items);
  }
  return { ...first, content: { ...first.content, items } };
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
  for (const item of after.content?.items ?? rawItems(after.exchange)) {
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
