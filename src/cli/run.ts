import { BundleError, UnknownInstanceError } from "../description/index.ts";
import { ListenError } from "../http/listen.ts";

/** Runs a command; what a person can mend is said in one line, with exit code 2. `mendable`: what more there is of that. */
export async function run(
  command: () => Promise<void>,
  mendable: readonly (abstract new (...parameters: never[]) => Error)[] = [],
): Promise<void> {
  try {
    await command();
  } catch (error) {
    const all = [UnknownInstanceError, BundleError, ListenError, ...mendable];
    const known = all.some((type) => error instanceof type);
    if (!known) throw error;
    console.error((error as Error).message);
    process.exit(2);
  }
}
