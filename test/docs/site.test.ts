import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import { descriptionNames, familyName, instanceNames, loadDescription } from "../../src/description/index.ts";
import { assetPath, assets } from "../../src/docs/assets.ts";
import { siteFiles } from "../../src/docs/files.ts";
import {
  allLanguages,
  checkLanguages,
  english,
  instanceEntries,
  languageFor,
  loadLanguages,
  openSite,
  type Site,
} from "../../src/docs/index.ts";
import { inEnglish, translationsFolder } from "../../src/docs/languages.ts";
import { textOf } from "./page.ts";

const languages = allLanguages();

describe("the site as readers ask for it", () => {
  const path = `${familyName}/index.html`;
  let site: Site;
  beforeAll(() => {
    site = openSite();
  });

  test("has a front page that names every instance", async () => {
    const html = await site.file("index.html");
    for (const name of instanceNames) expect(html).toContain(`href="${name}/openapi.yaml"`);
  });

  test("makes a page once, and anew when it was forgotten", () => {
    const made = site.file(path);
    expect(site.file(path)).toBe(made);
    site.forget();
    expect(site.file(path)).not.toBe(made);
  });

  test("offers each form of the contract as a file, and no file of this project's own", async () => {
    const forms = ["openapi.yaml", "openapi-3.0.yaml", "openapi-flat.yaml"];
    const html = String(await site.file(path));
    for (const file of forms) {
      expect(html).toContain(`href="${file}"`);
      expect(String(await site.file(`${familyName}/${file}`))).toMatch(/^openapi: /m);
    }
    expect(html).not.toContain("parsed.json");
  });

  test("renders a reference once, for all who ask", async () => {
    const [one, two] = [site.file(path), site.file(path)];
    expect(await one).toContain('<section class="operation" id="create"');
    expect(await two).toBe(await one);
  });

  test("rejects while a file can't be made, and tries again", async () => {
    const failing = openSite({ address: "no address" });
    await expect(failing.file("index.html")).rejects.toThrow();
    await expect(failing.file("index.html")).rejects.toThrow();
  });

  test.each(["../package.json", "assets/../index.html", "nobody.example/index.html", ""])(
    "has no %j",
    (strange) => {
      expect(site.has(strange)).toBe(false);
      expect(site.file(strange)).toBeUndefined();
    },
  );

  test("has scripts that are classic ones, and the facts that they compare", async () => {
    for (const name of Object.keys(assets).filter((each) => each.endsWith(".js"))) {
      const script = (await site.file(`assets/${name}`)) ?? "";
      expect(() => new Function(script), name).not.toThrow();
      expect(script, name).not.toMatch(/^(import|export) /m);
    }
    const facts: { instances?: object } = {};
    for (const name of instanceNames) runInNewContext((await site.file(`${name}/facts.js`)) ?? "", facts);
    expect(facts.instances).toEqual(Object.fromEntries(instanceEntries()));
  });

  test("names its scripts and styles by what they hold, so that they can be kept for good", async () => {
    expect(assetPath("site.css")).toMatch(/^assets\/site\.css\?v=[\da-f]{12}$/);
    const html = (await site.file(path)) ?? "";
    for (const name of ["reference.css", "site.js", "reference.js", "minisearch.js"])
      expect(html).toContain(`"../${assetPath(name)}"`);
  });
});

