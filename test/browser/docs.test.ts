import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fastifyStatic from "@fastify/static";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  descriptionNames,
  familyName,
  follow,
  instanceEntry,
  instanceNames,
  isNode,
  loadDescription,
  rolesOf,
  step,
} from "../../src/description/index.ts";
import { differencesOf } from "../../src/docs/assets/rules.js";
import {
  buildDocs,
  english,
  type Language,
  languageFor,
  loadLanguages,
  openSite,
} from "../../src/docs/index.ts";
import { textsOf } from "../../src/docs/translatable.ts";
import { createApp, listen } from "../../src/http/index.ts";
import { createServer } from "../../src/server/index.ts";
import { faults, findBrowser, launch, settle, Tab, type Watched } from "./browser.ts";

const executable = findBrowser();
if (executable === undefined) {
  console.warn("The browser tests are skipped: no Chromium is installed (Debian: apt-get install chromium).");
}

const languages = loadLanguages();
const languageOf = (name: string) => languageFor(languages, instanceEntry(name).language)?.code ?? english;
const references = descriptionNames.flatMap((name) => {
  const own = languageOf(name);
  const pages = [{ path: `${name}/index.html`, name, language: own }];
  return own === english
    ? pages
    : [...pages, { path: `${name}/${english}/index.html`, name, language: english }];
});
function startingWith(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&")}`);
}

/** The instance with the most of something. */
function most(count: (name: string) => number): string {
  return [...instanceNames].sort((a, b) => count(b) - count(a))[0] ?? familyName;
}
const richest = most((name) => {
  const { parameters, types } = instanceEntry(name);
  return Object.keys(parameters).length * 100 + types.length;
});
const plainest = most((name) => -Object.keys(instanceEntry(name).parameters).length);
const mirrored =
  instanceNames.find((name) => languages.get(languageOf(name))?.direction === "rtl") ?? familyName;
const inEnglishOf = (name: string) =>
  languageOf(name) === english ? `${name}/index.html` : `${name}/${english}/index.html`;

/**
 * Each page costs some seconds on a slow machine. What others show these show as well: the instance with the most in it, one from right
 * to left, and the family. The environment variable BROWSER_PAGES=all has all of them looked at.
 */
const looked =
  process.env.BROWSER_PAGES === "all"
    ? references
    : references.filter(({ path }) =>
        [richest, mirrored, familyName].some((name) => path === `${name}/index.html`),
      );
const pages = ["index.html", "differences.html", "assumptions.html", ...looked.map(({ path }) => path)];

