/** What other people do with the account during a run. */
import { runOf } from "../journal/index.ts";
import type { Reading, Resource, Run } from "./run.ts";

/** Whether a handler that the run has not created is gone at the end of the run. */
export function isGoneByOthers({ after, journal, model }: Run, resource: Resource): boolean {
  const id = resource[model.names.id];
  return isWhole(after) && !journal.owns(id) && !idsOf(after, model.names.id).has(id);
}

/**
 * Whether others have created or deleted handlers during the run: a handler without a run's name has appeared, or one has disappeared
 * before the run deleted any.
 */
export function othersChangedAccount(run: Run): boolean {
  const { before, readings, model, journal } = run;
  if (!isWhole(before)) return run.unrest;
  const { id, name } = model.names;
  const known = idsOf(before, id);
  const firstDelete = run.transport.exchanges.find((it) => it.method === "DELETE")?.startedAt;
  const isForeign = (it: Resource) => runOf(it[name]) === undefined && !journal.owns(it[id]);
  const foreign = (before.content?.items ?? []).filter(isForeign).map((it) => it[id]);
  return readings.some((reading) => {
    if (reading === before || !isWhole(reading) || reading.exchange.startedAt < before.exchange.startedAt)
      return false;
    const items = reading.content?.items ?? [];
    if (items.some((it) => isForeign(it) && !known.has(it[id]))) return true;
    if (firstDelete !== undefined && reading.exchange.startedAt >= firstDelete) return false;
    const listed = idsOf(reading, id);
    return foreign.some((it) => !listed.has(it));
  });
}

/** Whether a list contains the whole account. */
function isWhole(reading: Reading | undefined): reading is Reading {
  const { content, filters = [] } = reading ?? {};
  return content !== undefined && filters.length === 0 && content.items.length === content.meta.total;
}

function idsOf(reading: Reading, id: string): Set<unknown> {
  return new Set((reading.content?.items ?? []).map((it) => it[id]));
}
