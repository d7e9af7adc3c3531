import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSite } from "../../src/docs/index.ts";
import { createApp, listen } from "../../src/http/index.ts";
import { mountFolder } from "../../src/server/folder.ts";
import { createServer } from "../../src/server/index.ts";

const place = mkdtempSync(join(tmpdir(), "folder-"));
const folder = join(place, "site");
afterAll(() => rmSync(place, { recursive: true }));

function expectGuarded({ headers }: Response): void {
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(headers.get("content-security-policy")).not.toContain("unsafe-inline");
}

describe("a folder", () => {
  const app = createApp();
  let origin = "";
  beforeAll(async () => {
    mkdirSync(join(folder, "sub", ".hidden"), { recursive: true });
    mkdirSync(join(folder, "empty"));
    mkdirSync(join(place, "elsewhere"));
    for (const path of [
      "index.html",
      "a b.txt",
      "data.yaml",
      "sub/index.html",
      "sub/code.js",
      ".nojekyll",
      "sub/.hidden/x.txt",
      "../secret.txt",
      "../elsewhere/index.html",
    ])
      writeFileSync(join(folder, path), `this is ${path}`);
    symlinkSync(join(place, "secret.txt"), join(folder, "link.txt"));
    symlinkSync(join(folder, "data.yaml"), join(folder, "inner.yaml"));
    symlinkSync(join(place, "elsewhere"), join(folder, "linked"));
    mountFolder(app, folder);
    origin = await listen(app, "127.0.0.1", 0);
  });
  afterAll(() => app.close());

  test.each([
    ["/", 200, "text/html; charset=utf-8"],
    ["/index.html", 200, "text/html; charset=utf-8"],
    ["/?query", 200, "text/html; charset=utf-8"],
    ["/a%20b.txt", 200, "text/plain; charset=utf-8"],
    ["/data.yaml", 200, "application/yaml; charset=utf-8"],
    ["/sub/code.js", 200, "text/javascript; charset=utf-8"],
    ["/sub/", 200, "text/html; charset=utf-8"],
    ["/sub", 302, null],
    ["/empty/", 404, "application/json; charset=utf-8"],
    ["/nothing", 404, "application/json; charset=utf-8"],
    ["/data.yaml/", 404, "application/json; charset=utf-8"],
    ["/.nojekyll", 404, "application/json; charset=utf-8"],
    ["/%2enojekyll", 404, "application/json; charset=utf-8"],
    ["/sub/.hidden/x.txt", 404, "application/json; charset=utf-8"],
    ["/link.txt", 404, "application/json; charset=utf-8"],
    ["/inner.yaml", 404, "application/json; charset=utf-8"],
    ["/linked/", 404, "application/json; charset=utf-8"],
    ["/linked/index.html", 404, "application/json; charset=utf-8"],
    ["/..%2fsecret.txt", 404, "application/json; charset=utf-8"],
    ["/sub/..%2f..%2f..%2fsecret.txt", 404, "application/json; charset=utf-8"],
    ["/..%5csecret.txt", 404, "application/json; charset=utf-8"],
    ["//evil.example/sub", 404, "application/json; charset=utf-8"],
    ["//sub", 404, "application/json; charset=utf-8"],
    ["/data.yaml%00", 404, "application/json; charset=utf-8"],
    ["/%ZZ", 404, "application/json; charset=utf-8"],
  ])("%s is answered with %i and guarding headers", async (path, status, type) => {
    const answer = await fetch(origin + path, { redirect: "manual" });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, type]);
    expectGuarded(answer);
    if (status === 302) expect(answer.headers.get("location")).toBe(`${path}/`);
    expect(await answer.text()).not.toContain("this is ../secret");
  });

  test("a browser gets the site's own page for a missing file", async () => {
    writeFileSync(join(folder, "404.html"), "not here");
    const answer = await fetch(`${origin}/nothing`, { headers: { accept: "text/html,*/*" } });
    expect([answer.status, await answer.text()]).toEqual([404, "not here"]);
    expectGuarded(answer);
  });

  test.each(["application/json", "application/json, text/html;q=0.5", "*/*", "text/html;q=0"])(
    "a program that accepts %s gets the errors body",
    async (accept) => {
      const answer = await fetch(`${origin}/nothing`, { headers: { accept } });
      expect(await answer.json()).toMatchObject({ errors: [{ status: 404 }] });
    },
  );

  test("another method is refused, with guarding headers", async () => {
    const answer = await fetch(origin, { method: "POST" });
    expect(answer.status).toBe(404);
    expectGuarded(answer);
  });
});

describe("the docs of the server", () => {
  let origin = "";
  let close = async (): Promise<void> => undefined;
  beforeAll(async () => {
    const { app } = await createServer({ descriptions: [], site: openSite() });
    close = () => app.close();
    origin = await listen(app, "127.0.0.1", 0);
  });
  afterAll(() => close());

  test.each([
    ["/", "GET", 200],
    ["/docs", "GET", 302],
    ["/docs/", "GET", 200],
    ["/docs/differences.html", "GET", 200],
    ["/docs/differences.html", "HEAD", 200],
    ["/docs/assets/site.css", "GET", 200],
    ["/docs/nothing.html", "GET", 404],
    ["/docs/differences.html", "POST", 404],
    ["/docs/.nojekyll", "GET", 404],
    ["/docs/%2Enojekyll", "GET", 404],
    ["/docs/%ZZ", "GET", 404],
    ["/nothing", "GET", 404],
  ])("%s by %s is answered with %i and guarding headers", async (path, method, status) => {
    const answer = await fetch(origin + path, { method, redirect: "manual" });
    expect(answer.status).toBe(status);
    expectGuarded(answer);
  });

  test("a browser gets a page for a missing file", async () => {
    const answer = await fetch(`${origin}/docs/nothing`, { headers: { accept: "text/html,*/*" } });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('href="/docs/index.html"');
    expectGuarded(answer);
  });

  test("pages are compressed, and sent again only when they have changed", async () => {
    const page = await fetch(`${origin}/docs/differences.html`);
    expect(page.headers.get("content-encoding")).toMatch(/^(br|gzip)$/);
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const tag = page.headers.get("etag") ?? "";
    const again = await fetch(`${origin}/docs/differences.html`, { headers: { "if-none-match": tag } });
    expect(again.status).toBe(304);
    const style = /href="(assets\/site\.css[^"]*)"/.exec(await page.text())?.[1];
    for (const [path, caching] of [
      [style, "public, max-age=31536000, immutable"],
      ["assets/site.css", "no-cache"],
    ]) {
      const answer = await fetch(`${origin}/docs/${path}`);
      // A body that nobody reads keeps its connection, and the server with it.
      await answer.text();
      expect(answer.headers.get("cache-control")).toBe(caching);
    }
  });

  test("another origin can't read the front page, whatever its preflight was answered", async () => {
    const asked = { origin: "https://app.example", "access-control-request-method": "GET" };
    expect((await fetch(origin, { method: "OPTIONS", headers: asked })).status).toBe(204);
    const page = await fetch(origin, { headers: { origin: "https://app.example" } });
    expect(page.headers.get("access-control-allow-origin")).toBe(null);
  });
});
