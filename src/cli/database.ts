import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { isPostgresUrl, SandboxOptionError } from "../sandbox/index.ts";

/** The variable that names the database if no option does. */
export const databaseVariable = "NOTIFICATION_HANDLERS_SANDBOX_DB";

/** The options that name a database. */
export interface DatabaseFlags {
  readonly db?: string;
  readonly dbUrlFile?: string;
  readonly dbConnections?: number;
}

/** Adds the options that name a database. */
export function withDatabase(command: Command, without: string): Command {
  return command
    .option(
      "--db <file or URL>",
      `SQLite file, or postgres://… (default: $${databaseVariable}, else ${without})`,
    )
    .option(
      "--db-url-file <file>",
      "file that contains the URL of a PostgreSQL database, to keep its password out of the process list",
    )
    .option("--db-connections <number>", "size of the PostgreSQL connection pool (default: 10)", connections);
}

function connections(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new InvalidArgumentError("It must be a whole number from 1 to 9999.");
  return Number(text);
}

/**
 * The database that a command's options or the environment name; undefined if there is none. Calls `warn` if a password is visible in the
 * process list. Throws SandboxOptionError, whose message repeats no URL.
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
      `Others on this machine can read the password of --db in the process list: --db-url-file and ${databaseVariable} avoid that.`,
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
