import { runOf } from "../journal/index.ts";
import { type Reading, type Run, rawItems, readList, waitsForLag } from "../run/index.ts";
import { deleteOne } from "../scenario/index.ts";
import { RunStopped } from "../stopped.ts";
import { type Leftovers, leftoversOf } from "./leftovers.ts";

/**
 * Deletes everything that the run has created, and checks that it is gone. Continues after every failure, and after every stop except when
 * the instance is unavailable. Never throws.
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

/** Reads the list after the clean-up. Reads it again if it still shows deleted handlers, since it may lag behind. */
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

/** How many pages of the largest size are read. */
const pagesAtMost = 10;

/** Reads all pages of the list, as far as the run may send more requests. */
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

/** Deletes handlers of the run that the list still shows: those whose create had no answer, and those whose delete failed. */
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
    // Handlers that a sweep in this run has deleted have another run's name.
    if (runOf(name) !== run.id && !(journal.owns(id) && runOf(name) !== undefined)) continue;
    listed.add(id);
    // If the instance confirmed a delete but the handler is still there, a person should see that: a second try would hide it.
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
