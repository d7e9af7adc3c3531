/** The rules that a run checks; each file has those of one concern. */
import { answerChecks } from "./answers.ts";
import type { Check } from "./check.ts";
import { createdChecks } from "./created.ts";
import { deletedChecks } from "./deleted.ts";
import { filterChecks } from "./filters.ts";
import { orderChecks } from "./order.ts";
import { pageChecks } from "./pages.ts";
import { refusalChecks } from "./refusals.ts";
import { seenChecks } from "./seen.ts";
import { updatedChecks } from "./updated.ts";
import { walkChecks } from "./walk.ts";

export type { Check, Verdict } from "./check.ts";

/** All checks, in the order of reports. */
export const checks: readonly Check[] = [
  ...answerChecks,
  ...refusalChecks,
  ...pageChecks,
  ...walkChecks,
  ...filterChecks,
  ...orderChecks,
  ...createdChecks,
  ...seenChecks,
  ...updatedChecks,
  ...deletedChecks,
];
