import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { instanceEntry, loadDescription } from "../../../src/description/index.ts";
import { inferredOf } from "../../../src/docs/reference/inferred.ts";
import { referenceOf } from "../../../src/docs/reference/model.ts";
import { type BuiltSite, plainest, richest } from "./shown.ts";

/** How soon readers find what they came for. */
export function describeTwoActions(built: BuiltSite): void {
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
      const { page, errors } = await built.tab.visit(`${built.site}index.html`, { site: built.site, width });
      for (const act of actions) await act(page);
      await page.locator(answer).first().waitFor({ state: "visible" });
      if (answer === ".assumptions") {
        const lines = await page.locator(".assumptions tbody tr").count();
        expect(lines).toBe(inferredOf(referenceOf(loadDescription(name))).length);
      }
      expect(errors).toEqual([]);
    });
  });

  test("the front page fits a phone: no more than 4,000 px, and a call to action before the matrix", async () => {
    const { page } = await built.tab.visit(`${built.site}index.html`, {
      site: built.site,
      width: 390,
      height: 844,
    });
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
}
