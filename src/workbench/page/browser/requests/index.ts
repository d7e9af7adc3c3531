/** The tab with the requests as they come in. */
export { noFilters } from "./filters.ts";
export { Requests } from "./requests.tsx";
export { useRequests } from "./use-requests.ts";
