import { describe, expect, test } from "vitest";
import { instanceEntry, loadDescription, rolesOf } from "../../../src/description/index.ts";
import { english } from "../../../src/docs/index.ts";
import { referenceOf } from "../../../src/docs/reference/model.ts";
import { type BuiltSite, languageOf, languages, mirrored, pathOf, plainest, richest } from "./shown.ts";

/** Ways to read a reference: search, contents, keyboard, print. */
export function describeReading(built: BuiltSite): void {
  describe("the search of a reference", () => {
    test("finds fields of any type, by the keyboard alone, and shows them", async () => {
      const { page, errors } = await built.tab.visit(`${built.site}${pathOf(mirrored)}`, {
        site: built.site,
      });
      const type = instanceEntry(mirrored).types.at(-2) ?? "";
      const [field = ""] = rolesOf(loadDescription(mirrored)).fields.get(type) ?? [];
      await page.keyboard.press("/");
      await page.keyboard.type(field);
      const options = page.getByRole("option");
      await expect.poll(() => options.count()).toBeGreaterThan(1);
      // A name is written from left to right, and stays in one piece in a line from right to left.
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
      const { page } = await built.tab.visit(`${built.site}${pathOf(mirrored)}`, { site: built.site });
      await page.keyboard.press("Control+k");
      await page.keyboard.type("zzzzzz");
      const words = languages.get(languageOf(mirrored))?.page;
      await expect.poll(() => page.locator("#results").textContent()).toContain(words?.say("searchNone"));
      await page.keyboard.press("Escape");
      expect(await page.locator("#results").isVisible()).toBe(false);
    });
  });

  test("a copy that the browser refuses says so in the reader's language, and selects the code", async () => {
    const { page, errors } = await built.tab.visit(`${built.site}${pathOf(mirrored)}`, { site: built.site });
    const words = languages.get(languageOf(mirrored))?.page;
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException("", "NotAllowedError"));
      // What is said stays.
      Object.assign(window, { setTimeout: () => 0 });
    });
    const button = page.locator("button.copy:visible").first();
    await button.click();
    await expect.poll(() => button.getAttribute("aria-label")).toBe(words?.say("notCopied"));
    const code = await page.locator(".copyable:has(.refused) code").textContent();
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(code?.replace(/\n$/, ""));
    expect(errors).toEqual([]);
  });

  test("the link past the menu leads to the text", async () => {
    const { page, errors } = await built.tab.visit(`${built.site}${plainest}/index.html`, {
      site: built.site,
    });
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("content");
    expect(errors).toEqual([]);
  });

  test("the contents show where the reader is", async () => {
    const { page } = await built.tab.visit(`${built.site}${plainest}/index.html`, { site: built.site });
    for (const slug of ["update", "errors", "list"]) {
      await page.evaluate((id) => document.getElementById(id)?.scrollIntoView(), slug);
      await expect.poll(() => page.locator("#contents [aria-current]").getAttribute("href")).toBe(`#${slug}`);
    }
  });

  test("on a phone the contents fold, and the title is on the first screen", async () => {
    const { page } = await built.tab.visit(`${built.site}${pathOf(richest)}`, {
      site: built.site,
      width: 390,
      height: 844,
    });
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
    const { page, errors } = await built.tab.visit(`${built.site}${pathOf(plainest, english)}`, {
      site: built.site,
    });
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
    // The focus is visible.
    await page.keyboard.press("Tab");
    expect(await language.evaluate((link) => getComputedStyle(link).outlineStyle)).toBe("solid");
    await page.keyboard.press("Escape");
    expect(await language.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");
    expect(errors).toEqual([]);
  });

  test("a PDF of a reference has every operation and every handler type", async () => {
    const path = pathOf(richest, english);
    const { page } = await built.tab.visit(built.site + path, { site: built.site });
    // The outline of a PDF contains the printed headings as text.
    const pdf = (await page.pdf({ outline: true, tagged: true })).toString("latin1");
    const wanted = [
      ...referenceOf(loadDescription(richest)).operations.map(({ summary }) => summary),
      ...instanceEntry(richest).types.map((type) => `Fields of type ${type}`),
    ];
    expect(wanted.filter((title) => !pdf.includes(`/Title (${title}`))).toEqual([]);
  });
}
