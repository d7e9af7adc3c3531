import { fold } from "./fold.ts";
import type { ListQuery, Order } from "./store.ts";

/** What databases write differently in the SQL of lists. */
export interface Dialect {
  /** Stands for the value of this number, from 1. */
  placeholder(number: number): string;
  /** Whether a text has another in it, character for character. */
  contains(text: string, part: string): string;
  /** The text, or the number as a text, at a place of a JSON document. */
  textAt(document: string, place: string): string;
  /** A place of a JSON document as a value to bind: the names on the way to it. */
  place(names: readonly string[]): unknown;
  /** The documents of all rows, joined by commas, in this order. */
  joined(order: string): string;
}

/** SQL with the values that it binds. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The statements of a list. */
export interface Listing {
  /** Gives a row: how many handlers there are on all pages, and the page's documents. */
  readonly page: Statement;
  /** Gives the bytes that the documents of the page have. */
  readonly size: Statement;
}

const columns: Record<Order, string> = {
  id: "id",
  name: "folded_name",
  created: "created",
  changed: "changed",
};

/**
 * A list as SQL over `handlers`, and over `counts`, which has the number of an account's handlers by their type and whether they are
 * enabled: what asks for nothing else need not be counted, however much there is.
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
  // What was never changed stands before all that was.
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

/** The conditions that nothing but the handlers themselves can tell of. */
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
