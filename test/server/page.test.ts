import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { familyName, instanceEntry, instanceNames, loadDescription } from "../../src/description/index.ts";
import { DocsError, openSite } from "../../src/docs/index.ts";
import { listen } from "../../src/http/index.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.ts";
import { createServer } from "../../src/server/index.ts";

const text = (html: string) =>
  html.replaceAll(/&#(\d+);/g, (_match, code) => String.fromCharCode(Number(code)));

describe("the live page", () => {
  let sandbox: Sandbox;
  let origin: string;
  let html: string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    sandbox = await createSandbox();
    const { app } = await createServer({ descriptions: instanceNames.map(loadDescription), sandbox });
    close = () => app.close();
    // The page goes by the name that the reader addressed.
    origin = (await listen(app, "127.0.0.1", 0)).replace("127.0.0.1", "localhost");
    html = await (await fetch(`${origin}/`)).text();
  });
  afterAll(async () => {
    await close();
    await sandbox.close();
  });

  const cardOf = (name: string) =>
    html.split('<li class="card"').find((it) => it.includes(`id="${name}"`)) ?? "";

  test.each(instanceNames)("shows %s with its URLs, key, types and docs", (name) => {
    const { baseUrl, types: wanted } = instanceEntry(name);
    const card = text(cardOf(name));
    for (const part of [
      baseUrl,
      `${origin}/mock/${name}/api`,
      `${origin}/sandbox/${name}/api`,
      sandbox.apiKeys[0] ?? "no key",
      `href="docs/${name}/index.html"`,
    ]) {
      expect(card).toContain(part);
    }
    const types = [...(/class="types">(.*?)<\/p>/.exec(card)?.[1] ?? "").matchAll(/<code>([^<]*)<\/code>/g)];
    expect(types.map(([, type]) => type)).toEqual(wanted);
  });

  test.each(instanceNames)("the call to %s works as it stands", async (name) => {
    const line = text(/<pre[^>]*><code>(.*?)<\/code>/.exec(cardOf(name))?.[1] ?? "");
    const [, header = "", value = "", url = ""] =
      /^curl --header '([^:]*): ([^']*)' '([^']*)'$/.exec(line) ?? [];
    expect(url.startsWith(`${origin}/sandbox/${name}/api`)).toBe(true);
    expect((await fetch(url, { headers: { [header]: value } })).status).toBe(200);
  });

  test("loads its own files only", async () => {
    const sources = [...html.matchAll(/<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"/g)].map(
      ([, it]) => it,
    );
    expect(sources.filter((it) => !it?.startsWith("data:"))).toEqual([
      "docs/assets/site.css",
      "docs/assets/site.js",
    ]);
    for (const path of ["docs/assets/site.css", "docs/assets/site.js"]) {
      expect((await fetch(`${origin}/${path}`)).status).toBe(200);
    }
  });

  test.each(["docs/../../package.json", "docs/%2e%2e/%2e%2e/package.json", "docs/..%2f..%2fpackage.json"])(
    "serves nothing outside of the site: %s",
    async (path) => {
      const answer = await fetch(`${origin}/${path}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.text()).not.toContain("devDependencies");
    },
  );
});

describe("the docs of a running server", () => {
  const folder = mkdtempSync(join(tmpdir(), "docs-"));
  let origin: string;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const { app } = await createServer({ descriptions: [], site: openSite(folder) });
    close = () => app.close();
    origin = await listen(app, "127.0.0.1", 0);
  });
  afterAll(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });

  test("are rendered when they are asked for, and name this server", async () => {
    expect(readdirSync(folder)).toEqual([]);
    const [name = familyName] = instanceNames;
    const answer = await fetch(`${origin}/docs/${name}`);
    expect(answer.status).toBe(200);
    expect(answer.url).toBe(`${origin}/docs/${name}/`);
    expect(await answer.text()).toContain(`${origin}/mock/${name}/api`);
    expect(readdirSync(folder)).toEqual([name]);
  });
  test.each([
    ["docs/differences.html", 200, "text/html; charset=utf-8"],
    ["docs/assets/redoc.js", 200, "text/javascript; charset=utf-8"],
    ["docs/assets/instances.js", 200, "text/javascript; charset=utf-8"],
    ["docs/assets/reference.css", 200, "text/css; charset=utf-8"],
    ["docs/assets/redoc.LICENSE.txt", 200, "text/plain; charset=utf-8"],
    [`docs/${familyName}/openapi.yaml`, 200, "application/yaml; charset=utf-8"],
    ["docs/nothing.html", 404, "application/json; charset=utf-8"],
  ])("%s answers %i as %s", async (path, status, type) => {
    const answer = await fetch(`${origin}/${path}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, type]);
  });
});

test("a page that can't be rendered says why", async () => {
  const site = openSite();
  const failing = { ...site, file: () => Promise.reject(new DocsError("Redoc can't render <this>.")) };
  const { app } = await createServer({ descriptions: [], site: failing });
  const answer = await fetch(`${await listen(app, "127.0.0.1", 0)}/docs/${familyName}/`);
  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain("Redoc can&#39;t render &#60;this&#62;.");
  await app.close();
});

test("a mock alone shows its call to the mock", async () => {
  const [name = familyName, other = familyName] = instanceNames;
  const { app } = await createServer({ descriptions: [loadDescription(name)] });
  const origin = await listen(app, "127.0.0.1", 0);
  const html = text(await (await fetch(`${origin}/`)).text());
  expect(html).toContain(`'${origin}/mock/${name}/api/`);
  expect(html).not.toContain(`${origin}/mock/${other}`);
  await app.close();
});
