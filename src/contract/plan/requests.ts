import type { Model } from "../../description/index.ts";
import type { Check } from "../checks/index.ts";
import { lackingType, whyReadsOnly } from "../instance/index.ts";
import type { Stage } from "../run/index.ts";
import { handlersToCreate, lostAtMost } from "../scenario/create.ts";
import { requestsOfFilters } from "../scenario/filters.ts";
import { stagesOf } from "../scenario/index.ts";
import { pagesAtMost, pagesOfEverything } from "../scenario/pages.ts";

/**
 * The most requests that a run with these checks sends, on any account, the clean-up included: what each part of the traffic takes, by
 * the operations, types, page sizes and filters of the contract. A run that would need more, because much is left over or was made
 * twice, ends instead. A request that is turned away with 429 and sent again counts once: nothing was done.
 */
export function mostRequests(model: Model, checks: readonly Check[], write: boolean): number {
  const writes = write && whyReadsOnly(model) === undefined;
  const stages = stagesOf(checks, writes);
  const each = requestsOf(model, writes, stages);
  return [...stages].reduce((sum, stage) => sum + each[stage], 0);
}

/** Of each part of the traffic, where a run has these parts. */
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
    // The list twice, and in its other form; each other operation once. A create that is served is deleted again.
    auth: write ? 3 + count("read", "create", "update", "delete") + 1 : 2,
    read: write ? count("read") : 2 * count("read"),
    // The pages, and one of them by its number, or in the other form.
    pages: walked + 1,
    // Those that nothing else asked for: the pages take one of them, and filters, in a run that only reads, one each.
    sizes: Math.max(0, sizes.length - (stages.has("pages") ? 1 : 0) - (write ? 0 : filtering)),
    filters: filtering,
    // A create that is not refused is deleted again; the one without a name is no handler of the run that could be.
    refusals: write
      ? 1 + page + pageSize + 1 + 2 * (1 + refusedTypes) + count("update") * (open ? 1 : 2)
      : 1 + pageSize,
    create: write ? requestsToCreate(model) : 0,
    // Two changes that are looked at and a last one; then the change of type, looked at as well.
    update: 7 * count("update"),
    isolation: count("read", "update", "delete"),
    methods: 1,
    // After the delete, which is one of those that creating takes.
    delete: count("read", "update", "delete"),
  };
}

/** Each handler is created, seen, switched off and deleted; the list is read before, as a whole, and after. */
function requestsToCreate(model: Model): number {
  const { update } = model.operations;
  const each = update === undefined ? 3 : 4;
  // The first is seen again after it was switched off.
  const again = update === undefined ? 0 : 1;
  // One more shows what a refusal means.
  return (handlersToCreate(model, 0) + 1) * each + again + lostAtMost + 2 + pagesOfEverything(model);
}
