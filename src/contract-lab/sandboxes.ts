import { type Checked, checkContract } from "../contract/check-contract.ts";
import { type CheckOptions, descriptionOf } from "../contract/prepare.ts";
import { serveSandboxes } from "../sandbox/index.ts";

/** Handlers that are there before a check begins: enough for pages, few enough for one that holds them all. */
export const seededHandlers = 15;

export interface SandboxCheck extends Omit<CheckOptions, "baseUrl" | "keys"> {
  /** The way in which the sandbox is to deviate. */
  readonly fault?: string | undefined;
  /** Handlers that are there before the check begins. */
  readonly seed?: number | undefined;
}

/** Starts a sandbox of an instance, with two accounts and some handlers in the first, checks it, and stops it. Throws UnknownFaultError. */
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
