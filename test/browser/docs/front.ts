import { expect, test } from "vitest";
import { descriptionNames, instanceEntry, instanceNames } from "../../../src/description/index.ts";
import { differencesOf } from "../../../src/docs/assets/rules.js";
import { type BuiltSite, mirrored, plainest, richest } from "./shown.ts";

/** The pages about several instances. */
export function describeFront(built: BuiltSite): void {
  test("the choice of colours holds on every page", async () => {
    const { page } = await built.tab.visit(`${built.site}index.html`, { site: built.site });
    await page.locator("#mode").click();
    await page.goto(`${built.site}${plainest}/index.html`);
    expect(await page.evaluate(() => document.documentElement.classList.contains("dark"))).toBe(true);
    await page.locator("#mode").click();
    expect(await page.evaluate(() => document.documentElement.classList.contains("light"))).toBe(true);
  });

  test("the filter of the front page narrows the instances down", async () => {
    const { page } = await built.tab.visit(`${built.site}index.html`, { site: built.site });
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
    const address = (from: string, to: string) => `${built.site}differences.html#${from}..${to}`;
    const { page, errors } = await built.tab.visit(address(richest, plainest), { site: built.site });
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
    const { page, errors } = await built.tab.visit(`${built.site}differences.html#nobody..%3Cb%3E`, {
      site: built.site,
    });
    const [first, second] = instanceNames;
    expect(await page.locator("#result h2").textContent()).toBe(`${first} → ${second}`);
    expect(errors).toEqual([]);
  });
}
