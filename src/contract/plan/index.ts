/** What a run will do: which checks, how many requests at most, which statements it can prove. */
export { chosenChecks, UnknownCheckError } from "./chosen.ts";
export { listChecks, listText } from "./list.ts";
export { provableStatements } from "./provable.ts";
export { mostRequests } from "./requests.ts";
