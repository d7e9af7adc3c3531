import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The forms of a bundle, by the names of their files without the ending. */
export const forms = ["openapi", "openapi-3.0", "openapi-flat"] as const;
export type Form = (typeof forms)[number];

/** The steps of a trial, in this order. If one fails, the steps that need it are not tried. */
export const steps = ["generates", "compiles", "creates", "updates", "deletes"] as const;
export type Step = (typeof steps)[number];

/** Somebody else's tool that reads OpenAPI. */
export interface Tool {
  /** Its name. */
  readonly name: string;
  /** Rejects if the machine lacks something that the tool needs. */
  readonly version: () => string | Promise<string>;
  /** The Debian packages that it needs. */
  readonly needs?: string;
  /** What it makes, for readers of the table. */
  readonly makes: string;
  /** The steps that it supports. Default: all. */
  readonly steps?: readonly Step[];
  /** The known reasons why it fails at a step, for readers of the table. */
  readonly because?: Partial<Record<Step, string>>;
  /** The forms that it claims to read. Default: all. */
  readonly forms?: readonly Form[];
  /**
   * Generates its files from a bundle, in a folder that is also its working folder. Rejects with the reason.
   *
   * @param bundle the path of the description, in YAML
   */
  readonly generate: (bundle: string, folder: string) => Promise<void>;
  /**
   * A TypeScript module that calls what was generated, in `./generated`. It exports `create(body)`, which gives the id, `update(id, body)` and
   * `remove(id)`, each of which rejects where the API refuses; and it has a call as a person would write it, so that the types are tried, too.
   * It finds the sandbox in the environment: BASE_URL and API_KEY.
   */
  readonly driver?: string;
  /** Replaces TypeScript's compiler. */
  readonly compile?: (folder: string) => Promise<void>;
  /** Replaces `driver` for another language: the command of a program with one argument, which trial.ts passes. */
  readonly program?: readonly string[];
}

/** Runs a command in a folder, and returns its output. Rejects with the end of the output. */
export async function command(
  file: string,
  args: readonly string[],
  cwd: string,
  env: object = {},
): Promise<string> {
  try {
    const options = { cwd, env: { ...process.env, NO_COLOR: "1", ...env }, maxBuffer: 64 * 2 ** 20 };
    const { stdout } = await promisify(execFile)(file, args, options);
    return stdout;
  } catch (error) {
    const {
      stdout = "",
      stderr = "",
      message,
    } = error as { stdout?: string; stderr?: string; message: string };
    throw new Error(`${stdout}\n${stderr}`.trim() || message, { cause: error });
  }
}
