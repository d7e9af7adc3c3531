import type { RequestSummary } from "../workbench-api.ts";

/** How many characters of a reason a row shows; the details show all. */
export const reasonInLine = 300;

/** Which requests the reader wants to see. Empty strings match all. */
export interface Filters {
  readonly text: string;
  readonly method: string;
  /** `ok` (below 400), `refused` (400 and above), or one status. */
  readonly status: string;
  readonly isEverywhere: boolean;
}

export const noFilters: Filters = { text: "", method: "", status: "", isEverywhere: false };

/** Whether a request matches the filters. */
export function matchesFilters({ text, method, status }: Filters, request: RequestSummary): boolean {
  if (method !== "" && request.method !== method) return false;
  if (status === "ok" && request.status >= 400) return false;
  if (status === "refused" && request.status < 400 && request.status !== 0) return false;
  if (/^\d/.test(status) && String(request.status) !== status) return false;
  const wanted = text.trim().toLowerCase();
  return (
    wanted === "" ||
    request.path.toLowerCase().includes(wanted) ||
    (request.reason ?? "").toLowerCase().includes(wanted)
  );
}

/** The values that occur, as choices. */
export function choicesOf(requests: readonly RequestSummary[]): { methods: string[]; statuses: string[] } {
  return {
    methods: [...new Set(requests.map(({ method }) => method))].sort(),
    statuses: [...new Set(requests.map(({ status }) => String(status)))].sort(),
  };
}
