import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/generate/paths.ts";
import { listen } from "../../src/http/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { createServer } from "../../src/server/index.ts";
import { findBrowser } from "../browser/browser.ts";
import { triesAll } from "../scope.ts";

const require = createRequire(import.meta.url);
const executablePath = findBrowser();
const instance = "bitpeak.ru";

/** A front end, which asks for the list again when that fails, or does not. */
const frontEnd = (
  baseUrl: string,
  isPatient: boolean,
) => `<!doctype html><title>Handlers</title><script type="module">
const ask = () => fetch("${baseUrl}/notification-handlers/", { headers: { authorization: "Bearer test-key-0" } });
let answer = await ask();
if (${isPatient} && answer.status >= 500) answer = await ask();
document.title = String(answer.status);
</script>`;

test.runIf(executablePath !== undefined && triesAll("PLAYWRIGHT_RECIPE"))(
  "the Playwright recipe of docs/workbench.md passes with a front end that asks again, and fails with none",
  { timeout: 180_000 },
  async () => {
    const sandbox = await createSandbox({ instances: [instance], apiKeys: ["test-key-0"] });
    const { app } = await createServer({ instances: [instance], sandbox });
    const origin = await listen(app, "127.0.0.1", 0);
    let isPatient = true;
    const page = createHttpServer(({ url }, response) => {
      response.setHeader("content-type", "text/html");
      response.end(url === "/" ? frontEnd(`${origin}/sandbox/${instance}/api`, isPatient) : "");
    });
    await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
    const { port } = page.address() as { port: number };

    const folder = await mkdtemp(join(tmpdir(), "recipe-"));
    const installed = join(folder, "node_modules/notification-handlers-devkit");
    await mkdir(installed, { recursive: true });
    for (const name of ["@playwright", "playwright", "playwright-core"])
      await symlink(join(projectRoot, "node_modules", name), join(folder, "node_modules", name));
    await writeFile(join(installed, "package.json"), '{ "type": "module", "exports": "./index.js" }');
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    const build = await rolldown({ input: join(projectRoot, "src/devkit/workbench.ts"), logLevel: "silent" });
    await build.write({ file: join(installed, "index.js"), format: "esm" });
    await build.close();
    const docs = await readFile(join(projectRoot, "docs/workbench.md"), "utf8");
    const [recipe = ""] = docs.match(/import \{ test as base[\s\S]*?(?=\n```)/) ?? [];
    await writeFile(
      join(folder, "recipe.spec.js"),
      recipe.replace("http://127.0.0.1:4010", origin).replace("bitpeak.ru", instance),
    );
    const played = async (timeout: number) => {
      const use = {
        baseURL: `http://127.0.0.1:${port}`,
        launchOptions: { executablePath, args: ["--no-sandbox"] },
      };
      const config = { workers: 1, reporter: "line", expect: { timeout }, use };
      await writeFile(join(folder, "playwright.config.js"), `export default ${JSON.stringify(config)};`);
      const cli = join(require.resolve("@playwright/test/package.json"), "../cli.js");
      return promisify(execFile)(process.execPath, [cli, "test"], { cwd: folder }).then(
        ({ stdout }) => stdout,
        ({ stdout }) => stdout as string,
      );
    };
    try {
      expect(await played(20_000)).toContain("1 passed");
      isPatient = false;
      expect(await played(1000)).toContain("1 failed");
    } finally {
      page.close();
      await app.close();
      await sandbox.close();
    }
  },
);
