import { blocksOf } from "../blocks.ts";
import { type CountChange, sumOf } from "../counts.ts";
import { type Dialect, listing } from "../listing.ts";
import {
  type HandlerRecord,
  type ListQuery,
  type ListResult,
  mostPageBytes,
  type Store,
  StoreError,
  StorePageError,
  unmeasuredRows,
} from "../store.ts";
import { recordValues } from "../values.ts";
import { columnsOf } from "./arrays.ts";
import type { Ask, Connections, Row } from "./connection.ts";
import { failureOf } from "./failure.ts";

const dialect: Dialect = {
  placeholder: (number) => `$${number}`,
  contains: (text, part) => `position(${part} in ${text}) > 0`,
  textAt: (document, place) => `CAST(${document} AS jsonb) #>> ${place}`,
  place: (names) => names,
  joined: (order) => `string_agg(document, ',' ORDER BY ${order})`,
};

/** How often an update is tried when other requests change the same handler first. */
const mostChanges = 100;

/** How many handlers one statement inserts. */
const handlersAtOnce = 500;

/** Adds `changes` to the counts. They are sorted, so that two writers never deadlock. */
export const count = `INSERT INTO counts (account, type, enabled, handlers)
  SELECT $1, type, enabled, by FROM changes ORDER BY type, enabled
  ON CONFLICT (account, type, enabled) DO UPDATE SET handlers = counts.handlers + excluded.handlers`;

/** Counts what it really deleted: another request may create handlers meanwhile. */
export const clear = `WITH removed AS (DELETE FROM handlers WHERE account = $1 RETURNING type, enabled),
    changes AS (SELECT type, enabled, -count(*) AS by FROM removed GROUP BY type, enabled)
    ${count}`;

/**
 * Locks the account against others that lock it like this. Creates don't take this lock. FOR UPDATE would block the foreign key check of a
 * create that already holds the lock of a count: a deadlock.
 */
export const lockAccount = "SELECT id FROM accounts WHERE id = $1 FOR NO KEY UPDATE";

const statements = {
  reserve: "SELECT nextval('handler_ids') AS id FROM generate_series(1, $1)",
  create: `WITH added AS (
      INSERT INTO handlers (account, id, type, folded_name, enabled, created, changed, document)
      SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::smallint[], $6::bigint[], $7::bigint[], $8::text[])
      RETURNING type, enabled
    ), changes AS (SELECT type, enabled, count(*) AS by FROM added GROUP BY type, enabled)
    ${count}`,
  read: "SELECT document FROM handlers WHERE account = $1 AND id = $2",
  readState: "SELECT document, type, enabled FROM handlers WHERE account = $1 AND id = $2",
  // Optimistic: the document must be the one that was read, so nothing is locked while the new one is made.
  update: `UPDATE handlers SET type = $3, folded_name = $4, enabled = $5, created = $6, changed = $7, document = $8
    WHERE account = $1 AND id = $2 AND document = $9 RETURNING id`,
  updateCounted: `WITH updated AS (
      UPDATE handlers SET type = $3, folded_name = $4, enabled = $5, created = $6, changed = $7, document = $8
      WHERE account = $1 AND id = $2 AND document = $9 RETURNING id
    ), changes AS (
      SELECT type, enabled, by FROM unnest($10::text[], $11::smallint[], $12::bigint[]) AS given (type, enabled, by)
      WHERE EXISTS (SELECT 1 FROM updated)
    ), counted AS (${count})
    SELECT id FROM updated`,
  remove: `WITH removed AS (DELETE FROM handlers WHERE account = $1 AND id = $2 RETURNING type, enabled),
    changes AS (SELECT type, enabled, -1 AS by FROM removed),
    counted AS (${count})
    SELECT 1 FROM removed`,
  any: "SELECT 1 FROM handlers WHERE account = $1 LIMIT 1",
  countRequest: `INSERT INTO requests VALUES ($1, $2, 1) ON CONFLICT (account) DO UPDATE SET
      requests = CASE WHEN requests.period < excluded.period THEN 1 ELSE requests.requests + 1 END,
      period = CASE WHEN requests.period < excluded.period THEN excluded.period ELSE requests.period END
    RETURNING requests`,
};

