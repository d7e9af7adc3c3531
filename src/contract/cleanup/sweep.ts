import { objectOf } from "../../description/index.ts";
import { Journal, longestRun, marker, runOf, startOf } from "../journal/index.ts";
import { type Run, rawData, rawItems, readList } from "../run/index.ts";
import { isDeleted } from "../scenario/index.ts";
import { RunStopped } from "../stopped.ts";
import type { Leftovers } from "./leftovers.ts";

const pagesAtMost = 100;

/** The result of a sweep. */
export interface Sweep {
  readonly deleted: readonly number[];
  readonly left: Leftovers;
  /** Handlers of runs that may still be going on, but have no journal here. They were not touched. */
  readonly young: Leftovers["handlers"];
  /** Whether the whole list was read. Only then is it certain that nothing is left. */
  readonly complete: boolean;
  /** Unreadable journals, and unreadable lines in them, in sentences. */
  readonly damage: readonly string[];
}

/** How much a sweep looks for. `folder`: that of the journals. */
export interface SweepOptions {
  readonly folder: string | undefined;
  /** Read the whole list. Otherwise it is read only if a journal names leftovers. */
  readonly whole: boolean;
  /** Also delete handlers of runs that began less than an hour ago and have no journal here. */
  readonly young: boolean;
}

/**
 * Deletes what earlier runs left behind. It finds handlers by their journals, and by the marker in the names of the whole list. Handlers of
 * a run that is still going on are not touched: one whose journal belongs to a living process, and, unless `young`, one that began less
 * than an hour ago and has no journal here. Every handler is read before it is deleted, and must have a run's name. Throws RunStopped if
 * nothing was deleted yet; later it reports what is left.
 */
export async function sweep(run: Run, { folder, whole, young }: SweepOptions): Promise<Sweep> {
  const { journals, alive, damage } = Journal.leftBehind(folder, run.journal.header.account);
  const dead = new Set(journals.map((it) => it.header.run));
  const candidates = new Map<number, string>();
  for (const journal of journals) for (const [id] of journal.left) candidates.set(id, journal.header.run);
  const scan =
    whole || journals.length > 0 ? await scanList(run) : { items: rawItemsBefore(run), complete: false };
  const spared: { id: number; name: string }[] = [];
  for (const item of scan.items) {
    const id = item[run.model.names.id];
    const owner = runOf(item[run.model.names.name]);
    if (typeof id !== "number" || owner === undefined || owner === run.id || alive.has(owner)) continue;
    if (young || dead.has(owner) || run.clock.now() - startOf(owner) > longestRun) candidates.set(id, owner);
    else spared.push({ id, name: String(item[run.model.names.name]) });
  }

  const listed = new Map(scan.items.map((it) => [it[run.model.names.id], it]));
  const deleted = new Map<number, string>();
  const left: { id: number; name: string }[] = [];
  for (const [id, owner] of candidates) {
    const state = await deleteLeftover(run, id, owner, listed.get(id)).catch((error: unknown) => {
      if (error instanceof RunStopped) return { name: `${marker} ${owner}` };
      throw error;
    });
    if (state === "deleted") deleted.set(id, owner);
    else if (typeof state === "object") left.push({ id, name: state.name });
    else for (const journal of journals) if (journal.left.has(id)) journal.gone(id);
  }
  // The answer to a delete proves little, so the list is read again.
  const still = deleted.size === 0 ? [] : await stillListed(run, deleted);
  for (const { id, name } of still) {
    deleted.delete(id);
    left.push({ id, name });
  }
  for (const id of deleted.keys())
    for (const journal of [run.journal, ...journals]) if (journal.left.has(id)) journal.gone(id);
  for (const journal of journals) {
    if (scan.complete) for (const name of journal.open) journal.void(name);
    journal.close();
  }
  const why = "the run that sent its create ended before an answer came";
  const unknown = journals.flatMap((journal) => journal.open.map((name) => ({ name, why })));
  const handlers = { handlers: left, unknown };
  return { deleted: [...deleted.keys()], left: handlers, young: spared, complete: scan.complete, damage };
}

/** The deleted handlers that the list still shows. If the run may send no more requests, they count as gone. */
async function stillListed(
  run: Run,
  deleted: ReadonlyMap<number, string>,
): Promise<{ id: number; name: string }[]> {
  const { names } = run.model;
  try {
    const { items } = await scanList(run);
    return items.flatMap((it) => {
      const id = Number(it[names.id]);
      return deleted.has(id) && runOf(it[names.name]) === deleted.get(id)
        ? [{ id, name: String(it[names.name]) }]
        : [];
    });
  } catch (error) {
    if (error instanceof RunStopped) return [];
    throw error;
  }
}

function rawItemsBefore(run: Run) {
  return run.before === undefined ? [] : rawItems(run.before.exchange);
}

async function scanList(run: Run) {
  const items: Readonly<Record<string, unknown>>[] = [];
  const size = run.model.sizes.at(-1);
  for (let page = 1; page <= pagesAtMost; page++) {
    const { exchange, content } = await readList(run, {
      purpose: `page ${page}, in search of leftovers`,
      page,
      size,
    });
    items.push(...rawItems(exchange));
    if (content === undefined) return { items, complete: false };
    if (page >= content.meta["total-pages"]) return { items, complete: true };
  }
  return { items, complete: false };
}

/** `listed`: the handler as in the list, for instances without an operation to read one. */
async function deleteLeftover(
  run: Run,
  id: number,
  owner: string,
  listed: Readonly<Record<string, unknown>> | undefined,
): Promise<"deleted" | "not there" | "not ours" | { name: string }> {
  const { operations, names } = run.model;
  let seen = listed;
  if (operations.read !== undefined) {
    const purpose = "a search for leftovers";
    const read = await run.transport.send({ purpose, operation: operations.read, id });
    if (read.outcome.kind === "answer" && read.outcome.status === 404) return "not there";
    seen = objectOf(rawData(read));
  }
  const name = seen?.[names.name];
  if (name === undefined) return { name: "(not readable)" };
  if (runOf(name) !== owner) return "not ours";
  if (operations.delete === undefined) return { name: String(name) };
  run.journal.own(id, String(name));
  const sent = await run.transport.send({
    purpose: "a leftover handler",
    operation: operations.delete,
    id,
  });
  const isGone = isDeleted(sent) || (sent.outcome.kind === "answer" && sent.outcome.status === 404);
  return isGone ? "deleted" : { name: String(name) };
}
