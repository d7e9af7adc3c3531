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
    // One action from here to how a handler of a type is created.
    for (const type of wanted) expect(card).toMatch(new RegExp(`href="docs/${name}/[^"]*#create/${type}"`));
  });

  test.each(instanceNames)("the call to %s works as it stands", async (name) => {
    const line = text(/<code>(curl .*?)<\/code>/.exec(cardOf(name))?.[1] ?? "");
    const [, header = "", value = "", url = ""] =
      /^curl --header '([^:]*): ([^']*)' '([^']*)'$/.exec(line) ?? [];
    expect(url.startsWith(`${origin}/sandbox/${name}/api`)).toBe(true);
    expect((await fetch(url, { headers: { [header]: value } })).status).toBe(200);
  });

  test("loads its own files only", async () => {
    const sources = [...html.matchAll(/<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"/g)].map(
      ([, it]) => it,
    );
    const own = sources.filter((it) => !it?.startsWith("data:") && !it?.startsWith("docs/index.html"));
    expect(own.map((it) => it?.replace(/\?v=[\da-f]{12}$/, ""))).toEqual([
      "docs/assets/site.css",
      "docs/assets/site.js",
      "docs/assets/front.js",
    ]);
    for (const path of own) expect((await fetch(`${origin}/${path}`)).status).toBe(200);
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
  let sandbox: Sandbox;
  let origin: string;
  let close: () => Promise<void>;
  beforeAll(async () => {
    sandbox = await createSandbox();
    const { app } = await createServer({ descriptions: [], site: openSite(), sandbox });
    close = () => app.close();
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
  test("lead to the front page in each language, with what runs here", async () => {
    const answer = await fetch(`${origin}/docs/fr/`);
    expect(answer.url).toBe(`${origin}/?language=fr`);
    const page = await answer.text();
    expect(page).toContain('<html lang="fr"');
    expect(page).toContain('href="docs/fr/differences.html"');
    expect(page).toContain('href="/?language=fa"');
    expect(await (await fetch(`${origin}/?language=tlh`)).text()).toContain('<html lang="en"');
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
