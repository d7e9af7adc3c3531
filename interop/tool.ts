import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The forms of a bundle, by the names of their files without the ending. */
export const forms = ["openapi", "openapi-3.0", "openapi-flat"] as const;
export type Form = (typeof forms)[number];

/** What is tried, in this order: what fails ends the trial of a step that needs it. */
export const steps = ["generates", "compiles", "creates", "updates", "deletes"] as const;
export type Step = (typeof steps)[number];

/** Somebody else's tool that reads OpenAPI. */
export interface Tool {
  /** As its users call it. */
  readonly name: string;
  /** Rejects where the machine lacks something that the tool needs. */
  readonly version: () => string | Promise<string>;
  /** What it needs beside npm's packages, as Debian names it. */
  readonly needs?: string;
  /** What it makes, for readers of the table. */
  readonly makes: string;
  /** The steps that it can be asked for; all where nothing is said. */
  readonly steps?: readonly Step[];
  /** Why it fails at a step where it does, as far as that is known, for readers of the table. */
  readonly because?: Partial<Record<Step, string>>;
  /** The forms that it says it reads; all where nothing is said. */
  readonly forms?: readonly Form[];
  /**
   * Makes its files of a bundle in a folder, which is the working folder of what it starts. Rejects with what is wrong.
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
  /** In the place of TypeScript's compiler. */
  readonly compile?: (folder: string) => Promise<void>;
  /** In the place of `driver` for another language: the command of a program with one argument, as trial.ts gives it. */
  readonly program?: readonly string[];
}

/** Runs a command in a folder, and gives what it printed. Rejects with the end of that. */
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
