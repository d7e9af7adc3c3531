import { type Command, Option } from "commander";
import {
  addKey,
  backUp,
  type Copied,
  listKeys,
  restore,
  revokeKey,
  SandboxOptionError,
  StoreError,
} from "../sandbox/index.ts";
import { type DatabaseFlags, databaseOf, withDatabase } from "./database.ts";
import { createProgram } from "./program.ts";
import { run } from "./run.ts";
import { aligned } from "./table.ts";

/** The commands for a database; it may be served meanwhile. */
const program = createProgram("sandbox", {
  does: "Keys, backups and restores of a sandbox's database, while it is served, too.",
  exitCodes: "0 done, 2 wrong usage, or a database or file that can't be used",
}).helpCommand(false);

const keys = program
  .command("keys")
  .description("Adds, lists and revokes the API keys of a database.")
  .helpCommand(false);

onDatabase(keys.command("add"))
  .summary("add an API key, and print it this once")
  .description(
    "Adds an API key, and prints it this once: only its hash is stored. It is valid at once, for every instance.",
  )
  .addOption(new Option("--name <text>", "what the key is for").default("", "no name"))
  .option("--api-key <key>", "this key (default: a random one)")
  .option("--json", "print JSON")
  .action((flags: DatabaseFlags & { name: string; apiKey?: string; json?: boolean }) =>
    withStore(flags, async (db) => {
      const { id, key } = await addKey(db, { name: flags.name, key: flags.apiKey });
      console.log(flags.json ? JSON.stringify({ id, name: flags.name, key }) : key);
    }),
  );

onDatabase(keys.command("list"))
  .summary("list the API keys")
  .description("Lists the API keys: their ids and names, and when they were added.")
  .option("--json", "print JSON")
  .action((flags: DatabaseFlags & { json?: boolean }) =>
    withStore(flags, async (db) => {
      const all = (await listKeys(db)).map(({ id, name, added }) => ({
        id,
        name,
        added: new Date(added * 1000).toISOString().replace(".000Z", "Z"),
      }));
      console.log(
        flags.json
          ? JSON.stringify(all)
          : aligned([["id", "added", "name"], ...all.map((it) => [String(it.id), it.added, it.name])]),
      );
    }),
  );

onDatabase(keys.command("revoke"))
  .summary("revoke API keys")
  .description(
    "Revokes API keys: every server refuses them within a second. Their handlers stay, and come back when the same key is added again.",
  )
  .argument("<id...>", "as shown by keys list")
  .action((ids: string[], flags: DatabaseFlags) =>
    withStore(flags, async (db) => {
      for (const id of ids) {
        if (!/^\d{1,15}$/.test(id) || !(await revokeKey(db, Number(id))))
          throw new SandboxOptionError(
            `There is no key ${id.slice(0, 20)}: keys list shows the existing ids.`,
          );
        console.log(`Key ${id} is revoked.`);
      }
    }),
  );

onDatabase(program.command("backup"))
  .description(
    "Writes everything in a database, as it is at this moment, into a new file: an SQLite database, which sandbox --db serves.",
  )
  .argument("<file>", "a file that does not exist yet")
  .action((file: string, flags: DatabaseFlags) =>
    withStore(flags, async (db) => console.log(`${file} has ${said(await backUp(db, file))}.`)),
  );

onDatabase(program.command("restore"))
  .description("Copies a backup, or any SQLite database of a sandbox, into an empty database.")
  .argument("<file>", "the backup")
  .action((file: string, flags: DatabaseFlags) =>
    withStore(flags, async (db) =>
      console.log(`The database has ${said(await restore(file, db))} from ${file}.`),
    ),
  );

function onDatabase(command: Command): Command {
  return withDatabase(command, "none, which is an error").helpOption("-h, --help", "show this help");
}

async function withStore(flags: DatabaseFlags, action: (db: string) => Promise<void>): Promise<void> {
  const db = databaseOf(flags, process.env, console.error);
  if (db === undefined) throw new SandboxOptionError("Name a database with --db or --db-url-file.");
  await action(db);
}

function said({ keys, handlers }: Copied): string {
  const some = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;
  return `${some(keys, "key")} and ${some(handlers, "handler")}`;
}

await run(async () => {
  await program.parseAsync();
}, [SandboxOptionError, StoreError]);
