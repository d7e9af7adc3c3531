import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  descriptionNames,
  familyName,
  instanceEntry,
  instanceNames,
  loadDescription,
  rolesOf,
} from "../../src/description/index.ts";
import { differencesOf } from "../../src/docs/assets/rules.js";
import { buildDocs, english, languageFor, loadLanguages } from "../../src/docs/index.ts";
import { inferredOf } from "../../src/docs/reference/inferred.ts";
import { referenceOf } from "../../src/docs/reference/model.ts";
import { triesAll } from "../extent.ts";
import { faults, findBrowser, launch, settle, Tab, type Watched } from "./browser.ts";

const executable = findBrowser();
if (executable === undefined) {
  console.warn("The browser tests are skipped: no Chromium is installed (Debian: apt-get install chromium).");
}

const languages = loadLanguages();
const languageOf = (name: string) => languageFor(languages, instanceEntry(name).language)?.code ?? english;
const pathOf = (name: string, language = languageOf(name)) =>
  language === languageOf(name) ? `${name}/index.html` : `${name}/${language}/index.html`;

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

/**
 * Each page costs a second on a slow machine. What others show these show as well: the instance with the most in it in two languages, one
 * from right to left, and the family. The environment variable BROWSER_PAGES=all has all of them looked at.
 */
const references = descriptionNames.flatMap((name) =>
  [...languages.keys()].map((language) => ({ path: pathOf(name, language), name, language })),
);
const looked = triesAll("BROWSER_PAGES")
  ? references
  : [
      { name: richest, language: languageOf(richest) },
      { name: richest, language: english },
      { name: mirrored, language: languageOf(mirrored) },
      { name: familyName, language: english },
    ].map((each) => ({ ...each, path: pathOf(each.name, each.language) }));
const others = [
  ...["index.html", "differences.html", "assumptions.html", "changelog.html"],
  ...["index.html", "differences.html"].map((file) => `${languageOf(mirrored)}/${file}`),
];

