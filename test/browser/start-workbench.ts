import type { Browser } from "playwright-core";
import { closeSoon, listen } from "../../src/http/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { createServer } from "../../src/server/index.ts";
import { launch } from "./browser.ts";

/** A server with a sandbox and the workbench's page, and a browser. */
export interface StartedWorkbench {
  /** Ends with a slash. */
  readonly site: string;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Starts the workbench of these instances, with these keys, and the browser at that path. */
export async function startWorkbench(
  instances: readonly string[],
  apiKeys: readonly string[],
  executable = "",
): Promise<StartedWorkbench> {
  const sandbox = await createSandbox({ instances, apiKeys });
  const { app } = await createServer({ instances, sandbox });
  const site = `${await listen(app, "127.0.0.1", 0)}/`;
  const browser = await launch(executable);
  const close = async () => {
    await browser.close();
    await closeSoon(app);
    await sandbox.close();
  };
  return { site, browser, close };
}
