import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import fastifyStatic from "@fastify/static";
import { describe, expect, test } from "vitest";
import { instanceNames } from "../../../src/description/index.ts";
import { createApp, listen } from "../../../src/http/index.ts";
import { mountFolder } from "../../../src/server/folder.ts";
import type { BuiltSite } from "./shown.ts";

const [name = ""] = instanceNames;
const key = "a-key-that-must-not-leak";

/** The site on a static file host. */
export function describeStaticHost(built: BuiltSite): void {
  describe("a static host", () => {
    test("may be at any path", async () => {
      const app = createApp();
      await app.register(fastifyStatic, { root: built.folder, prefix: "/some/where/" });
      const host = await listen(app, "127.0.0.1", 0);
      for (const path of ["index.html", "differences.html", `${name}/index.html`, `${name}/en/index.html`]) {
        const site = `${host}/some/where/`;
        const { errors, strangers } = await built.tab.visit(site + path, { site });
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
      mountFolder(app, built.folder);
      const host = await listen(app, "127.0.0.1", 0);
      const { page } = await built.tab.visit(`${host}/${name}/en/`, { site: "http://127.0.0.1:" });
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
}
