import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instanceEntry, instanceNames, loadDescription, rolesOf } from "../../src/description/index.ts";
import { closeSoon, listen } from "../../src/http/index.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.ts";
import { createServer } from "../../src/server/index.ts";
import { faults, findBrowser, launch, settle, Tab } from "./browser.ts";

const executable = findBrowser();
const [name = ""] = instanceNames;

describe.skipIf(executable === undefined)("the docs from a server", { timeout: 180_000 }, () => {
  let browser: Browser;
  let tab: Tab;
  beforeAll(async () => {
    browser = await launch(executable ?? "");
    tab = await Tab.open(browser);
  }, 180_000);
  afterAll(() => browser?.close());

  describe("npm start", () => {
    let sandbox: Sandbox;
    let host: string;
    let close: () => Promise<void>;
    beforeAll(async () => {
      sandbox = await createSandbox();
      const { app } = await createServer({ descriptions: [loadDescription(name)], sandbox });
      close = () => closeSoon(app);
      host = await listen(app, "127.0.0.1", 0);
    });
    afterAll(async () => {
      await close();
      await sandbox.close();
    });

    test.each(["", "docs/differences.html", `docs/${name}/en/`])(
      "/%s loads its own files only, and is no wider than a phone or a desktop",
      async (path) => {
        const { page, errors, strangers } = await tab.visit(`${host}/${path}`, { site: `${host}/` });
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 900 });
          await settle(page);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(overflow, `${width} pixels`).toBeLessThanOrEqual(0);
        }
        expect(errors).toEqual([]);
        expect(strangers).toEqual([]);
      },
    );

    test("the workbench shows a request that was just made", async () => {
      const { page, errors } = await tab.visit(`${host}/`, { site: `${host}/` });
      await page.locator(".tabs").waitFor();
      await fetch(`${host}/sandbox/${name}/api${instanceEntry(name).listPath}`, {
        headers: { authorization: `Bearer ${sandbox.apiKeys[0]}` },
      });
      await page.locator(".requests .line").first().waitFor();
      expect(errors).toEqual([]);
    });

    test("an address that leads nowhere gets a page that leads home, in which axe finds nothing", async () => {
      const { page, errors, strangers } = await tab.visit(`${host}/docs/no/such/page`, { site: `${host}/` });
      expect(errors).toEqual([expect.stringContaining("404")]);
      expect(strangers).toEqual([]);
      expect(await faults(page)).toEqual([]);
      await page.getByRole("link").first().click();
      expect(page.url()).toBe(`${host}/docs/index.html`);
    });

    test("what is tried reaches the sandbox: a handler is created, read and deleted", async () => {
      const { page, errors } = await tab.visit(`${host}/docs/${name}/en/`, { site: `${host}/` });
      const type = instanceEntry(name).types.at(-2) ?? "";
      await page.locator(`#create a[data-choose="${type}"]`).click();
      const create = page.locator("#create details.try");
      await create.locator("summary").click();
      // Where the server is, and its key, stand there already.
      expect(await create.locator("input[type=url]").inputValue()).toBe(`${host}/sandbox/${name}/api`);
      await create.getByLabel("name", { exact: true }).fill("Tried");
      const [field] = rolesOf(loadDescription(name)).fields.get(type) ?? [];
      if (field) await create.getByLabel(field, { exact: true }).fill("https://example.com/hook");
      await create.getByRole("button", { name: "Send" }).click();
      await expect.poll(() => create.locator(".answered p").textContent()).toMatch(/^200,/);
      const { data } = JSON.parse((await create.locator(".answered pre").textContent()) ?? "{}");

      for (const operation of ["read", "delete"]) {
        const place = page.locator(`#${operation} details.try`);
        await place.locator("summary").click();
        await place.getByLabel("notification_handler_id").fill(String(data.id));
        await place.getByRole("button", { name: "Send" }).click();
        await expect.poll(() => place.locator(".answered p").textContent()).toMatch(/^200,/);
        if (operation === "read")
          expect(await place.locator(".answered pre").textContent()).toContain(`"type": "${type}"`);
      }
      expect(errors).toEqual([]);
    });
  });
});