describe.skipIf(executable === undefined)("the built site in a browser", { timeout: 60_000 }, () => {
  let folder: string;
  let site: string;
  let browser: Browser;
  let tab: Tab;

  beforeAll(async () => {
    folder = join(mkdtempSync(join(tmpdir(), "docs-")), "site");
    await buildDocs({ folder });
    site = `${pathToFileURL(folder).href}/`;
    browser = await launch(executable ?? "");
    tab = await Tab.open(browser);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(join(folder, ".."), { recursive: true, force: true });
  });

  describe.each(pages)("%s", (path) => {
    const reference = references.find((each) => each.path === path);
    let watched: Watched;
    beforeAll(async () => {
      watched = await openWhole(path);
    }, 60_000);

    test("loads from a file, alone and without an error", () => {
      expect(watched.errors).toEqual([]);
      expect(watched.strangers).toEqual([]);
    });

    test.runIf(reference)("has all operations, and exactly the instance's handler types", async () => {
      const { page } = watched;
      const { name, language } = reference as NonNullable<typeof reference>;
      const { operations, handlerTypes } = loadDescription(name);
      const translated = languages.get(language)?.contract;
      const summaries = operations.map(({ summary }) => translated?.translate(summary) ?? summary);
      // A badge may follow.
      const headings = await page.locator("#redoc h2").allTextContents();
      expect(headings).toEqual(summaries.map((summary) => expect.stringMatching(startingWith(summary))));
      for (const { id } of operations.filter(({ body }) => body !== undefined)) {
        const section = page.locator(`[id="other/${id.toLowerCase()}"]`);
        const choices = section.locator(".choices").first().getByRole("button");
        const shown = await choices.allTextContents();
        // An open contract has one more shape, and a change may leave the type as it is: one more.
        const { page: words } = languages.get(language) as Language;
        const { open } = instanceEntry(name);
        expect(shown).toEqual([
          ...handlerTypes,
          ...(open ? [words.otherType] : []),
          ...(id.startsWith("update") ? [words.keepType] : []),
        ]);
        // One click, and the fields of that type are there, and no other's.
        for (const [index, type] of handlerTypes.entries()) {
          await choices.nth(index).click();
          const fields = rolesOf(loadDescription(name)).fields.get(type) ?? [];
          const names = await section.locator(".schema-name").allTextContents();
          expect(names).toEqual(expect.arrayContaining([...fields]));
          const others = [...rolesOf(loadDescription(name)).fields].filter(([other]) => other !== type);
          for (const [, [field = ""] = []] of others) expect(names).not.toContain(field);
        }
      }
    });

    test.runIf(reference)(
      "is laid out in the direction of its language, code from left to right",
      async () => {
        const language = reference?.language ?? "";
        const direction = languages.get(language)?.direction;
        const found = await watched.page.evaluate(() => {
          const left = (selector: string) =>
            document.querySelector(selector)?.getBoundingClientRect().left ?? Number.NaN;
          return {
            language: document.documentElement.lang,
            direction: getComputedStyle(document.querySelector("#redoc p") ?? document.body).direction,
            alignments: [...document.querySelectorAll(".api-content p")].map(
              (each) => getComputedStyle(each).textAlign,
            ),
            menuIsLeft: left(".menu-content") < left("#api-content h1"),
            code: [...document.querySelectorAll("#redoc :is(pre, code)")].map(
              (each) => getComputedStyle(each).direction,
            ),
          };
        });
        expect(found).toMatchObject({ language, direction, menuIsLeft: direction === "ltr" });
        expect(new Set(found.code)).toEqual(new Set(["ltr"]));
        expect(new Set(found.alignments)).toEqual(new Set([direction === "rtl" ? "start" : "left"]));
      },
    );

    test("axe finds no serious fault, in light and in dark", async () => {
      const { page } = watched;
      await page.addStyleTag({ content: "*, ::before, ::after { transition: none !important }" });
      for (const mode of ["light", "dark"]) {
        await page.evaluate((name) => {
          document.documentElement.classList.remove("light", "dark");
          document.documentElement.classList.add(name);
        }, mode);
        expect(await faults(page), mode).toEqual([]);
      }
    });

    test("is no wider than the screen, from phone to desktop", async () => {
      const { page } = watched;
      for (const width of [360, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        await settle(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, `${width} pixels`).toBeLessThanOrEqual(0);
      }
    });

    test("its links resolve", async () => {
      const links = await watched.page.evaluate(() =>
        [...document.querySelectorAll("a[href]")].map((each) => (each as HTMLAnchorElement).href),
      );
      expect(links.length).toBeGreaterThan(2);
      for (const link of new Set(links)) {
        const url = new URL(link);
        // What the changelog and Redoc's attribution name is elsewhere; Redoc's routes are no places in the file.
        if (url.protocol === "https:" || url.hash.startsWith("#/")) continue;
        expect(link.startsWith(site), link).toBe(true);
        const file = join(folder, decodeURIComponent(url.pathname.slice(new URL(site).pathname.length)));
        expect(existsSync(file), link).toBe(true);
        const isPlace = url.hash !== "" && !file.includes("index.html#");
        if (isPlace && reference === undefined) {
          expect(readFileSync(file, "utf8")).toContain(` id="${decodeURIComponent(url.hash.slice(1))}"`);
        }
      }
    });
  });

  /** Opens a page on a screen so tall that nothing waits to be scrolled to. */
  async function openWhole(path: string): Promise<Watched> {
    const watched = await tab.visit(site + path, { site, height: 16_000 });
    const name = references.find((each) => each.path === path)?.name;
    if (name === undefined) return watched;
    const { length } = loadDescription(name).operations;
    await watched.page.waitForFunction(
      (wanted) => document.querySelectorAll("#redoc h2").length === wanted,
      length,
    );
    await settle(watched.page);
    return watched;
  }

  test("the language switch leads to English and back", async () => {
    for (const { name, language } of looked.filter((each) => each.language !== english)) {
      const { page, errors } = await tab.visit(`${site}${name}/index.html`, { site });
      const stands = async (path: string) => {
        await page.waitForURL(({ pathname }) => pathname.endsWith(`/${path}index.html`));
        await settle(page);
      };
      await page.getByRole("link", { name: "English", exact: true }).click();
      await stands(`${name}/${english}/`);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(english);
      await page.getByRole("link", { name: languages.get(language)?.name ?? "", exact: true }).click();
      await stands(`${name}/`);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
      expect(errors).toEqual([]);
    }
  });

  test("the sample follows the example that is chosen", async () => {
    const description = loadDescription(richest);
    const [create] = rolesOf(description).operations("create");
    if (!create) return;
    const [type = "", other = ""] = description.handlerTypes;
    const route = `other/${create.id.toLowerCase()}`;
    const { page } = await tab.visit(`${site}${inEnglishOf(richest)}#/${route}`, { site });
    const panel = page.locator(`[id="${route}"] .panel-request-samples`);
    await expect.poll(() => panel.locator("pre").textContent()).toContain(`type=${type}`);
    await panel.getByRole("button", { name: `Example: ${summaryOf(type)}` }).click();
    await page.getByRole("menuitem", { name: summaryOf(other), exact: true }).click();
    await expect.poll(() => panel.locator("pre").textContent()).toContain(`type=${other}`);

    /** The summary of the example that creates a handler of a type. */
    function summaryOf(wanted: string): string {
      const { document } = description;
      const { pointer = "" } = create?.body?.contents[0] ?? {};
      const { node } = follow(document, { $ref: pointer }, pointer);
      const examples = Object.entries(isNode(node.examples) ? node.examples : {}).map(
        ([key, example]) => follow(document, example, step(step(pointer, "examples"), key)).node,
      );
      const found = examples.find(({ value }) => isNode(value) && Object.values(value).includes(wanted));
      return String(found?.summary);
    }
  });

  test("the search speaks the reader's language", async () => {
    const { page, errors } = await tab.visit(`${site}${mirrored}/index.html`, { site });
    const { search } = languages.get(languageOf(mirrored)) as NonNullable<ReturnType<typeof languages.get>>;
    await page.keyboard.press("Control+k");
    const dialog = page.getByTestId("search-dialog");
    await expect.poll(() => dialog.getByPlaceholder(search.placeholder ?? "").count()).toBe(1);
    await expect.poll(() => dialog.textContent()).toContain(search.hint);
    for (const key of ["navigate", "select", "exit", "cancel"] as const) {
      expect(await dialog.textContent()).toContain(search[key]);
    }
    await page.keyboard.type(Object.keys(instanceEntry(mirrored).parameters)[1] ?? "");
    await expect.poll(() => dialog.textContent()).toContain(search.queryParameters);
    await page.keyboard.type("zzz");
    await expect.poll(() => dialog.textContent()).toContain(search.none);
    expect(errors).toEqual([]);
  });

  test("on a phone words stay whole, URLs can be read from their start, and no button is on a code", async () => {
    for (const path of ["index.html", inEnglishOf(richest), `${mirrored}/index.html`]) {
      const { page } = await tab.visit(site + path, { site });
      await page.setViewportSize({ width: 360, height: 800 });
      await settle(page);
      const found = await page.evaluate(() => {
        const lines = (element: Element) => {
          const range = document.createRange();
          const broken: string[] = [];
          const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            for (const { 0: word, index } of (texts.currentNode.nodeValue ?? "").matchAll(/[^\s-]+-?/g)) {
              range.setStart(texts.currentNode, index);
              range.setEnd(texts.currentNode, index + word.length);
              if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
                broken.push(word);
            }
          }
          return broken;
        };
        const clipped = [...document.querySelectorAll('[data-testid="server-panel-item-name"]')]
          .flatMap((name) => name.parentElement?.nextElementSibling?.firstElementChild ?? [])
          .filter((url) => url.scrollWidth > url.clientWidth || getComputedStyle(url).direction !== "ltr");
        const covered = [...document.querySelectorAll(".copy")].filter((button) => {
          const { left, right, top, bottom } = button.getBoundingClientRect();
          return [...document.querySelectorAll("pre > code")].some((each) => {
            const code = each.getBoundingClientRect();
            const end = Math.min(code.right, each.parentElement?.getBoundingClientRect().right ?? 0);
            return left < end && right > code.left && top < code.bottom && bottom > code.top;
          });
        });
        return {
          broken: [...document.querySelectorAll("h1, h2, h3")].flatMap(lines),
          clipped: clipped.map((each) => each.textContent),
          covered: covered.length,
          buttons: document.querySelectorAll(".copy").length > 0,
        };
      });
      const buttons = path === "index.html";
      expect(found, path).toEqual({ broken: [], clipped: [], covered: 0, buttons });
    }
  });

  test("what is inferred is marked where it is read", async () => {
    const { page } = await openWhole(inEnglishOf(richest));
    const text = await page.locator("#redoc").textContent();
    const inferred = textsOf(loadDescription(richest)).filter(({ pointer }) => {
      return pointer.startsWith("/paths/") && pointer.includes("/x-assumptions/");
    });
    expect(inferred.length).toBeGreaterThan(0);
    for (const each of inferred) expect(text).toContain(`Inferred: ${each.text.replaceAll("`", "")}`);
  });

  test("the link past the menu leads to the text, and not away", async () => {
    const { page, errors } = await tab.visit(`${site}${plainest}/index.html`, { site });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("api-content");
    await expect.poll(() => page.locator("#redoc h2").count()).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  test("the choice of colours holds on every page", async () => {
    const { page } = await tab.visit(`${site}index.html`, { site });
    await page.getByRole("button", { name: /dark/ }).click();
    await page.goto(`${site}${plainest}/index.html`);
    await settle(page);
    expect(await page.evaluate(() => document.documentElement.className)).toContain("dark");
  });

  test("the differences are those of the pair that is asked for; Back leads through the choices", async () => {
    const pair = (from: string, to: string) => ({
      title: `${from} → ${to}`,
      subjects: differencesOf(instanceEntry(from), instanceEntry(to)).map(({ subject }) =>
        subject.replaceAll("`", ""),
      ),
    });
    const address = (from: string, to: string) => `${site}differences.html#${from}..${to}`;
    const { page, errors } = await tab.visit(address(richest, plainest), { site });
    const stands = async (from: string, to: string) => {
      await expect.poll(() => page.locator("#result h2").textContent()).toBe(pair(from, to).title);
      const items = await page.locator(".differences li").allTextContents();
      expect(items).toEqual(pair(from, to).subjects.map((subject) => expect.stringContaining(subject)));
      expect(page.url()).toBe(address(from, to));
    };
    await stands(richest, plainest);
    await page.locator("select[name=to]").selectOption(mirrored);
    await stands(richest, mirrored);
    await page.getByRole("button", { name: "Swap" }).click();
    await stands(mirrored, richest);
    await page.goBack();
    await stands(richest, mirrored);
    await page.goBack();
    await stands(richest, plainest);
    expect(errors).toEqual([]);
  });

  test("the differences of nobody's names are those of the first two", async () => {
    const { page, errors } = await tab.visit(`${site}differences.html#nobody..%3Cb%3E`, { site });
    const [first, second] = instanceNames;
    expect(await page.locator("#result h2").textContent()).toBe(`${first} → ${second}`);
    expect(errors).toEqual([]);
  });

  test("it works below any path of a static host", async () => {
    const app = createApp();
    await app.register(fastifyStatic, { root: folder, prefix: "/some/where/" });
    const host = await listen(app, "127.0.0.1", 0);
    for (const path of ["index.html", "differences.html", `${mirrored}/index.html`, inEnglishOf(mirrored)]) {
      const { errors, strangers } = await tab.visit(`${host}/some/where/${path}`, {
        site: `${host}/some/where/`,
      });
      expect(errors).toEqual([]);
      expect(strangers).toEqual([]);
    }
    await app.close();
  });

  test("npm start serves it with the addresses of its own servers, and lets it load nothing else", async () => {
    const { app } = await createServer({
      descriptions: instanceNames.map(loadDescription),
      site: openSite(folder),
    });
    const host = await listen(app, "127.0.0.1", 0);
    for (const path of [
      "",
      "docs/",
      "docs/differences.html",
      `docs/${mirrored}/`,
      `docs/${inEnglishOf(richest)}`,
    ]) {
      const { page, errors, strangers } = await tab.visit(`${host}/${path}`, { site: `${host}/` });
      expect(errors, path).toEqual([]);
      expect(strangers, path).toEqual([]);
      expect(await faults(page), path).toEqual([]);
      if (path.endsWith(inEnglishOf(richest))) {
        expect(await page.locator("#redoc").textContent()).toContain(`${host}/mock/${richest}/api`);
        await page.getByRole("link", { name: "All instances" }).click();
        await page.waitForURL(`${host}/`);
      }
    }
    await app.close();
  });
});
