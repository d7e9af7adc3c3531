/** The requests of a run. A stage is sent if a chosen check looks at it, and all checks share it. */
import type { Run, Stage } from "../run/index.ts";
import { refuseReaders, refuseUpdates, refuseWriters } from "./auth.ts";
import { connect } from "./connect.ts";
import { create } from "./create.ts";
import { isolation, methods, remove } from "./delete.ts";
import { filters } from "./filters.ts";
import { edges, pages, sizes, wholeList } from "./pages.ts";
import { read } from "./read.ts";
import { refuseCreates } from "./refuse-creates.ts";
import { update } from "./update.ts";

export { handlersToCreate, listIsThere, mostLostCreates } from "./create.ts";
export { deleteOne, isDeleted } from "./delete.ts";
export { requestsOfFilters } from "./filters.ts";
export { pagesAtMost, pagesOfEverything } from "./pages.ts";

const writing: readonly Stage[] = ["create", "update", "isolation", "methods", "delete"];

/** What a check needs of a scenario. */
export interface Wanted {
  readonly write: boolean;
  readonly stages: readonly Stage[];
}

/** The stages that the checks look at, and those that these build on. */
export function stagesOf(checks: readonly Wanted[], write: boolean): Set<Stage> {
  const wanted = new Set<Stage>(checks.filter((it) => write || !it.write).flatMap((it) => it.stages));
  wanted.add("connect");
  if (writing.some((it) => wanted.has(it))) wanted.add("create");
  if (!write) for (const stage of writing) wanted.delete(stage);
  return wanted;
}

/** Runs the stages in an order in which none disturbs another. Throws RunStopped. `sweep`: deletes what earlier runs left. */
export async function playScenario(
  run: Run,
  checks: readonly Wanted[],
  sweep: () => Promise<void>,
): Promise<void> {
  const stages = stagesOf(checks, run.write);
  const creates = stages.has("create");
  const parts: readonly (readonly [wanted: boolean, play: (run: Run) => Promise<void>])[] = [
    [true, connect],
    [stages.has("auth"), refuseReaders],
    [creates, create],
    [creates, sweep],
    [stages.has("update"), update],
    [creates, wholeList],
    [stages.has("pages"), pages],
    [stages.has("read"), read],
    [stages.has("filters") && run.model.hasFilters, filters],
    [stages.has("sizes"), sizes],
    [stages.has("refusals"), edges],
    [stages.has("refusals") && creates, refuseCreates],
    [stages.has("refusals") && creates, refuseUpdates],
    [stages.has("isolation"), isolation],
    [stages.has("methods"), methods],
    [stages.has("auth") && creates, refuseWriters],
    [stages.has("delete"), remove],
  ];
  for (const [wanted, play] of parts) if (wanted) await play(run);
}
