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

/** What is done with a database beside serving it; sandboxes may serve it meanwhile. `db` is as in SandboxOptions. All reject with StoreError. */
async function using<T>(db: string, action: (store: Store) => Promise<T>, isMade = false): Promise<T> {
  if (!isMade && !isPostgresUrl(db) && !existsSync(db)) throw new StoreError(`There is no file ${db}.`);
  const store = await openStore(db, { connections: 1 });
  try {
    return await action(store);
  } finally {
    await store.close();
  }
}

/** Adds an API key: the one that is given, or one that is made. It is known nowhere but here, so whoever calls has to keep it. */
export function addKey(
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

/** The keys that a database knows, the oldest first: what is kept of them. */
export function listKeys(db: string): Promise<Key[]> {
  return using(db, async (store) => store.keys());
}

/** Takes a key away. False where there is none of this id. */
export function revokeKey(db: string, id: number): Promise<boolean> {
  return using(db, async (store) => store.removeKey(id));
}

/** How much was copied. */
export interface Copied {
  readonly keys: number;
  readonly handlers: number;
}

/**
 * Writes everything that a database has at this moment into a new file, an SQLite database of a sandbox. Half a backup is never under the
 * file's name.
 */
export async function backUp(db: string, file: string): Promise<Copied> {
  if (existsSync(file)) throw new StoreError(`${file} is there already: name a new file.`);
  return inFolder(dirname(file), async (made) => {
    const to = openSqliteStore(made);
    let copied: Copied;
    try {
      copied = await using(db, (store) => copy(store, to));
    } finally {
      // It moves everything from the log into the file.
      await to.close();
    }
    renameSync(made, file);
    return copied;
  });
}

/** Puts everything of a backup, which is left as it is, into an empty database. */
export async function restore(file: string, db: string): Promise<Copied> {
  if (!existsSync(file) || !statSync(file).isFile()) throw new StoreError(`There is no file ${file}.`);
  const isNew = !isPostgresUrl(db) && !existsSync(db);
  return inFolder(tmpdir(), async (made) => {
    // A copy: one of an earlier version is brought up to date when it is opened.
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

/** Opens the copy of a backup; what is wrong is said of the backup. */
function openBackup(made: string, file: string): Store {
  try {
    return openSqliteStore(made);
  } catch (error) {
    throw new StoreError((error as Error).message.replaceAll(made, file), { cause: error });
  }
}

/** Gives a place for a file, in a folder of its own, of which nothing is left at the end: what is to stay is moved away. */
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
