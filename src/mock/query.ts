import { readPrefer } from "../preferences/index.ts";

const names = ["code", "example", "dynamic", "seed", "delay"] as const;

type Name = (typeof names)[number];

/** The preferences as query parameters, by name. Prism reads them if there is no Prefer header. */
export const preferenceParameters: ReadonlyMap<string, Name> = new Map(
  names.map((name) => [`__${name}`, name]),
);

function fromQuery(query: URLSearchParams): Map<Name, string> {
  const texts = new Map<Name, string>();
  for (const [parameter, name] of preferenceParameters) {
    const value = query.get(parameter);
    if (value !== null) texts.set(name, value);
  }
  return texts;
}

/**
 * The texts of a request's preferences: from the Prefer header, otherwise from the query parameters `__code`, `__example`, `__dynamic`,
 * `__seed`, `__delay`.
 */
export function textsOf(
  header: string | readonly string[] | undefined,
  query: URLSearchParams,
): ReadonlyMap<string, string> {
  return header === undefined ? fromQuery(query) : readPrefer(String(header));
}
