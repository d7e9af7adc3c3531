import { blocksOf } from "../blocks.ts";
import { type CountChange, sumOf } from "../counts.ts";
import { type Dialect, listing } from "../listing.ts";
import {
  type HandlerRecord,
  type ListQuery,
  mostPageBytes,
  type Store,
  StorePageError,
  unmeasuredRows,
} from "../store.ts";
import { recordValues } from "../values.ts";
import type { Connection, Row } from "./connection.ts";
import { openTimeoutMilliseconds } from "./file.ts";

const nothing = Buffer.alloc(0);

const dialect: Dialect = {
  placeholder: (number) => `?${number}`,
  contains: (text, part) => `instr(${text}, ${part}) > 0`,
  textAt: (document, place) => `CAST(json_extract(${document}, ${place}) AS TEXT)`,
  place: (names) => `$${names.map((name) => `.${JSON.stringify(name)}`).join("")}`,
  // group_concat keeps the order of the rows.
  joined: () => "CAST(group_concat(document, ',') AS BLOB)",
};

/** The store's operations on handlers. */
export function handlerMethods(
  connection: Connection,
): Pick<
  Store,
  "create" | "createMany" | "createIfEmpty" | "read" | "update" | "remove" | "list" | "clear" | "countRequest"
> {
  const { prepare, reading, writing } = connection;
  const statements = {
    reserve: prepare("UPDATE sequence SET last = last + ? RETURNING last"),
    create: prepare(
      `INSERT INTO handlers (type, folded_name, enabled, created, changed, document, account, id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    count: prepare(
      "INSERT INTO counts VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET handlers = handlers + excluded.handlers",
    ),
    read: prepare("SELECT document FROM handlers WHERE account = ? AND id = ?"),
    readState: prepare("SELECT document, type, enabled FROM handlers WHERE account = ? AND id = ?"),
    any: prepare("SELECT 1 FROM handlers WHERE account = ? LIMIT 1"),
    update: prepare(
      "UPDATE handlers SET type = ?, folded_name = ?, enabled = ?, created = ?, changed = ?, document = ? WHERE account = ? AND id = ?",
    ),
    remove: prepare("DELETE FROM handlers WHERE account = ? AND id = ? RETURNING type, enabled"),
    clear: prepare("DELETE FROM handlers WHERE account = ?"),
    clearCounts: prepare("DELETE FROM counts WHERE account = ?"),
  };

  function count(account: number, changes: readonly CountChange[]): void {
    for (const { type, enabled, by } of changes) statements.count.run([account, type, enabled, by]);
  }

  /** Inserts handlers and counts them. Must be called in a transaction. */
  function create(account: number, records: readonly HandlerRecord[]): number[] {
    // Not `get`, which would leave the statement open after its first row.
    const [row] = statements.reserve.all([records.length]) as [Row];
    const first = Number(row[0]) - records.length + 1;
    const ids = records.map((record, index) => {
      statements.create.run([...recordValues(record, first + index), account, first + index]);
      return first + index;
    });
    count(account, sumOf(records));
    return ids;
  }

  function update(account: number, id: number, change: (document: string) => HandlerRecord): boolean {
    const [row] = statements.readState.all([account, id]) as Row[];
    if (row === undefined) return false;
    const [document, type, enabled] = row as [string, string, number];
    const record = change(document);
    statements.update.run([...recordValues(record, id), account, id]);
    if (record.type !== type || record.enabled !== (enabled === 1)) {
      count(account, [{ type, enabled, by: -1 }, ...sumOf([record])]);
    }
    return true;
  }

  const requests = new Map<number, number>();
  let currentWindow = -1;

  return {
    create: (account, record) => writing("create the handler", () => create(account, [record])[0] as number),
    createMany: (account, records) => writing("create handlers", () => create(account, [...records])),
    createIfEmpty: (account, records) => {
      const action = () => {
        if (statements.any.all([account]).length > 0) return false;
        for (const some of blocksOf(records, 1000)) create(account, some);
        return true;
      };
      return writing("create handlers", action, openTimeoutMilliseconds);
    },
    read: (account, id) =>
      reading("read the handler", () => {
        const row = statements.read.get([account, id]) as Row | undefined;
        return row?.[0] as string | undefined;
      }),
    update: (account, id, change) => writing("change the handler", () => update(account, id, change)),
    remove: (account, id) =>
      writing("delete the handler", () => {
        const [row] = statements.remove.all([account, id]) as Row[];
        if (row === undefined) return false;
        const [type, enabled] = row as [string, number];
        count(account, [{ type, enabled, by: -1 }]);
        return true;
      }),
    list: (account, query) => reading("list the handlers", () => list(connection, account, query)),
    clear: (account) =>
      writing("delete the handlers", () => {
        statements.clear.run([account]);
        statements.clearCounts.run([account]);
      }),
    // Each process counts its own requests: a write per request would cost more than the request.
    countRequest: (account, window) => {
      if (window !== currentWindow) requests.clear();
      currentWindow = window;
      const sum = (requests.get(account) ?? 0) + 1;
      requests.set(account, sum);
      return sum;
    },
  };
}

function list({ prepare }: Connection, account: number, query: ListQuery) {
  const { page, size } = listing(account, query, dialect);
  if (query.limit > unmeasuredRows) {
    const [bytes] = prepare(size.text).get([...size.values]) as Row;
    if (Number(bytes) > mostPageBytes) throw new StorePageError();
  }
  const [total, rows] = prepare(page.text).get([...page.values]) as Row;
  return { rows: (rows as Buffer | null) ?? nothing, total: Number(total) };
}
