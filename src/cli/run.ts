import { BundleError, UnknownInstanceError } from "../description/index.ts";
import { ListenError } from "../http/listen.ts";

/**
 * Runs a command. An error that the user can correct is printed as one line, with exit code 2; `userErrors`: further classes of such
 * errors.
 */
export async function run(
  command: () => Promise<void>,
  userErrors: readonly (abstract new (...parameters: never[]) => Error)[] = [],
): Promise<void> {
  try {
    await command();
  } catch (error) {
    const all = [UnknownInstanceError, BundleError, ListenError, ...userErrors];
    if (!all.some((type) => error instanceof type)) throw error;
    console.error((error as Error).message);
    process.exit(2);
  }
}
