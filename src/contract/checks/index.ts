/** All checks, in the order in which they are told. */
import { answerChecks, refusalChecks } from "./answers.ts";
import type { Check } from "./check.ts";
import { handlerChecks } from "./handlers.ts";
import { listChecks } from "./lists.ts";

export type { Check, Place, Spot, Verdict } from "./check.ts";

export const checks: readonly Check[] = [...answerChecks, ...refusalChecks, ...listChecks, ...handlerChecks];
