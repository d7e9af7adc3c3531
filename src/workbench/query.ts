import type { operations } from "../../generated/workbench.ts";
import { nearest, type Operation, quote, validateQuery } from "../description/index.ts";
import { FormError, readPairs } from "../form/index.ts";
import { Refusal } from "../http/index.ts";
import { placeOf } from "./details.ts";
import type { RequestRecord } from "./record.ts";

/** The query of a list of requests, or of a reader who follows them. */
export type RequestQuery = NonNullable<operations["listRequests"]["parameters"]["query"]>;

const wrongStatus = "status must be a status such as 404, or a class of them such as 4xx.";

/** Reads the query of a request to the workbench. Throws a Refusal for a parameter or value that the operation does not have. */
export function readQuery(operation: Operation, url: string): RequestQuery {
  const pairs = pairsOf(url);
  const { problems, undocumented, values } = validateQuery(operation, pairs);
  const names = operation.parameters.filter((it) => it.in === "query").map(({ name }) => name);
  const unknown = undocumented.map(
    (name) => `${quote(name)} is not a query parameter here: ${nearest(name, names)}.`,
  );
  // The pattern is exact, but few people read patterns.
  const wrong = problems.map(({ field, message }) => (field === "status" ? wrongStatus : message));
  const titles = [...wrong, ...unknown];
  if (titles.length > 0) throw new Refusal(400, titles);
  return values as RequestQuery;
}

function pairsOf(url: string): ReturnType<typeof readPairs> {
  const mark = url.indexOf("?");
  if (mark === -1) return [];
  try {
    return readPairs(url.slice(mark + 1), "query");
  } catch (error) {
    if (error instanceof FormError) throw new Refusal(400, error.message);
    throw error;
  }
}

/** Whether a request matches the query. */
export function matchesQuery(record: RequestRecord, query: RequestQuery): boolean {
  const { server, instance } = query;
  return (
    (server === undefined || server === placeOf(record.url).server) &&
    (instance === undefined || instance === placeOf(record.url).instance) &&
    (query.operation === undefined || query.operation === record.operation) &&
    (query.method === undefined || query.method === record.method) &&
    (query.status === undefined || hasStatus(record.status, query.status))
  );
}

/** `asked`: `404`, or `4xx` for all of 400 to 499. */
function hasStatus(status: number, asked: string): boolean {
  return asked.endsWith("xx") ? Math.floor(status / 100) === Number(asked[0]) : status === Number(asked);
}
