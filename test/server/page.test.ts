import { describe, expect, test } from "vitest";
import { type Description, instanceNames, loadDescription } from "../../src/description/index.ts";
import { listen } from "../../src/http/index.ts";
import { mockPath } from "../../src/mock/index.ts";
import { createServer } from "../../src/server/index.ts";
import { curlLine, escapeHtml, renderPage } from "../../src/server/page.ts";

describe("the page", () => {
  const instances = instanceNames.map((name) => {
    return { description: loadDescription(name), mockUrl: `http://127.0.0.1:4010${mockPath(name)}` };
  });
  const html = renderPage(instances);

  test.each(instances)("shows $description.name with its URLs, its types and a call", (instance) => {
    const { description, mockUrl } = instance;
    const section = html.split("<section").find((it) => it.includes(`id="${description.name}"`)) ?? "";
    expect(section).toContain(mockUrl);
    expect(section).toContain(description.baseUrl);
    const types = [...section.matchAll(/<li><code>([^<]*)<\/code>/g)].map(([, type]) => type);
    expect(types).toEqual(description.handlerTypes);
    expect(section).toContain(escapeHtml(curlLine(instance)));
  });

  test("loads nothing from elsewhere", () => {
    expect(html).not.toMatch(/<(script|link|img|iframe)\b/);
    expect(html).not.toMatch(/url\(|@import/);
  });

  test("what comes from a description is text, never markup", () => {
    const [first] = instances;
    const description = {
      ...first?.description,
      name: `<b>"x"&'`,
      handlerTypes: ["<script>"],
    } as Description;
    const hostile = renderPage([{ description, mockUrl: "http://h/'><i>" }]);
    expect(hostile).not.toMatch(/<b>|<script|<i>/);
    expect(hostile).toContain("&#60;b&#62;&#34;x&#34;&#38;&#39;");
  });
});

test("the call of the page works as it stands, at the host that the reader addressed", async () => {
  const app = await createServer({ descriptions: [loadDescription("k.aws.bj")] });
  const origin = (await listen(app, "127.0.0.1", 0)).replace("127.0.0.1", "localhost");
  const html = await (await fetch(`${origin}/`)).text();
  const line = /<pre[^>]*><code>(.*?)<\/code>/.exec(html)?.[1]?.replaceAll("&#39;", "'") ?? "";
  const [, name = "", value = "", url = ""] = /^curl --header '([^:]*): ([^']*)' '([^']*)'$/.exec(line) ?? [];
  expect(url.startsWith(`${origin}/mock/k.aws.bj/api`)).toBe(true);
  expect((await fetch(url, { headers: { [name]: value } })).status).toBe(200);
  await app.close();
});
