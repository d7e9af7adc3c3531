/** What a run will do, before it does it: which checks, how many requests at most, which statements can be proven. */
export { chosenChecks, UnknownCheckError } from "./chosen.ts";
export { listChecks, listText } from "./list.ts";
export { provableStatements } from "./provable.ts";
export { mostRequests } from "./requests.ts";
