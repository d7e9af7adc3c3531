import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { loadDescription, rolesOf } from "../../../src/description/index.ts";
import { referenceOf } from "../../../src/docs/reference/model.ts";
import { faults, settle, type Watched } from "../browser.ts";
import { type BuiltSite, isThorough, languages, others, references } from "./shown.ts";

/** What must be true of every page. */
export function describeEveryPage(built: BuiltSite): void {
  describe.each([...others, ...references.map(({ path }) => path)])("%s", (path) => {
    const reference = references.find((each) => each.path === path);
    let watched: Watched;
    beforeAll(async () => {
      watched = await built.tab.visit(built.site + path, { site: built.site });
    }, 180_000);

    test("loads from a file, alone and without an error", () => {
      expect(watched.errors).toEqual([]);
      expect(watched.strangers).toEqual([]);
    });

    test("axe finds nothing, in light and in dark", async () => {
      const { page } = watched;
      const paint = (mode: string) =>
        page.evaluate((name) => {
          document.documentElement.classList.remove("light", "dark");
          document.documentElement.classList.add(name);
        }, mode);
      await paint("light");
      expect(await faults(page)).toEqual([]);
      await paint("dark");
      expect(await faults(page, ["cat.color"])).toEqual([]);
      if (!isThorough) return;
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await faults(page), "dark, 390 pixels").toEqual([]);
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
        expect(link.startsWith(built.site), link).toBe(true);
        const file = join(
          built.folder,
          decodeURIComponent(url.pathname.slice(new URL(built.site).pathname.length)),
        );
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

  test.each(references)("$path is whole without a script, and on paper", async ({ path, name }) => {
    const places = placesOf(name);
    expect(places.length).toBeGreaterThan(10);
    const context = await built.browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await plain.goto(built.site + path);
    const { page } = await built.tab.visit(built.site + path, { site: built.site });
    await page.emulateMedia({ media: "print" });
    for (const each of [plain, page]) expect(await hidden(each, places)).toEqual([]);
    await page.emulateMedia({ media: null });
    await context.close();
  });
}

/** Selectors of what a reader of a whole reference must find. */
function placesOf(name: string): string[] {
  const description = loadDescription(name);
  return referenceOf(description).operations.flatMap(({ slug, operation, like }) => [
    `[id="${slug}"] h2`,
    ...(like === undefined ? [`[id="${slug}.200"]`] : []),
    ...(operation.body === undefined
      ? []
      : [...rolesOf(description).fields].flatMap(([type, fields]) => [
          `[id="${slug}/${type}"]`,
          ...fields.map((field) => `[id="${slug}.${type}.${field}"]`),
          `[id="${slug}"] .call[data-type="${type}"] [data-tool="curl"] pre`,
        ])),
  ]);
}

/** The selectors whose first element is missing or invisible. */
function hidden(page: Page, selectors: readonly string[]): Promise<string[]> {
  return page.evaluate(
    (all) =>
      all.filter((selector) => {
        const element = document.querySelector(selector);
        const isSeen = element?.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
        return !isSeen || element?.getBoundingClientRect().height === 0;
      }),
    selectors,
  );
}