/** The store's operations on handlers. */
export function handlerMethods({
  ask,
  transaction,
}: Connections): Pick<
  Store,
  "create" | "createMany" | "createIfEmpty" | "read" | "update" | "remove" | "list" | "clear" | "countRequest"
> {
  /** Reserves the ids first, since documents contain them. A failure leaves a gap in the ids. */
  async function create(asks: Ask, account: number, records: readonly HandlerRecord[]): Promise<number[]> {
    const reserved = await asks(statements.reserve, [records.length]);
    const ids = reserved.map((row) => row.id as number).sort((one, other) => one - other);
    const rows = attempt("create handlers", () =>
      records.map((record, index) => [ids[index], ...recordValues(record, ids[index] as number)]),
    );
    await asks(statements.create, [account, ...columnsOf(rows, 7)]);
    return ids;
  }

  async function update(account: number, id: number, change: (document: string) => HandlerRecord) {
    const what = "change the handler";
    for (let times = 0; times < mostChanges; times += 1) {
      const [found] = await ask(what, statements.readState, [account, id]);
      if (found === undefined) return false;
      const { document, type, enabled } = found as { document: string; type: string; enabled: number };
      const [record, after] = attempt(what, () => {
        const changed = change(document);
        return [changed, recordValues(changed, id)] as const;
      });
      const isMoved = record.type !== type || record.enabled !== (enabled === 1);
      const moves: CountChange[] = [{ type, enabled, by: -1 }, ...sumOf([record])];
      const updated = await ask(what, isMoved ? statements.updateCounted : statements.update, [
        account,
        id,
        ...after,
        document,
        ...(isMoved
          ? [moves.map((it) => it.type), moves.map((it) => it.enabled), moves.map((it) => it.by)]
          : []),
      ]);
      if (updated.length > 0) return true;
    }
    throw new StoreError(
      "The database could not change the handler: other requests kept changing it at the same time.",
    );
  }

  return {
    create: async (account, record) => {
      const what = "create the handler";
      const [id] = await create((text, values) => ask(what, text, values), account, [record]);
      return id as number;
    },
    createMany: async (account, records) => {
      const what = "create handlers";
      const all = [...records];
      if (all.length <= handlersAtOnce)
        return create((text, values) => ask(what, text, values), account, all);
      return transaction(what, async (asks) => {
        const ids: number[] = [];
        for (const some of blocksOf(all, handlersAtOnce)) ids.push(...(await create(asks, account, some)));
        return ids;
      });
    },
    createIfEmpty: (account, records) => {
      const all = [...records];
      return transaction("create handlers", async (asks) => {
        await asks(lockAccount, [account]);
        if ((await asks(statements.any, [account])).length > 0) return false;
        for (const some of blocksOf(all, handlersAtOnce)) await create(asks, account, some);
        // Without fresh statistics the query planner picks the wrong index, until autovacuum runs within a minute or so.
        if (all.length > handlersAtOnce) await asks("ANALYZE handlers");
        return true;
      });
    },
    read: async (account, id) => {
      const [row] = await ask("read the handler", statements.read, [account, id]);
      return row?.document as string | undefined;
    },
    update,
    remove: async (account, id) =>
      (await ask("delete the handler", statements.remove, [account, id])).length > 0,
    list: (account, query) => list(ask, account, query),
    clear: async (account) => {
      await ask("delete the handlers", clear, [account]);
    },
    countRequest: async (account, window) => {
      const [row] = await ask("count the request", statements.countRequest, [account, window]);
      return row?.requests as number;
    },
  };
}

/** Runs the code that makes a record. Throws its errors as StoreError. */
function attempt<T>(what: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw failureOf(what, error);
  }
}

async function list(ask: Connections["ask"], account: number, query: ListQuery): Promise<ListResult> {
  const what = "list the handlers";
  const { page, size } = listing(account, query, dialect);
  if (query.limit > unmeasuredRows) {
    const [row] = await ask(what, size.text, size.values);
    if (Number(row?.bytes) > mostPageBytes) throw new StorePageError();
  }
  const [row] = (await ask(what, page.text, page.values)) as [Row];
  return { rows: Buffer.from((row.documents as string | null) ?? ""), total: row.total as number };
}