describe.skipIf(executable === undefined)("the built site in a browser", { timeout: 180_000 }, () => {
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

  describe.each([...others, ...looked.map(({ path }) => path)])("%s", (path) => {
    const reference = looked.find((each) => each.path === path);
    let watched: Watched;
    beforeAll(async () => {
      watched = await tab.visit(site + path, { site });
    }, 180_000);

    test("loads from a file, alone and without an error", () => {
      expect(watched.errors).toEqual([]);
      expect(watched.strangers).toEqual([]);
    });

    test("axe finds nothing, in light and in dark", async () => {
      const { page } = watched;
      for (const mode of ["light", "dark"]) {
        await page.evaluate((name) => {
          document.documentElement.classList.remove("light", "dark");
          document.documentElement.classList.add(name);
        }, mode);
        expect(await faults(page), mode).toEqual([]);
      }
    });

    test("is no wider than the screen, from phone to desktop, and headings break between words", async () => {
      const { page } = watched;
      for (const width of [320, 390, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        await settle(page);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, `${width} pixels`).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize({ width: 1280, height: 900 });
    });

    test("its links lead to places that are there", async () => {
      const links = await watched.page.evaluate(() =>
        [...document.querySelectorAll("a[href]")].map((each) => (each as HTMLAnchorElement).href),
      );
      expect(links.length).toBeGreaterThan(2);
      for (const link of new Set(links)) {
        const url = new URL(link);
        if (url.protocol === "https:") continue;
        expect(link.startsWith(site), link).toBe(true);
        const file = join(folder, decodeURIComponent(url.pathname.slice(new URL(site).pathname.length)));
        expect(existsSync(file), link).toBe(true);
        // The page of the differences reads its address itself.
        if (url.hash !== "" && !file.endsWith("differences.html"))
          expect(
            readFileSync(file, "utf8").includes(` id="${decodeURIComponent(url.hash.slice(1))}"`),
            link,
          ).toBe(true);
      }
    });

    test.runIf(reference)(
      "is laid out in the direction of its language, code from left to right",
      async () => {
        const { code, direction } = languages.get(reference?.language ?? "") ?? {};
        const found = await watched.page.evaluate(() => {
          const left = (selector: string) =>
            document.querySelector(selector)?.getBoundingClientRect().left ?? Number.NaN;
          return {
            code: document.documentElement.lang,
            direction: getComputedStyle(document.querySelector("main p") ?? document.body).direction,
            menuIsLeft: left("#contents") < left("main h1"),
            written: [...document.querySelectorAll("pre, code, .endpoint, .type, .method")].map(
              (each) => getComputedStyle(each).direction,
            ),
          };
        });
        expect(found).toMatchObject({ code, direction, menuIsLeft: direction === "ltr" });
        expect(new Set(found.written)).toEqual(new Set(["ltr"]));
      },
    );

    test.runIf(reference)("headings go down one step at a time", async () => {
      const levels = await watched.page.evaluate(() =>
        [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((each) => Number(each.tagName.slice(1))),
      );
      levels.reduce((before, level) => {
        expect(level).toBeLessThanOrEqual(before + 1);
        return level;
      }, 0);
    });
  });

  test.each(looked)("$path is whole without a script, and on paper", async ({ path, name }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site + path);
    const scripted = await tab.visit(site + path, { site });
    await scripted.page.emulateMedia({ media: "print" });
    for (const each of [page, scripted.page]) {
      for (const { slug, operation, like } of referenceOf(loadDescription(name)).operations) {
        await expectVisible(each, `[id="${slug}"] h2`);
        if (like === undefined) await expectVisible(each, `[id="${slug}.200"]`);
        if (operation.body === undefined) continue;
        for (const [type, fields] of rolesOf(loadDescription(name)).fields) {
          await expectVisible(each, `[id="${slug}/${type}"]`);
          for (const field of fields) await expectVisible(each, `[id="${slug}.${type}.${field}"]`);
          await expectVisible(each, `[id="${slug}"] .call[data-type="${type}"] [data-tool="curl"] pre`);
        }
      }
    }
    await scripted.page.emulateMedia({ media: null });
    await context.close();
  });

  async function expectVisible(page: Page, selector: string): Promise<void> {
    expect(await page.locator(selector).first().isVisible(), selector).toBe(true);
  }

  describe("the choice of a handler type", () => {
    const types = instanceEntry(richest).types;
    const [first = "", other = ""] = [
      types[0],
      types.find((type) => rolesOf(loadDescription(richest)).fields.get(type)?.length === 2),
    ];

    /** The types that the page shows, wherever it shows one of several. */
    const shown = (page: Page) =>
      page.evaluate(() => [
        ...new Set(
          [...document.querySelectorAll("main [data-type]")]
            .filter(
              (each) => each.checkVisibility({ contentVisibilityAuto: true }) && !each.hasAttribute("hidden"),
            )
            .map((each) => each.getAttribute("data-type")),
        ),
      ]);

    test("drives fields, samples, example answers and the address; languages and Back keep it", async () => {
      const { page, errors } = await tab.visit(`${site}${pathOf(richest, english)}`, { site });
      expect(await shown(page)).toEqual([first]);
      await page.locator(`#create a[data-choose="${other}"]`).click();
      expect(page.url().endsWith(`#create/${other}`)).toBe(true);
      expect(await shown(page)).toEqual([other]);
      for (const tool of ["curl", "TypeScript", "JavaScript", "Python", "PHP"]) {
        await page.locator("#create .tools").getByRole("button", { name: tool, exact: true }).click();
        const samples = page.locator("#create details.sample:visible");
        expect(await samples.count()).toBe(1);
        expect(await samples.locator("pre").textContent()).toContain(other);
      }
      expect(await page.locator(`[id="update.${other}.${other}"]`).isVisible()).toBe(true);
      expect(await page.locator("#read .examples pre:visible").textContent()).toContain(`"${other}"`);

      await page.locator(".languages summary").click();
      await page
        .getByRole("link", { name: languages.get(languageOf(richest))?.name ?? "", exact: true })
        .click();
      await page.waitForURL(`${site}${pathOf(richest)}#create/${other}`);
      await settle(page);
      expect(await shown(page)).toEqual([other]);
      // What was chosen of the languages of samples is kept, too.
      expect(await page.locator("#create details.sample:visible").getAttribute("data-tool")).toBe("php");

      await page.locator(`#update a[data-choose="${first}"]`).click();
      expect(await shown(page)).toEqual([first]);
      await page.goBack();
      await expect.poll(() => shown(page)).toEqual([other]);
      expect(errors).toEqual([]);
    });

    test("comes out of an address, and of the browser's own search", async () => {
      const { page } = await tab.visit(`${site}${pathOf(richest)}#create/${other}`, { site });
      expect(await shown(page)).toEqual([other]);
      expect(await page.locator(`[id="create/${other}"]`).isVisible()).toBe(true);
      const place = await page.evaluate(
        () => document.querySelector("#create .types")?.getBoundingClientRect().top,
      );
      expect(place).toBeGreaterThan(0);
      await page.evaluate((type) => {
        document.querySelector(`[id="create/${type}"]`)?.dispatchEvent(new Event("beforematch"));
      }, first);
      expect(await shown(page)).toEqual([first]);
    });

    test("is no choice where the page does not have the type", async () => {
      const { page, errors } = await tab.visit(`${site}${pathOf(richest)}#create/no_such_type`, { site });
      expect(await shown(page)).toEqual([first]);
      expect(errors).toEqual([]);
    });
  });

  describe.each([1280, 390])("two actions from the front page at most, %i pixels wide", (width) => {
    const [name, other] = [richest, plainest];
    const type = instanceEntry(name).types.find((each) => each !== instanceEntry(name).types[0]) ?? "";

    test.each<[question: string, actions: ((page: Page) => Promise<unknown>)[], answer: string]>([
      [
        "how a handler of a type is created",
        [(page) => page.locator(`[id="${name}"] .types a`, { hasText: new RegExp(`^${type}$`) }).click()],
        `[id="create"] .call[data-type="${type}"] pre`,
      ],
      [
        "what delete answers",
        [
          (page) => page.locator(`[id="${name}"] h3 a`).click(),
          (page) => page.locator('a[href="#delete"]:visible').first().click(),
        ],
        '[id="delete.200"]',
      ],
      [
        "what is guessed",
        [
          (page) => page.locator(`[id="${name}"] h3 a`).click(),
          (page) => page.locator('a[href="#inferred"]:visible').first().click(),
        ],
        ".assumptions",
      ],
      [
        "what differs from another instance",
        [
          (page) => page.getByRole("link", { name: `Differences: ${name}` }).click(),
          (page) => page.locator("select[name=to]").selectOption(other),
        ],
        ".differences li",
      ],
    ])("%s", async (_question, actions, answer) => {
      expect(actions.length).toBeLessThanOrEqual(2);
      const { page, errors } = await tab.visit(`${site}index.html`, { site, width });
      for (const act of actions) await act(page);
      await page.locator(answer).first().waitFor({ state: "visible" });
      if (answer === ".assumptions") {
        const lines = await page.locator(".assumptions tbody tr").count();
        expect(lines).toBe(inferredOf(referenceOf(loadDescription(name))).length);
      }
      expect(errors).toEqual([]);
    });

    test("the front page fits a phone: no more than 4,000 px, and a call to action before the matrix", async () => {
      const { page } = await tab.visit(`${site}index.html`, { site, width: 390, height: 844 });
      // Its length follows from the register: with five instances and the family it is this.
      const cards = await page.locator(".cards > li").count();
      if (cards <= 6)
        expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(4000);
      const tops = await page.evaluate(() =>
        [".action.primary", "#instances", "#matrix"].map(
          (each) => document.querySelector(each)?.getBoundingClientRect().top ?? Number.NaN,
        ),
      );
      expect(tops).toEqual([...tops].sort((a, b) => a - b));
    });
  });

  describe("the search of a reference", () => {
    test("finds fields of any type, by the keyboard alone, and shows them", async () => {
      const { page, errors } = await tab.visit(`${site}${pathOf(mirrored)}`, { site });
      const type = instanceEntry(mirrored).types.at(-2) ?? "";
      const [field = ""] = rolesOf(loadDescription(mirrored)).fields.get(type) ?? [];
      await page.keyboard.press("/");
      await page.keyboard.type(field);
      const options = page.getByRole("option");
      await expect.poll(() => options.count()).toBeGreaterThan(1);
      // A name is written from left to right, and stays one in a line of the other direction.
      expect(await options.first().locator("bdi").first().textContent()).toBe(field);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
      await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toContain(field);
      const id = await page.evaluate(() => decodeURIComponent(location.hash.slice(1)));
      expect(await page.locator(`[id="${id}"]`).isVisible()).toBe(true);
      expect(errors).toEqual([]);
    });

    test("says that there is nothing, in the reader's language", async () => {
      const { page } = await tab.visit(`${site}${pathOf(mirrored)}`, { site });
      await page.keyboard.press("Control+k");
      await page.keyboard.type("zzzzzz");
      const words = languages.get(languageOf(mirrored))?.page;
      await expect.poll(() => page.locator("#results").textContent()).toContain(words?.say("searchNone"));
      await page.keyboard.press("Escape");
      expect(await page.locator("#results").isVisible()).toBe(false);
    });
  });

  test("the link past the menu leads to the text", async () => {
    const { page, errors } = await tab.visit(`${site}${plainest}/index.html`, { site });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("content");
    expect(errors).toEqual([]);
  });

  test("the contents show where the reader is", async () => {
    const { page } = await tab.visit(`${site}${plainest}/index.html`, { site });
    for (const slug of ["update", "errors", "list"]) {
      await page.evaluate((id) => document.getElementById(id)?.scrollIntoView(), slug);
      await expect.poll(() => page.locator("#contents [aria-current]").getAttribute("href")).toBe(`#${slug}`);
    }
  });

  test("on a phone the contents fold, and the title is on the first screen", async () => {
    const { page } = await tab.visit(`${site}${pathOf(richest)}`, { site, width: 390, height: 844 });
    const link = page.locator('#contents a[href="#delete"]');
    expect(await link.isVisible()).toBe(false);
    const title = await page.locator("h1").boundingBox();
    expect(title?.y).toBeLessThan(200);
    for (const [slug, other] of [
      ["delete", "create"],
      ["create", "delete"],
    ]) {
      await page.locator("#contents summary").click();
      await page.locator(`#contents a[href="#${slug}"]`).click();
      await expect.poll(() => page.evaluate(() => location.hash)).toBe(`#${slug}`);
      expect(await page.locator(`#contents a[href="#${other}"]`).isVisible()).toBe(false);
      // The bar leaves nearly all of the screen to the text, and covers no heading.
      const [bar, heading] = await Promise.all(
        ["header.bar", `[id="${slug}.title"]`].map((each) => page.locator(each).boundingBox()),
      );
      const bottom = (bar?.y ?? 0) + (bar?.height ?? 0);
      expect(bottom).toBeLessThan(64);
      expect(heading?.y).toBeGreaterThanOrEqual(bottom);
    }
    await page.locator("#contents summary").click();
    await page.keyboard.press("Escape");
    expect(await link.isVisible()).toBe(false);
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(await link.isVisible()).toBe(true);
  });

  test("a reference is used by the keyboard alone", async () => {
    const { page, errors } = await tab.visit(`${site}${pathOf(plainest, english)}`, { site });
    const type = instanceEntry(plainest).types[1] ?? "";
    const focus = (selector: string) =>
      page.evaluate((each) => {
        const element = document.querySelector<HTMLElement>(each);
        element?.focus();
        return document.activeElement === element && (element?.tabIndex ?? -1) >= 0;
      }, selector);
    expect(await focus(`#create a[data-choose="${type}"]`)).toBe(true);
    await page.keyboard.press("Enter");
    expect(await page.locator(`[id="create/${type}"]`).isVisible()).toBe(true);
    expect(await focus('#create button[data-tool="php"]')).toBe(true);
    await page.keyboard.press("Space");
    expect(await page.locator("#create details.sample:visible").first().getAttribute("data-tool")).toBe(
      "php",
    );
    expect(await focus(".languages summary")).toBe(true);
    await page.keyboard.press("Enter");
    const language = page.locator(".languages li a").first();
    expect(await language.isVisible()).toBe(true);
    // What has the focus can be seen.
    await page.keyboard.press("Tab");
    expect(await language.evaluate((link) => getComputedStyle(link).outlineStyle)).toBe("solid");
    await page.keyboard.press("Escape");
    expect(await language.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");
    expect(errors).toEqual([]);
  });

  test("a PDF of a reference has every operation and every handler type", async () => {
    const path = pathOf(richest, english);
    const { page } = await tab.visit(site + path, { site });
    // The outline of a PDF is made of the headings that were printed; its titles stand in it as text.
    const pdf = (await page.pdf({ outline: true, tagged: true })).toString("latin1");
    const wanted = [
      ...referenceOf(loadDescription(richest)).operations.map(({ summary }) => summary),
      ...instanceEntry(richest).types.map((type) => `Fields of type ${type}`),
    ];
    expect(wanted.filter((title) => !pdf.includes(`/Title (${title}`))).toEqual([]);
  });

  test("the choice of colours holds on every page", async () => {
    const { page } = await tab.visit(`${site}index.html`, { site });
    await page.locator("#mode").click();
    await page.goto(`${site}${plainest}/index.html`);
    expect(await page.evaluate(() => document.documentElement.classList.contains("dark"))).toBe(true);
    await page.locator("#mode").click();
    expect(await page.evaluate(() => document.documentElement.classList.contains("light"))).toBe(true);
  });

  test("the filter of the front page narrows the instances down", async () => {
    const { page } = await tab.visit(`${site}index.html`, { site });
    await page.locator("#filter").fill(richest);
    expect(await page.locator(".cards > li:visible").count()).toBe(1);
    await page.locator("#filter").fill("");
    expect(await page.locator(".cards > li:visible").count()).toBe(descriptionNames.length);
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
});
