import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { instanceEntry, loadDescription, rolesOf } from "../../../src/description/index.ts";
import { english } from "../../../src/docs/index.ts";
import { settle } from "../browser.ts";
import { type BuiltSite, languageOf, languages, pathOf, richest } from "./shown.ts";

/** The one choice of a handler type. */
export function describeChoice(built: BuiltSite): void {
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
      const { page, errors } = await built.tab.visit(`${built.site}${pathOf(richest, english)}`, {
        site: built.site,
      });
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
      await page.waitForURL(`${built.site}${pathOf(richest)}#create/${other}`);
      await settle(page);
      expect(await shown(page)).toEqual([other]);
      // The chosen language of the samples is kept, too.
      expect(await page.locator("#create details.sample:visible").getAttribute("data-tool")).toBe("php");

      await page.locator(`#update a[data-choose="${first}"]`).click();
      expect(await shown(page)).toEqual([first]);
      await page.goBack();
      await expect.poll(() => shown(page)).toEqual([other]);
      expect(errors).toEqual([]);
    });

    test("comes out of an address, and of the browser's own search", async () => {
      const { page } = await built.tab.visit(`${built.site}${pathOf(richest)}#create/${other}`, {
        site: built.site,
      });
      expect(await shown(page)).toEqual([other]);
      expect(await page.locator(`[id="create/${other}"]`).isVisible()).toBe(true);
      const place = await page.evaluate(
        () => document.querySelector("#create .types")?.getBoundingClientRect().top,
      );
      expect(place).toBeGreaterThan(0);
      // Only what is hidden in this way is found by the browser's own search.
      const hidden = page.locator(`main [data-type="${first}"]`).first();
      expect(await hidden.getAttribute("hidden")).toBe("until-found");
      await page.evaluate((type) => {
        document.querySelector(`[id="create/${type}"]`)?.dispatchEvent(new Event("beforematch"));
      }, first);
      expect(await shown(page)).toEqual([first]);
    });

    test.each(["no_such_type", "%"])(
      "is no choice where the page does not have the type: %j",
      async (type) => {
        const { page, errors } = await built.tab.visit(`${built.site}${pathOf(richest)}#create/${type}`, {
          site: built.site,
        });
        expect(await shown(page)).toEqual([first]);
        expect(errors).toEqual([]);
      },
    );
  });
}
