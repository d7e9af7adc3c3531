import type { Description } from "../../description/index.ts";
import type { Call } from "./calls.ts";

/** A call in terms of HTTP, for samples that know nothing of the contract. */
export interface Request {
  readonly method: string;
  /** The URL before the id, and what follows it; without an id, the whole URL. */
  readonly url: readonly [before: string] | readonly [before: string, after: string];
  /** The environment variable with the id of the handler; undefined if the URL has no id. */
  readonly idVariable: string | undefined;
  readonly query: readonly (readonly [name: string, value: string])[];
  /** The fields of the form; undefined if the operation takes no body. */
  readonly form: readonly (readonly [name: string, value: string])[] | undefined;
}

export function requestOf({ baseUrl }: Description, { operation, values }: Call): Request {
  const [before = "", after = ""] = operation.path.split(/\{[^}]+\}/);
  const id = operation.parameters.find((it) => it.in === "path");
  const pairs = [...values].map(([name, value]) => [name, String(value)] as const);
  const hasBody = operation.body !== undefined;
  return {
    method: operation.method,
    url: id === undefined ? [baseUrl + operation.path] : [baseUrl + before, after],
    idVariable: id?.name.toUpperCase(),
    query: hasBody ? [] : pairs,
    form: hasBody ? pairs : undefined,
  };
}
