import type { Model } from "../../description/index.ts";
import type { Check } from "../checks/index.ts";
import { lackingType, whyReadsOnly } from "../instance/index.ts";
import type { Stage } from "../run/index.ts";
import {
  handlersToCreate,
  mostLostCreates,
  pagesAtMost,
  pagesOfEverything,
  requestsOfFilters,
  stagesOf,
} from "../scenario/index.ts";

/**
 * The most requests that a run with these checks sends on any account, clean-up included. It adds up the parts of the traffic, by the
 * contract's operations, types, page sizes and filters. A run that would need more, because of many leftovers or duplicates, ends early. A
 * request that gets 429 and is repeated counts once, since nothing was done.
 */
export function mostRequests(model: Model, checks: readonly Check[], write: boolean): number {
  const writes = write && whyReadsOnly(model) === undefined;
  const stages = stagesOf(checks, writes);
  const each = requestsOf(model, writes, stages);
  return [...stages].reduce((sum, stage) => sum + each[stage], 0);
}

/** The requests of each stage, for a run with these stages. */
function requestsOf(model: Model, write: boolean, stages: ReadonlySet<Stage>): Record<Stage, number> {
  const { operations, sizes, open } = model;
  const count = (...wanted: (keyof Model["operations"])[]) =>
    wanted.filter((it) => operations[it] !== undefined).length;
  const page = model.parameter("page") === undefined ? 0 : 1;
  const pageSize = model.parameter("page-size") === undefined ? 0 : 1;
  const walked = write ? pagesAtMost.write : pagesAtMost.readOnly;
  const filtering = stages.has("filters") ? requestsOfFilters(model, write) : 0;
  const refusedTypes = open ? 0 : lackingType(model) === undefined ? 1 : 2;
  return {
    connect: 1,
    // The list twice, and on its other path; every other operation once. A create that succeeds is deleted again.
    auth: write ? 3 + count("read", "create", "update", "delete") + 1 : 2,
    read: write ? count("read") : 2 * count("read"),
    // The pages, and one of them by its number or on the other path.
    pages: walked + 1,
    // The sizes that no other request uses: the pages use one; in a read-only run each filter uses one.
    sizes: Math.max(0, sizes.length - (stages.has("pages") ? 1 : 0) - (write ? 0 : filtering)),
    filters: filtering,
    // A create that is not refused is deleted again. The one without a name can't be deleted, since the run could not recognise the
    // handler.
    refusals: write
      ? 1 + page + pageSize + 1 + 2 * (1 + refusedTypes) + count("update") * (open ? 1 : 2)
      : 1 + pageSize,
    create: write ? requestsToCreate(model) : 0,
    // Two changes that are verified, a last one that is not, and the change of type, which is verified, too.
    update: 7 * count("update"),
    isolation: count("read", "update", "delete"),
    methods: 1,
    // After the delete, which is counted with the creates.
    delete: count("read", "update", "delete"),
  };
}

/** Each handler is created, read, switched off and deleted. The list is read before, completely in between, and after. */
function requestsToCreate(model: Model): number {
  const { update } = model.operations;
  const each = update === undefined ? 3 : 4;
  // The first is read again after it was switched off.
  const again = update === undefined ? 0 : 1;
  // One more create, which shows what a refusal means.
  return (handlersToCreate(model, 0) + 1) * each + again + mostLostCreates + 2 + pagesOfEverything(model);
}
