import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";
import { startSandbox } from "../../src/sandbox/index.ts";
import { runtimes } from "./runtimes.ts";
import { hardText } from "./scenario.ts";
import { refusedUrl, startWrongServer } from "./servers.ts";

for (const [name, run] of Object.entries(runtimes)) {
  test.skipIf(run === undefined)(`the client gives the same results in ${name}`, async () => {
    const folder = await mkdtemp(join(tmpdir(), "runtime-"));
    const sandbox = await startSandbox({ instance: "k.aws.bj" });
    const wrong = await startWrongServer();
    try {
      await bundle(folder);
      const places = {
        baseUrl: sandbox.baseUrl,
        apiKey: sandbox.apiKey,
        wrongUrl: wrong.url,
        refusedUrl: await refusedUrl(),
      };
      expect(await run?.(folder, places)).toEqual({
        name: hardText,
        listed: true,
        found: 3,
        http: [200, [true]],
        gone: { code: "http", status: 404 },
        stranger: { code: "http", status: 401 },
        html: { code: "html", status: 200 },
        cut: { code: "invalid_json", status: 200 },
        broken: { code: "network", status: 200 },
        // Browsers hide the status of a redirect.
        elsewhere: { code: "redirect", status: name === "Chromium" ? 0 : 302 },
        recovers: expect.objectContaining({ id: 7 }),
        late: { code: "timeout" },
        aborted: { code: "aborted" },
        refused: { code: "network" },
        // Browsers and Workers do not say that it was refused, so that a create may have happened.
        attempts: ["Chromium", "workerd"].includes(name) ? 1 : 3,
      });
      const asked = wrong.asked.toSorted();
      expect(asked).toEqual([
        "broken",
        "cut",
        "elsewhere",
        "html",
        "recovers",
        "recovers",
        "silent",
        "silent",
      ]);
    } finally {
      wrong.close();
      await sandbox.close();
      await rm(folder, { recursive: true });
    }
  });
}

/** The client and the scenario as one module, as a bundler for browsers makes it. */
async function bundle(folder: string): Promise<void> {
  const input = fileURLToPath(new URL("scenario.ts", import.meta.url));
  const build = await rolldown({ input, platform: "browser", logLevel: "silent" });
  await build.write({ file: join(folder, "scenario.mjs"), format: "esm" });
  await build.close();
}
