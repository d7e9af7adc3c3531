import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { familyName, instanceEntry, instanceNames } from "../../src/description/index.ts";
import { siteFiles } from "../../src/docs/files.ts";
import {
  english,
  languageFor,
  languageName,
  loadLanguages,
  openSite,
  type Site,
} from "../../src/docs/index.ts";
import { inEnglish } from "../../src/docs/languages.ts";
import { createRenderer } from "../../src/docs/renderer.ts";

describe("the site as readers ask for it", () => {
  const folder = mkdtempSync(join(tmpdir(), "site-"));
  const path = `${familyName}/index.html`;
  let site: Site;
  beforeAll(() => {
    site = openSite(folder);
  });
  afterAll(() => {
    site.close();
    rmSync(folder, { recursive: true });
  });

  test("has a front page that names every instance, without rendering a reference", async () => {
    const html = await site.file("index.html");
    for (const name of instanceNames) expect(html).toContain(`href="${name}/openapi.yaml"`);
    expect(existsSync(join(folder, path))).toBe(false);
  });

  test("renders a reference once, for all who ask at the same time, and keeps it", async () => {
    const [one, two] = [site.file(path), site.file(path)];
    expect(one).toBe(two);
    expect(await one).toContain('<div id="redoc">');
    // Whether it is written again shows in its time.
    utimesSync(join(folder, path), 0, 0);
    expect(await site.file(path)).toBe(await one);
    expect(statSync(join(folder, path)).mtimeMs).toBe(0);
  });

  test("renders it again when it was made from something else", async () => {
    const fresh = (await site.file(path)) ?? "";
    writeFileSync(join(folder, path), fresh.replace(/made from \w+/, "made from nothing"));
    expect(await site.file(path)).toBe(fresh);
    expect(readFileSync(join(folder, path), "utf8")).toBe(fresh);
  });

  test.each(["../package.json", "assets/../index.html", "nobody.example/index.html", ""])(
    "has no %j",
    (strange) => {
      expect(site.has(strange)).toBe(false);
      expect(site.file(strange)).toBeUndefined();
    },
  );

  test("has scripts that are classic ones, and the facts that they compare", async () => {
    for (const name of ["site.js", "reference.js", "differences.js", "redoc.js"]) {
      const script = (await site.file(`assets/${name}`)) ?? "";
      expect(() => new Function(script), name).not.toThrow();
      expect(script, name).not.toMatch(/^(import|export) /m);
    }
    const facts: { instances?: object } = {};
    runInNewContext((await site.file("assets/instances.js")) ?? "", facts);
    expect(Object.keys(facts.instances ?? {})).toEqual(instanceNames);
  });
});

test("an instance whose language nobody translates into is in English, and says so", async () => {
  const languages = loadLanguages();
  const alone = new Map([[english, inEnglish(languages)]]);
  const renderer = {
    render: async () =>
      '<style></style><!-- split --><div id="redoc"></div>\n<script type="module"></script>',
    close: () => undefined,
  };
  const files = siteFiles(alone, renderer);
  for (const name of instanceNames) {
    const { language } = instanceEntry(name);
    const html = await files.get(`${name}/index.html`)?.make();
    const note = `documentation page of this instance is in ${languageName(language)}.`;
    if (languageFor(alone, language) === undefined) expect(html).toContain(note);
    else expect(html).not.toContain("documentation page of this instance");
    expect(html).toContain(`<html lang="${english}"`);
    expect(files.has(`${name}/${english}/index.html`)).toBe(false);
  }
  const front = await files.get("index.html")?.make();
  expect(front).not.toContain(`/${english}/index.html`);
});

describe("the renderer", () => {
  const renderer = createRenderer();
  afterAll(() => renderer.close());
  const document = (title: string) => ({
    openapi: "3.1.0",
    info: { title, version: "1" },
    paths: {},
  });

  test("renders pages that are asked for together, each as it was asked", async () => {
    const titles = ["One", "Two", "Three"];
    const pages = await Promise.all(
      titles.map((title) => renderer.render(document(title), {}, "{{{redocHTML}}}")),
    );
    for (const [index, page] of pages.entries()) expect(page).toContain(titles[index]);
  });
  test("says why it can't, and goes on", async () => {
    await expect(renderer.render("no document", {}, "")).rejects.toThrow(/Redoc can't render it: ./);
    expect(await renderer.render(document("Four"), {}, "{{{redocHTML}}}")).toContain("Four");
  });
  test("may be closed in the middle, and starts again", async () => {
    const cut = renderer.render(document("Five"), {}, "{{{redocHTML}}}");
    renderer.close();
    await expect(cut).rejects.toThrow("closed");
    expect(await renderer.render(document("Six"), {}, "{{{redocHTML}}}")).toContain("Six");
  });
});
