import type { RequestSummary } from "../workbench-api.ts";

/** So much of a reason stands in a line; what is longer stands whole in the details. */
export const reasonInLine = 300;

/** What the reader wants to see of the requests. Empty: all. */
export interface Filters {
  readonly text: string;
  readonly method: string;
  /** `ok` below 400, `refused` from there on, or one status. */
  readonly status: string;
  readonly isEverywhere: boolean;
}

export const noFilters: Filters = { text: "", method: "", status: "", isEverywhere: false };

/** Whether a request is one that the reader wants to see. */
export function isWanted({ text, method, status }: Filters, request: RequestSummary): boolean {
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

/** The values that there are, for the lists of choices. */
export function choicesOf(requests: readonly RequestSummary[]): { methods: string[]; statuses: string[] } {
  return {
    methods: [...new Set(requests.map(({ method }) => method))].sort(),
    statuses: [...new Set(requests.map(({ status }) => String(status)))].sort(),
  };
}
