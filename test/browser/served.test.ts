import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instanceEntry, instanceNames, loadDescription, rolesOf } from "../../src/description/index.ts";
import { buildDocs } from "../../src/docs/index.ts";
import { createApp, listen } from "../../src/http/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { mountFolder } from "../../src/server/folder.ts";
import { createServer } from "../../src/server/index.ts";
import { faults, findBrowser, launch, Tab } from "./browser.ts";

const executable = findBrowser();
const [name = ""] = instanceNames;
const key = "a-key-that-must-not-leak";

describe.skipIf(executable === undefined)("the docs from a server", { timeout: 180_000 }, () => {
  let browser: Browser;
  let tab: Tab;
  beforeAll(async () => {
    browser = await launch(executable ?? "");
    tab = await Tab.open(browser);
  }, 180_000);
  afterAll(() => browser?.close());

  describe("npm start", () => {
    const sandbox = createSandbox();
    let host: string;
    let close: () => Promise<void>;
    beforeAll(async () => {
      const { app } = await createServer({ descriptions: [loadDescription(name)], sandbox });
      close = () => app.close();
      host = await listen(app, "127.0.0.1", 0);
    });
    afterAll(async () => {
      await close();
      sandbox.close();
    });

    test.each(["", "docs/differences.html", `docs/${name}/`, `docs/${name}/en/`])(
      "/%s loads its own files only, and axe finds nothing",
      async (path) => {
        const { page, errors, strangers } = await tab.visit(`${host}/${path}`, { site: `${host}/` });
        expect(errors).toEqual([]);
        expect(strangers).toEqual([]);
        expect(await faults(page)).toEqual([]);
      },
    );

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

  describe("a static host", () => {
    const folder = join(mkdtempSync(join(tmpdir(), "docs-")), "site");
    beforeAll(() => buildDocs({ folder }), 180_000);
    afterAll(() => rmSync(join(folder, ".."), { recursive: true }));

    test("may be at any path", async () => {
      const app = createApp();
      await app.register(fastifyStatic, { root: folder, prefix: "/some/where/" });
      const host = await listen(app, "127.0.0.1", 0);
      for (const path of ["index.html", "differences.html", `${name}/index.html`, `${name}/en/index.html`]) {
        const site = `${host}/some/where/`;
        const { errors, strangers } = await tab.visit(site + path, { site });
        expect([errors, strangers]).toEqual([[], []]);
      }
      await app.close();
    });

    test("sends a key to the base URL that the reader types, keeps it nowhere, and follows no redirect", async () => {
      const seen: string[] = [];
      const elsewhere = createHttpServer((request, response) => {
        seen.push(
          `${request.method} ${request.url} ${request.headers.authorization} ${request.headers.referer}`,
        );
        const headers = {
          "access-control-allow-origin": "*",
          "access-control-allow-headers": "authorization",
        };
        if (request.method === "OPTIONS") response.writeHead(204, headers).end();
        else if (request.url?.startsWith("/moved/"))
          response.writeHead(307, { ...headers, location: "/api/" }).end();
        else response.writeHead(200, headers).end('{"data":[]}');
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
      const target = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
      const app = createApp();
      mountFolder(app, folder);
      const host = await listen(app, "127.0.0.1", 0);
      const { page } = await tab.visit(`${host}/${name}/en/`, { site: "http://127.0.0.1:" });
      const place = page.locator("#list details.try");
      await place.locator("summary").click();
      expect(await place.locator("input[type=url]").inputValue()).toBe("");
      await place.locator("input[type=url]").fill(`${target}/api`);
      await place.locator("input[type=password]").fill(key);
      await place.getByRole("button", { name: "Send" }).click();
      await expect.poll(() => place.locator(".answered p").textContent()).toMatch(/^200,/);
      expect(seen.at(-1)).toBe(`GET /api/notification-handlers/ Bearer ${key} undefined`);

      await place.locator("input[type=url]").fill(`${target}/moved`);
      await place.getByRole("button", { name: "Send" }).click();
      await expect.poll(() => place.locator(".answered p").textContent()).toContain("no answer");
      expect(seen.at(-1)).toContain("/moved/");

      await place.locator("input[type=url]").evaluate((input) => {
        (input as HTMLInputElement).type = "text";
      });
      await place.locator("input").first().fill("javascript:alert(1)");
      await place.getByRole("button", { name: "Send" }).click();
      await expect.poll(() => place.locator(".answered p").textContent()).toContain("http://");

      const kept = await page.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
      );
      expect(kept).not.toContain(key);
      await page.reload();
      await place.locator("summary").click();
      expect(await place.locator("input[type=password]").inputValue()).toBe("");
      await app.close();
      elsewhere.closeAllConnections();
      elsewhere.close();
    });
  });
});
