import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { isPostgresUrl, SandboxOptionError } from "../sandbox/index.ts";

/** The variable that names the database where no option does. */
export const databaseVariable = "NOTIFICATION_HANDLERS_SANDBOX_DB";

/** Which database a command is for. */
export interface DatabaseFlags {
  readonly db?: string;
  readonly dbUrlFile?: string;
  readonly dbConnections?: number;
}

/** Gives a command the options that name a database. */
export function withDatabase(command: Command, without: string): Command {
  return command
    .option(
      "--db <file or URL>",
      `SQLite file, or postgres://… (default: $${databaseVariable}, else ${without})`,
    )
    .option(
      "--db-url-file <file>",
      "file with the URL of a PostgreSQL database in it, so that no password is in the process list",
    )
    .option("--db-connections <number>", "connections to PostgreSQL at a time (default: 10)", connections);
}

function connections(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new InvalidArgumentError("It must be a whole number from 1 to 9999.");
  return Number(text);
}

/**
 * The database that a command's options or the environment name; undefined where nothing does. `warn` is told when a password can be read in
 * the process list. Throws SandboxOptionError, whose message repeats no URL.
 */
export function databaseOf(
  { db, dbUrlFile }: DatabaseFlags,
  environment: NodeJS.ProcessEnv,
  warn: (line: string) => void,
): string | undefined {
  if (db !== undefined && dbUrlFile !== undefined)
    throw new SandboxOptionError("--db and --db-url-file both name a database: leave one out.");
  if (dbUrlFile !== undefined) return urlIn(dbUrlFile);
  if (db === "") throw new SandboxOptionError("--db must name a file or a URL; leave it out for none.");
  if (db === undefined) return environment[databaseVariable] || undefined;
  if (isPostgresUrl(db) && process.argv.some((it) => it.includes(db)) && /:\/\/[^/?#]*:[^/?#]*@/.test(db)) {
    warn(
      `Others on this machine can read the password of --db in the process list: --db-url-file and ${databaseVariable} keep it out of there.`,
    );
  }
  return db;
}

function urlIn(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new SandboxOptionError(`${file} of --db-url-file can't be read: ${(error as Error).message}.`);
  }
  if (!isPostgresUrl(text) || /\s/.test(text)) {
    throw new SandboxOptionError(
      `${file} of --db-url-file must hold the URL of a PostgreSQL database and nothing else: postgres://user:password@host:port/database.`,
    );
  }
  return text;
}
