import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addKey, backUp, listKeys, restore, revokeKey, startSandbox } from "../../../src/sandbox/index.ts";
import { hashKey } from "../../../src/sandbox/keys.ts";
import { openStore, type Store, StoreAwayError, StoreError } from "../../../src/sandbox/store/index.ts";
import { connect } from "../../../src/sandbox/store/postgres/connection.ts";
import { markTable, migrations } from "../../../src/sandbox/store/postgres/migrations.ts";
import { plain } from "../../instances.ts";
import { type PostgresServer, postgresMissing, startPostgres } from "../../postgres.ts";
import { client, type Harness, titles } from "../harness.ts";
import { accountOf, listed, record } from "./records.ts";

describe.skipIf(postgresMissing !== undefined)("PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    // No file may be larger than this: what a full disk does to a table.
    server = await startPostgres({ fsync: "off" }, { mostFileKilobytes: 4096 });
  });
  afterAll(() => server?.remove());

  /** Another user, who has no rights but those that are given here. */
  async function userOf(url: string, name: string, rights: readonly string[]): Promise<string> {
    await server.query(
      url,
      `CREATE ROLE ${name} LOGIN PASSWORD 'secret-of-${name}'; ${rights.map((it) => `${it} TO ${name};`).join("")}`,
    );
    return server.urlOf({
      user: name,
      password: `secret-of-${name}`,
      database: new URL(url).pathname.slice(1),
    });
  }

  /** A database that a sandbox has filled. */
  async function served(): Promise<string> {
    const url = await server.createDatabase();
    await (await openStore(url)).close();
    return url;
  }

  /** Everything that is in a database, as far as a refused start could change it. */
  const contents = (url: string) =>
    server.query(
      url,
      "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del AS writes FROM pg_stat_user_tables ORDER BY relname",
    );

  describe("a database that can't be used is refused in one sentence without the password, and left as it is", () => {
    test.each<[string, () => Promise<string> | string, RegExp]>([
      ["no URL", () => "postgres://", /^The database URL can't be read|names no/],
      ["no database", () => "postgres://sandbox:secret@127.0.0.1", /names no database: it must be postgres:/],
      [
        "a password that ends the URL early",
        () => "postgres://sandbox:se/cret@127.0.0.1/db",
        /can't be read: .* %2F/,
      ],
      ["a password with an @", () => "postgres://sandbox:se@cret@127.0.0.1/db", /can't be read: .* %40/],
      ["a URL of another program", () => "mysql://sandbox:secret@127.0.0.1/db", /not a PostgreSQL URL/],
      [
        "nobody there",
        () => "postgres://sandbox:secret@127.0.0.1:1/db",
        /^PostgreSQL at 127\.0\.0\.1:1\/db can't be used: .*ECONNREFUSED.*\.$/,
      ],
      [
        "an unknown host",
        () => "postgres://sandbox:secret@nobody.invalid/db",
        /^PostgreSQL at nobody\.invalid:5432\/db can't be used: .*\.$/,
      ],
      [
        "a missing database",
        () => server.urlOf({ database: "missing" }),
        /database "missing" does not exist\.$/,
      ],
      [
        "a wrong password",
        () => server.urlOf({ password: "secret" }),
        /password authentication failed for user "sandbox"\.$/,
      ],
      [
        "a later version",
        async () => {
          const url = await served();
          await server.query(url, "UPDATE notification_handlers_sandbox SET version = 999");
          return url;
        },
        /was written by a later version of the sandbox \(999, known: \d+\)\.$/,
      ],
      [
        "a database of something else",
        async () => {
          const url = await server.createDatabase();
          await server.query(url, "CREATE TABLE invoices (id integer)");
          return url;
        },
        /is not a sandbox database: it has tables of another program, such as invoices\. Nothing was changed/,
      ],
      [
        "a user who may only read",
        async () => userOf(await served(), "reader", ["GRANT SELECT ON ALL TABLES IN SCHEMA public"]),
        /permission denied for .*; its user must be allowed to/,
      ],
      [
        "a user who may make no tables",
        async () => userOf(await server.createDatabase(), "guest", []),
        /permission denied for schema public; its user must/,
      ],
      [
        "a database that is read-only",
        async () => {
          const url = await served();
          const [, database] = new URL(url).pathname.split("/");
          await server.query(url, `ALTER DATABASE ${database} SET default_transaction_read_only = on`);
          return url;
        },
        /read-only transaction; its user must/,
      ],
      [
        "a schema that is not there",
        async () => `${await server.createDatabase()}?options=-csearch_path%3Dnix`,
        /no schema of its user's search_path exists/,
      ],
    ])("%s", async (_what, url, message) => {
      const given = await url();
      const owned = /^postgres:\/\/\w+:.*127\.0\.0\.1:\d\d+\/sandbox_/.test(given)
        ? server.urlOf({ database: new URL(given).pathname.slice(1) })
        : undefined;
      const before = owned && (await contents(owned));
      const refused = await openStore(given).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(StoreError);
      const said = (refused as Error).message;
      expect(said).toMatch(message);
      expect(said).not.toMatch(/\n|secret|cret@/);
      expect(said).not.toContain(server.password);
      expect(said).not.toContain(encodeURIComponent(server.password));
      if (owned) expect(await contents(owned)).toEqual(before);
    });
  });

  test("what the URL leaves out comes from libpq's variables", async () => {
    const url = new URL(await server.createDatabase());
    url.password = "";
    await expect(openStore(url.href)).rejects.toThrow(/password/);
    process.env.PGPASSWORD = server.password;
    try {
      await (await openStore(url.href)).close();
    } finally {
      delete process.env.PGPASSWORD;
    }
  });

  test("a transaction that the database rolls back because of another is repeated, up to eight times", async () => {
    const { transaction, close } = connect(await server.createDatabase(), 1);
    const collide = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$";
    const attemptsUntil = async (last: number) => {
      let attempts = 0;
      await transaction("be changed", async (ask) => {
        attempts += 1;
        if (attempts < last) await ask(collide);
      }).catch((error: unknown) => expect(error).toBeInstanceOf(StoreError));
      return attempts;
    };
    expect([await attemptsUntil(8), await attemptsUntil(99)]).toEqual([8, 8]);
    await close();
  });

  test("sandboxes that are started at once on an empty database make its tables once", async () => {
    const url = await server.createDatabase();
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(url)));
    const account = await accountOf(stores[0] as never, "k");
    await Promise.all(stores.map(async (store, n) => store.create(account, record(`n${n}`))));
    expect((await listed(stores[3] as never, account))[1]).toBe(4);
    await Promise.all(stores.map((store) => store.close()));
  });

  test.each(migrations.map((_, version) => version).slice(1))(
    "a database of version %i is brought up to date, once, by replicas that are started at once, with all that it has",
    async (version) => {
      const url = await server.createDatabase();
      const hash = hashKey("old-key");
      await server.query(
        url,
        `${migrations.slice(0, version).join(";")}; UPDATE ${markTable} SET version = ${version};
        INSERT INTO keys (name, hash, added) VALUES ('old', '\\x${hash.toString("hex")}', 1);
        INSERT INTO accounts (instance, key_hash) SELECT '${plain}', hash FROM keys;
        INSERT INTO handlers VALUES (1, nextval('handler_ids'), 'email', 'ONE', 1, 1, NULL, '${record("one").document(1)}');
        INSERT INTO counts VALUES (1, 'email', 1, 1)`,
      );
      const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(url)));
      const [store] = stores as [Store];
      expect(await store.account(plain, hash)).toBe(1);
      expect(await store.create(1, record("two"))).toBe(2);
      expect((await store.saveSnapshot(1, "both", 1))?.handlers).toBe(2);
      for (const each of stores) {
        expect(await listed(each, 1)).toEqual([["one", "two"], 2]);
        await each.close();
      }
      expect(await server.query(url, `SELECT version FROM ${markTable}`)).toEqual([
        { version: migrations.length },
      ]);
    },
  );

  test("a connection that breaks is one failed call, and is replaced", async () => {
    const url = await server.createDatabase();
    const store = await openStore(url, { connections: 1 });
    const account = await accountOf(store, "k");
    const other = new pg.Client(url);
    await other.connect();
    await other.query("BEGIN; LOCK TABLE handlers");
    const pending = (async () => store.create(account, record("one")))().then(
      () => undefined,
      (error: unknown) => error,
    );
    // Those who wait for the lock are those of the store.
    const waiting = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    while ((await other.query(waiting)).rowCount === 0);
    const failed = await pending;
    await other.end();
    expect(failed).toBeInstanceOf(StoreAwayError);
    expect(await listed(store, account)).toEqual([[], 0]);
    await store.create(account, record("two"));
    expect(await listed(store, account)).toEqual([["two"], 1]);
    await store.close();
  });

  test("what is exported is of one moment, whatever others write meanwhile", async () => {
    const url = await server.createDatabase();
    const [one, two] = [await openStore(url), await openStore(url)];
    const account = await accountOf(one, "k");
    await one.create(account, record("before"));
    const names: unknown[] = [];
    await one.export(async ({ handlers }) => {
      await two.create(account, record("meanwhile"));
      for await (const some of handlers) names.push(...some.map(({ document }) => JSON.parse(document).name));
    });
    expect(names).toEqual(["before"]);
    await one.close();
    await two.close();
  });

  describe("two replicas", () => {
    let one: Harness;
    let two: Harness;
    let db: string;
    let now = 0;
    const apiKey = "first-key";
    beforeAll(async () => {
      db = await server.createDatabase();
      const options = { instance: plain, apiKey, db, rateLimit: 60, now: () => now };
      [one, two] = [client(plain, await startSandbox(options)), client(plain, await startSandbox(options))];
    });
    afterAll(() => Promise.all([one?.close(), two?.close()]));

    test("what one stores the other has", async () => {
      const id = await one.create({ name: "n", type: "email", email: "a@example.com" });
      expect((await two.read(id)).data.name).toBe("n");
      expect((await two.update(id, { name: "m" })).status).toBe(200);
      expect((await one.list()).data.map((it) => it.name)).toEqual(["m"]);
      expect((await two.ask("DELETE", "/../_reset")).status).toBe(200);
      expect((await one.list()).meta.total).toBe(0);
    });

    test("a key that is added is good with both at once, and refused by both within a second once it is revoked", async () => {
      now += 60_000;
      const statuses = async (key: string) =>
        Promise.all(
          [one, two].map(
            async (it) =>
              (await it.ask("GET", "/notification-handlers/", undefined, { authorization: `Bearer ${key}` }))
                .status,
          ),
        );
      expect(await statuses("later-key")).toEqual([401, 401]);
      const { id } = await addKey(db, { name: "later", key: "later-key" });
      expect(await statuses("later-key")).toEqual([200, 200]);
      expect((await listKeys(db)).map((it) => it.name)).toEqual(["given at a start", "later"]);
      expect(await revokeKey(db, id)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect(await statuses("later-key")).toEqual([401, 401]);
    });

    test("a backup, taken while both write, is one moment of both, and is restored", async () => {
      const folder = mkdtempSync(join(tmpdir(), "backup-"));
      const file = join(folder, "backup.db");
      now += 60_000;
      for (let each = 0; each < 20; each += 1) await one.create({ name: `n${each}`, type: "email" });
      const writing = Promise.all([one, two].map((it) => it.create({ name: "meanwhile", type: "email" })));
      const copied = await backUp(db, file);
      await writing;
      expect(copied.handlers).toBeGreaterThanOrEqual(20);
      const other = await server.createDatabase();
      expect(await restore(file, other)).toEqual(copied);
      const restored = client(plain, await startSandbox({ instance: plain, apiKey, db: other }));
      expect((await restored.list()).meta.total).toBe(copied.handlers);
      await restored.close();
      await one.ask("DELETE", "/../_reset");
      rmSync(folder, { recursive: true, force: true });
    });

    test("the limit of requests is one for both", async () => {
      now += 60_000;
      const answers = [];
      for (let each = 0; each < 62; each += 1) answers.push((await (each % 2 ? one : two).list()).status);
      expect(answers.filter((it) => it === 200)).toHaveLength(60);
      const refused = await one.list();
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
      now += 60_000;
      expect((await two.list()).status).toBe(200);
    });

    test("both say whether the database answers, and that they live where it does not", async () => {
      const health = async (path: string) => {
        const answer = await fetch(new URL(path, one.baseUrl));
        return [answer.status, ((await answer.json()) as { status: string }).status];
      };
      expect([await health("/_health"), await health(`/sandbox/${plain}/_health`)]).toEqual([
        [200, "ok"],
        [200, "ok"],
      ]);
      // A server that hangs, which pg_ctl can't make: its processes sleep.
      const sleeping = server.processes();
      for (const id of sleeping) process.kill(id, "SIGSTOP");
      try {
        const late = await fetch(new URL("/_health", one.baseUrl), { signal: AbortSignal.timeout(100_000) });
        expect(late.status).toBe(503);
      } finally {
        for (const id of sleeping) process.kill(id, "SIGCONT");
      }
      server.stop();
      expect([await health("/_health"), await health(`/sandbox/${plain}/_health`)]).toEqual([
        [503, "unavailable"],
        [503, "unavailable"],
      ]);
      expect(await health("/_health/live")).toEqual([200, "ok"]);
      const refused = await one.create({ name: "n", type: "email" }).then(
        () => "created",
        (error: Error) => error.message,
      );
      expect(refused).toMatch(/does not answer\. It is unknown whether the change was made/);
      const list = await two.list();
      expect([list.status, titles(list)]).toEqual([503, ["The database of the sandbox does not answer."]]);
      expect(list.headers.get("retry-after")).toBe("1");
      server.start();
      expect(await health("/_health")).toEqual([200, "ok"]);
      expect((await two.list()).status).toBe(200);
    });

    test("a full disk gives 500, takes nothing back, and reads go on", async () => {
      now += 60_000;
      const ids: number[] = [];
      let refused = 0;
      for (let each = 0; each < 50 && refused === 0; each += 1) {
        // What can't be compressed, so that it takes the room that it has.
        const text = Array.from({ length: 900 }, () => Math.random().toString(36))
          .join("")
          .slice(0, 10_000);
        const many = Array.from({ length: 40 }, (_, n) =>
          one.ask("POST", "/notification-handlers", { name: `${each} ${n}`, type: "webhook", webhook: text }),
        );
        for (const answer of await Promise.all(many)) {
          if (answer.status === 200) ids.push((answer.body as { data: { id: number } }).data.id);
          else {
            expect([answer.status, titles(answer)]).toEqual([
              500,
              ["The database of the sandbox failed; nothing was changed."],
            ]);
            refused += 1;
          }
        }
        now += 60_000;
      }
      expect(refused).toBeGreaterThan(0);
      expect(
        (await two.list("?results_per_page=1000")).data.map((it) => it.id).sort((a, b) => a - b),
      ).toEqual(ids.sort((a, b) => a - b));
    });
  });
});
