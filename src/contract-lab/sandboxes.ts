import { type Checked, type CheckOptions, checkContract, descriptionOf } from "../contract/index.ts";
import type { Clock } from "../contract/wire/index.ts";
import { serveSandboxes } from "../sandbox/index.ts";

/** Handlers before a check begins: enough for several pages, few enough to fit on one page. */
export const seededHandlers = 15;

/** No waiting: a sandbox needs no pauses between requests. */
export const impatient: Clock = { now: () => Date.now(), sleep: async () => {} };

/** Options of a run against a sandbox. */
export interface SandboxCheck extends Omit<CheckOptions, "baseUrl" | "keys"> {
  /** The fault of the sandbox. */
  readonly fault?: string | undefined;
  /** Handlers before the check begins. */
  readonly seed?: number | undefined;
}

/**
 * Starts a sandbox of an instance with two accounts, and some handlers in the first; runs the checks against it; stops it. Throws
 * UnknownFaultError.
 */
export async function checkSandbox({
  fault,
  seed = seededHandlers,
  ...options
}: SandboxCheck): Promise<Checked> {
  const apiKeys = ["contract-tests-first-account", "contract-tests-other-account"] as const;
  const description = descriptionOf(options);
  const sandbox = await serveSandboxes({ descriptions: [description], apiKeys, seed, fault });
  try {
    const baseUrl = sandbox.baseUrls.get(description.name);
    return await checkContract({
      write: true,
      ...options,
      baseUrl,
      keys: { valid: apiKeys[0], other: apiKeys[1] },
    });
  } finally {
    await sandbox.close();
  }
}
