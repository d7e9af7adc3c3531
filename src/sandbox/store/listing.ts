import { fold } from "./fold.ts";
import type { ListQuery, Order } from "./store.ts";

/** How the SQL of lists differs between databases. */
export interface Dialect {
  /** The placeholder of the nth value, counted from 1. */
  placeholder(number: number): string;
  /** Whether a text contains another, character for character. */
  contains(text: string, part: string): string;
  /** The string at a place of a JSON document; a number is given as a string. */
  textAt(document: string, place: string): string;
  /** A place of a JSON document as a value to bind. `names`: the property names that lead to it. */
  place(names: readonly string[]): unknown;
  /** The documents of all rows, joined by commas, in this order. */
  joined(order: string): string;
}

/** SQL, and the values bound to its placeholders. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The statements of a list. */
export interface Listing {
  /** Returns one row: how many handlers there are on all pages, and the documents of this page. */
  readonly page: Statement;
  /** Returns the size of the page's documents in bytes. */
  readonly size: Statement;
}

const columns: Record<Order, string> = {
  id: "id",
  name: "folded_name",
  created: "created",
  changed: "changed",
};

/**
 * The SQL of a list. Handlers come from `handlers`. The total comes from `counts` (the number of an account's handlers by type and state)
 * if the list filters by nothing else, so that large accounts need no counting.
 */
export function listing(account: number, query: ListQuery, dialect: Dialect): Listing {
  const values: unknown[] = [];
  const bind = (value: unknown) => dialect.placeholder(values.push(value));
  const counted = [`account = ${bind(account)}`];
  if (query.type !== undefined) counted.push(`type = ${bind(query.type)}`);
  if (query.enabled !== undefined) counted.push(`enabled = ${bind(query.enabled ? 1 : 0)}`);
  const others = otherConditions(query, dialect, bind);
  const where = [...counted, ...others].join(" AND ");
  const total =
    others.length === 0
      ? `SELECT CAST(coalesce(sum(handlers), 0) AS bigint) FROM counts WHERE ${where}`
      : `SELECT count(*) FROM handlers WHERE ${where}`;

  const { by, descending } = query.order;
  const direction = descending ? "DESC" : "ASC";
  // Handlers that were never changed come before those that were.
  const nulls = by !== "changed" ? "" : descending ? " NULLS LAST" : " NULLS FIRST";
  const order = by === "id" ? `id ${direction}` : `${columns[by]} ${direction}${nulls}, id ${direction}`;
  const ordered = by === "id" ? "id" : `${columns[by]}, id`;
  const limits = `LIMIT ${bind(query.limit)} OFFSET ${bind(query.offset)}`;
  const source = `(SELECT document, ${ordered} FROM handlers WHERE ${where} ORDER BY ${order} ${limits}) AS page`;
  return {
    page: {
      text: `SELECT (${total}) AS total, ${dialect.joined(order)} AS documents FROM ${source}`,
      values,
    },
    size: { text: `SELECT coalesce(sum(octet_length(document)), 0) AS bytes FROM ${source}`, values },
  };
}

/** The conditions that `counts` can't answer. */
function otherConditions(query: ListQuery, dialect: Dialect, bind: (value: unknown) => string): string[] {
  const conditions: string[] = [];
  for (const { at, to } of query.equal ?? [])
    conditions.push(`${dialect.textAt("document", bind(dialect.place(at)))} = ${bind(to)}`);
  if (query.search !== undefined && query.search !== "")
    conditions.push(dialect.contains("folded_name", bind(fold(query.search))));
  if (query.range !== undefined) {
    const column = columns[query.range.of];
    if (query.range.from !== undefined) conditions.push(`${column} >= ${bind(query.range.from)}`);
    if (query.range.to !== undefined) conditions.push(`${column} <= ${bind(query.range.to)}`);
  }
  return conditions;
}
