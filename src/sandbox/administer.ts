import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { hashKey, makeKey } from "./keys.ts";
import { checkOptions } from "./options.ts";
import {
  isPostgresUrl,
  type Key,
  openSqliteStore,
  openStore,
  type Store,
  StoreError,
} from "./store/index.ts";

/**
 * Opens a database for an administrative task; sandboxes may serve it meanwhile. `db` is as in SandboxOptions. All functions here reject
 * with StoreError.
 */
async function using<T>(db: string, action: (store: Store) => Promise<T>, isMade = false): Promise<T> {
  if (!isMade && !isPostgresUrl(db) && !existsSync(db)) throw new StoreError(`There is no file ${db}.`);
  const store = await openStore(db, { connections: 1 });
  try {
    return await action(store);
  } finally {
    await store.close();
  }
}

/**
 * Adds an API key: the given one, or a new random one. The database keeps only its hash, so the caller has to keep the key. Rejects also with
 * SandboxOptionError, for a key that no header can carry.
 */
export async function addKey(
  db: string,
  { name, key = makeKey() }: { readonly name: string; readonly key?: string | undefined },
): Promise<{ readonly id: number; readonly key: string }> {
  checkOptions({ apiKeys: [key] });
  const added = Math.floor(Date.now() / 1000);
  return using(
    db,
    async (store) => {
      const [id] = await store.addKeys([{ name, hash: hashKey(key), added }]);
      return { id: id as number, key };
    },
    true,
  );
}

/** The keys of a database, the oldest first, without the keys themselves. */
export function listKeys(db: string): Promise<Key[]> {
  return using(db, async (store) => store.keys());
}

/** Revokes a key. False if there is none with this id. */
export function revokeKey(db: string, id: number): Promise<boolean> {
  return using(db, async (store) => store.removeKey(id));
}

/** What was copied. */
export interface Copied {
  readonly keys: number;
  readonly handlers: number;
}

/** Writes everything in a database, as it is at this moment, into a new SQLite file. The file appears only when the backup is complete. */
export async function backUp(db: string, file: string): Promise<Copied> {
  if (existsSync(file)) throw new StoreError(`${file} already exists: name a new file.`);
  return inFolder(dirname(file), async (made) => {
    const to = openSqliteStore(made);
    let copied: Copied;
    try {
      copied = await using(db, (store) => copy(store, to));
    } finally {
      // Closing moves everything from the log into the file.
      await to.close();
    }
    renameSync(made, file);
    return copied;
  });
}

/** Copies a backup into an empty database. The backup itself is left unchanged. */
export async function restore(file: string, db: string): Promise<Copied> {
  if (!existsSync(file) || !statSync(file).isFile()) throw new StoreError(`There is no file ${file}.`);
  const isNew = !isPostgresUrl(db) && !existsSync(db);
  return inFolder(tmpdir(), async (made) => {
    // Works on a copy, since a backup of an earlier version is migrated when it is opened.
    for (const suffix of ["", "-wal"])
      if (existsSync(file + suffix)) copyFileSync(file + suffix, made + suffix);
    const from = openBackup(made, file);
    try {
      return await using(db, async (store) => copy(from, store), true);
    } catch (error) {
      if (isNew) for (const suffix of ["", "-wal", "-shm"]) rmSync(db + suffix, { force: true });
      throw error;
    } finally {
      await from.close();
    }
  });
}

/** Opens the copy of a backup. Errors name the backup. */
function openBackup(made: string, file: string): Store {
  try {
    return openSqliteStore(made);
  } catch (error) {
    throw new StoreError((error as Error).message.replaceAll(made, file), { cause: error });
  }
}

/** Passes a path in a new temporary folder to `action`. The folder is removed at the end, so a file that should stay must be moved. */
async function inFolder<T>(parent: string, action: (made: string) => Promise<T>): Promise<T> {
  let folder: string;
  try {
    folder = mkdtempSync(join(parent, ".sandbox-"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StoreError(`Nothing can be written into ${parent}: ${code}.`, { cause: error });
  }
  try {
    return await action(join(folder, "handlers.db"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function copy(from: Store, to: Store): Promise<Copied> {
  let [keys, handlers] = [0, 0];
  await from.export(async (content) => {
    keys = content.keys.length;
    const counted = (async function* () {
      for await (const some of content.handlers) {
        handlers += some.length;
        yield some;
      }
    })();
    await to.import({ ...content, handlers: counted });
  });
  return { keys, handlers };
}
