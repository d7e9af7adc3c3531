import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instanceNames, loadDescription } from "../../src/description/index.ts";
import { listen } from "../../src/http/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { createServer } from "../../src/server/index.ts";

const text = (html: string) =>
  html.replaceAll(/&#(\d+);/g, (_match, code) => String.fromCharCode(Number(code)));

describe("the live page", () => {
  const sandbox = createSandbox();
  let origin: string;
  let html: string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const app = await createServer({ descriptions: instanceNames.map(loadDescription), sandbox });
    close = () => app.close();
    // The page goes by the name that the reader addressed.
    origin = (await listen(app, "127.0.0.1", 0)).replace("127.0.0.1", "localhost");
    html = await (await fetch(`${origin}/`)).text();
  });
  afterAll(async () => {
    await close();
    sandbox.close();
  });

  const cardOf = (name: string) =>
    html.split('<li class="card"').find((it) => it.includes(`id="${name}"`)) ?? "";

  test.each(instanceNames)("shows %s with its URLs, key, types and docs", (name) => {
    const { baseUrl, handlerTypes } = loadDescription(name);
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
    expect(types.map(([, type]) => type)).toEqual(handlerTypes);
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

test("a mock alone shows its call to the mock", async () => {
  const app = await createServer({ descriptions: [loadDescription("k.aws.bj")] });
  const origin = await listen(app, "127.0.0.1", 0);
  const html = text(await (await fetch(`${origin}/`)).text());
  expect(html).toContain(`'${origin}/mock/k.aws.bj/api/`);
  expect(html).not.toContain(`${origin}/mock/tistos.com`);
  await app.close();
});