describe("what is published", () => {
  const address = "https://docs.example/somewhere/";
  const files = siteFiles(languages, { address });
  const text = async (path: string) => String(await files.get(path)?.());

  test("every reference is there in every language, with its Markdown twin", () => {
    for (const name of descriptionNames) {
      const pages = [...files.keys()].filter(
        (path) => path.startsWith(`${name}/`) && path.endsWith("index.html"),
      );
      expect(pages.length).toBe(languages.size);
      for (const page of pages) expect(files.has(page.replace(/html$/, "md"))).toBe(true);
    }
  });

  test("the sitemap has every page, and robots.txt leads to it", async () => {
    const map = await text("sitemap.xml");
    for (const path of files.keys()) {
      if (!path.endsWith(".html") || path === "404.html") continue;
      expect(map).toContain(`<loc>${address}${path.replace(/index\.html$/, "")}</loc>`);
    }
    expect(await text("robots.txt")).toContain(`Sitemap: ${address}sitemap.xml`);
  });

  test("a page says its address, and that of each language", async () => {
    const [name = familyName] = instanceNames;
    const own = languageFor(languages, "id")?.code;
    const html = await text(`${name}/${english}/index.html`);
    expect(html).toContain(`<link rel="canonical" href="${address}${name}/${english}/">`);
    // One of each language, and English for readers of any other.
    expect(html.match(/rel="alternate" hreflang/g)).toHaveLength(languages.size + 1);
    expect(html).toContain(`hreflang="x-default" href="${address}${name}/${english}/">`);
    expect(html).toContain(`hreflang="${own}" href="${address}${name}/">`);
    expect(html).toContain('<meta property="og:title"');
  });

  test.each(["index", "differences", "assumptions", "changelog"])(
    "%s.html is there in every language, and leads to the others",
    async (file) => {
      for (const { code, direction } of languages.values()) {
        const folder = code === english ? "" : `${code}/`;
        const html = await text(`${folder}${file}.html`);
        expect(html).toContain(`<html lang="${code}" dir="${direction}">`);
        const own = file === "index" ? folder : `${folder}${file}.html`;
        expect(html).toContain(`<link rel="canonical" href="${address}${own}">`);
        for (const other of languages.keys()) {
          const there = `${other === english ? "" : `${other}/`}${file === "index" ? "" : `${file}.html`}`;
          expect(html).toContain(`hreflang="${other}" href="${address}${there}">`);
        }
      }
    },
  );

  test("no word of a page is English where the page is in another language", async () => {
    for (const language of languages.values()) {
      if (language.code === english) continue;
      for (const file of ["index", "differences", "assumptions"]) {
        const said = textOf(await text(`${language.code}/${file}.html`));
        for (const key of inEnglish(languages).page.keys()) {
          const word = inEnglish(languages).page.text(key) ?? "";
          const isSame = language.page.text(key)?.includes(word);
          // Words of code, or of another sentence, may look like English ones: what has two words can't.
          if (!isSame && word.split(" ").length > 2 && !word.includes("{"))
            expect(said, key).not.toContain(word);
        }
      }
    }
  });

  test("the page for addresses that lead to nothing speaks every language", async () => {
    const html = await text("404.html");
    for (const { page, code } of languages.values()) {
      expect(textOf(html)).toContain(page.say("notFoundText"));
      expect(html).toContain(`href="${address}${code === english ? "" : `${code}/`}index.html"`);
    }
  });

  test("a language more is a file more: its pages are there, and all others lead to them", async () => {
    const folder = mkdtempSync(join(tmpdir(), "i18n-"));
    cpSync(translationsFolder, folder, { recursive: true });
    const file = join(folder, "de.yaml");
    cpSync(join(folder, "fr.yaml"), file);
    writeFileSync(file, readFileSync(file, "utf8").replace("name: Français", "name: Deutsch"));
    const more = loadLanguages(folder);
    rmSync(folder, { recursive: true });
    const site = siteFiles(more, { address });
    expect(checkLanguages(more, loadDescription(familyName))).toBeUndefined();
    for (const page of ["de/index.html", "de/differences.html", `${familyName}/de/index.html`])
      expect(String(await site.get(page)?.()), page).toContain('<html lang="de"');
    expect(String(await site.get("fr/index.html")?.())).toContain(`hreflang="de" href="${address}de/"`);
  });

  test("without an address there is no sitemap and no canonical address", async () => {
    const plain = siteFiles(languages);
    expect(plain.has("sitemap.xml")).toBe(false);
    expect(await plain.get("index.html")?.()).not.toContain("canonical");
    expect(await plain.get("robots.txt")?.()).not.toContain("Sitemap");
  });

  test("llms.txt leads to the English Markdown of every instance", async () => {
    const llms = await text("llms.txt");
    for (const name of descriptionNames) {
      const path = new RegExp(`${address}(${name}/(?:${english}/)?index\\.md)`).exec(llms)?.[1] ?? "";
      expect(await text(path), name).toMatch(/^# .*\n\nA notification handler is/);
    }
  });

  test("only in English, where there is nothing else", () => {
    const alone = siteFiles(new Map([[english, inEnglish(languages)]]));
    for (const name of descriptionNames) {
      expect(alone.has(`${name}/index.html`)).toBe(true);
      expect(alone.has(`${name}/${english}/index.html`)).toBe(false);
    }
  });
});
