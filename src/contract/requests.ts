import { requestLimits } from "./budget.ts";
import type { Check } from "./checks/index.ts";
import type { Model } from "./model.ts";
import type { Stage } from "./run.ts";
import { stagesOf } from "./scenario/index.ts";

/** The most requests that a check makes a run send, clean-up included, on an account that is not empty. They share most of them. */
export function mostRequests(model: Model, check: Check): number {
  const handlers = Math.max(model.types.length, (model.sizes[0] ?? 0) + 1);
  const each: Record<Stage, number> = {
    connect: 1,
    auth: check.write ? 7 : 2,
    read: 2,
    pages: 5,
    sizes: model.sizes.length,
    filters: model.filters ? 11 : 0,
    refusals: 3,
    // Each is created, read, switched off and deleted; with the list before and after, and one more look at the first.
    create: handlers * 4 + 4,
    update: 7,
    isolation: 3,
    methods: 1,
    delete: 4,
  };
  const stages = stagesOf([check], check.write);
  const sum = [...stages].reduce((total, stage) => total + each[stage], 0);
  return Math.min(sum, check.write ? requestLimits.write : requestLimits.readOnly);
}
