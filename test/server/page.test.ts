import { createHash } from "node:crypto";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { familyName, instanceEntry, instanceNames, loadDescription } from "../../src/description/index.ts";
import { DocsError, openSite } from "../../src/docs/index.ts";
import { closeSoon, listen } from "../../src/http/index.ts";
import { startMock } from "../../src/mock/index.ts";
import { createSandbox, type Sandbox, startSandbox } from "../../src/sandbox/index.ts";
import { createServer } from "../../src/server/index.ts";
import type { InstanceModel } from "../../src/workbench/page/boot.ts";
import { pageFile } from "../../src/workbench/page/render.ts";

describe("the page at /", () => {
  let sandbox: Sandbox;
  let origin: string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    sandbox = await createSandbox();
    const { app } = await createServer({ descriptions: instanceNames.map(loadDescription), sandbox });
    close = () => closeSoon(app);
    // The page goes by the name that the reader addressed.
    origin = (await listen(app, "127.0.0.1", 0)).replace("127.0.0.1", "localhost");
  });
  afterAll(async () => {
    await close();
    await sandbox.close();
  });

  const page = async (path = "", accepted?: string) => {
    const answer = await fetch(
      `${origin}/${path}`,
      accepted === undefined ? {} : { headers: { "accept-language": accepted } },
    );
    return { html: await answer.text(), headers: answer.headers };
  };

  test.each(instanceNames)("shows %s with its URLs and docs without a script", async (name) => {
    const { html } = await page();
    const [, plain = ""] = html.split('<div class="plain">');
    for (const part of [`${origin}/mock/${name}/api`, `${origin}/sandbox/${name}/api`])
      expect(plain).toContain(part);
    // English has an address of its own where the instance's readers have another language.
    expect(plain).toMatch(new RegExp(`href="/docs/${name}/(en/)?"`));
  });

  test("has the key once for readers, and nothing of another page's origin may read it", async () => {
    const { html, headers } = await page();
    const key = sandbox.apiKeys[0] ?? "no key";
    const [text = "", data = ""] = html.split('<script type="application/json"');
    expect([text.split(key).length, data.split(key).length]).toEqual([2, 2]);
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test("loads its own files only, and lets no other script run", async () => {
    const { html, headers } = await page();
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'sha256-[^']+';.* connect-src 'self';/);
    expect(policy).not.toContain("unsafe");
    const sources = [...html.matchAll(/<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"/g)].map(
      ([, it = ""]) => it,
    );
    const own = sources.filter((it) => !it.startsWith("data:"));
    expect(own.map((it) => it.replace(/\?v=[\da-f]{12}$/, ""))).toEqual([
      "/_page/page.css",
      "/_page/page.js",
    ]);
    for (const path of own) {
      const answer = await fetch(origin + path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toContain("immutable");
      expect(await answer.text()).not.toMatch(/https?:\/\/(?!www\.w3\.org)[a-z]/);
    }
  });

  test.each(["page.css", "page.js"])("%s is made and hashed once", async (name) => {
    const file = await pageFile(name);
    expect(file).toBe(await pageFile(name));
    const digest = createHash("sha256").update(file?.text ?? "");
    expect(file?.address).toBe(`/_page/${name}?v=${digest.digest("hex").slice(0, 12)}`);
    expect((await page()).html).toContain(`"${file?.address}"`);
  });

  test.each([
    ["", undefined, "en"],
    ["", "ko-KR,ko;q=0.9,en;q=0.5", "ko"],
    ["", "tlh", "en"],
    ["", "*", "en"],
    ["?lang=fa", "ko", "fa"],
    ["?lang=../x", "uz", "uz"],
    ["?lang=fr&lang=id", undefined, "en"],
  ])("%s for readers of %s is in %s", async (path, accepted, code) => {
    const { html } = await page(path, accepted);
    expect(html).toContain(`<html lang="${code}" dir="${code === "fa" ? "rtl" : "ltr"}">`);
    const [, words = ""] = html.split('<script type="application/json"');
    expect(words).toContain(`"language":"${code}"`);
  });

  test.each(instanceNames)("knows of %s what its contract says", async (name) => {
    const model: InstanceModel = JSON.parse((await page(`_page/instances/${name}?lang=en`)).html);
    const { types, fields } = instanceEntry(name);
    expect(model.types.map(({ type }) => type)).toEqual(types);
    for (const { type, create } of model.types)
      expect(create.map((field) => field.name).filter((it) => it !== model.properties.name)).toEqual(
        fields[type],
      );
    expect(model.operations.map(({ id }) => id)).toEqual(instanceEntry(name).operations);
  });

  test.each([
    "_page/instances/no.such",
    "_page/render.js",
    "_page/constructor",
    "_page/..%2fboot.ts",
    "docs/../../package.json",
    "docs/%2e%2e/%2e%2e/package.json",
    "docs/..%2f..%2fpackage.json",
  ])("serves nothing else: %s", async (path) => {
    // As it stands: `fetch` would take the dots out.
    const [answer] = (await once(get(origin, { path: `/${path}` }), "response")) as [IncomingMessage];
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(await text(answer)).not.toContain("devDependencies");
  });
});

test.each([
  [["127.0.0.1"], true],
  [["localhost", "[::1]", "app.localhost"], true],
  [["0.0.0.0"], false],
  [["127.0.0.1", "devbox"], false],
])("who can reach %j gets the key: %s", async (hosts, isShown) => {
  const sandbox = await createSandbox({ instances: [familyName], apiKeys: ["a-key-of-the-team"] });
  const { app } = await createServer({ descriptions: [loadDescription(familyName)], sandbox, hosts });
  const { body } = await app.inject("/");
  expect(body.includes("a-key-of-the-team")).toBe(isShown);
  await closeSoon(app);
  await sandbox.close();
});

test.each([
  ["mock", () => startMock({ instance: familyName })],
  ["sandbox", () => startSandbox({ instance: familyName, apiKey: "a-key-of-a-test" })],
])("a %s in code has the page, too", async (kind, start) => {
  const { baseUrl, close } = await start();
  const html = await (await fetch(new URL("/", baseUrl))).text();
  expect(html).toContain(baseUrl);
  expect(html).not.toContain("/docs/");
  expect(html.includes("a-key-of-a-test")).toBe(kind === "sandbox");
  await close();
});

describe("the docs of a running server", () => {
  let sandbox: Sandbox;
  let origin: string;
  let close: () => Promise<void>;
  beforeAll(async () => {
    sandbox = await createSandbox();
    const { app } = await createServer({ descriptions: [], site: openSite(), sandbox });
    close = () => closeSoon(app);
    origin = await listen(app, "127.0.0.1", 0);
  });
  afterAll(async () => {
    await close();
    await sandbox.close();
  });

  test("are rendered when they are asked for, and name this server", async () => {
    const [name = familyName] = instanceNames;
    const answer = await fetch(`${origin}/docs/${name}`);
    expect(answer.status).toBe(200);
    expect(answer.url).toBe(`${origin}/docs/${name}/`);
    const page = await answer.text();
    expect(page).toContain(`${origin}/mock/${name}/api`);
    expect(page).toContain(`data-key="${sandbox.apiKeys[0]}"`);
  });

  test.each([
    [`docs/${instanceNames[0]}/fr/`, `<li><a href="/#${instanceNames[0]}">Atelier</a></li>`],
    [`docs/${familyName}/`, `<li><a href="/#${familyName}">Workbench</a></li>`],
    ["docs/", '<a href="/">Workbench</a></nav>'],
    ["docs/fa/differences.html", '<a href="/">میز کار</a></nav>'],
  ])("%s leads to the workbench", async (path, link) => {
    const page = await (await fetch(`${origin}/${path}`)).text();
    expect(page.split(link)).toHaveLength(2);
  });

  test.each([
    ["docs", "en"],
    ["docs/", "en"],
    ["docs/fr/", "fr"],
  ])("%s is the front page in %s", async (path, code) => {
    const page = await (await fetch(`${origin}/${path}`)).text();
    expect(page).toContain(`<html lang="${code}"`);
    expect(page).toContain('id="matrix"');
  });

  test.each([
    ["docs/differences.html", 200, "text/html; charset=utf-8"],
    ["docs/assets/reference.js", 200, "text/javascript; charset=utf-8"],
    ["docs/assets/minisearch.js", 200, "text/javascript; charset=utf-8"],
    ["docs/llms.txt", 200, "text/plain; charset=utf-8"],
    [`docs/${familyName}/index.md`, 200, "text/markdown; charset=utf-8"],
    [`docs/${instanceNames[0]}/facts.js`, 200, "text/javascript; charset=utf-8"],
    ["docs/fr/differences.html", 200, "text/html; charset=utf-8"],
    ["docs/assets/reference.css", 200, "text/css; charset=utf-8"],
    [`docs/${familyName}/openapi.yaml`, 200, "application/yaml; charset=utf-8"],
    ["docs/nothing.html", 404, "application/json; charset=utf-8"],
  ])("%s answers %i as %s", async (path, status, type) => {
    const answer = await fetch(`${origin}/${path}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, type]);
  });
});

test("a page that can't be rendered says why", async () => {
  const site = openSite();
  const failing = { ...site, file: () => Promise.reject(new DocsError("Nothing renders <this>.")) };
  const { app } = await createServer({ descriptions: [], site: failing });
  const answer = await fetch(`${await listen(app, "127.0.0.1", 0)}/docs/${familyName}/`);
  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain("Nothing renders &#60;this&#62;.");
  await closeSoon(app);
});
