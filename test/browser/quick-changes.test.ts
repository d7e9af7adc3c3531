import type { Browser, Page, Route } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  familyName,
  instanceEntry,
  instanceNames,
  loadDescription,
  modelOf,
} from "../../src/description/index.ts";
import { blank, findBrowser, settle, Tab } from "./browser.ts";
import { startWorkbench } from "./start-workbench.ts";

const executable = findBrowser();
const [name = ""] = instanceNames;
const { names } = modelOf(loadDescription(name));
const { listPath, types } = instanceEntry(name);

/** Holds requests back until they are let through. */
class Held {
  readonly #waiting: (() => void)[] = [];
  #isOpen = false;

  /** How many wait, or have waited. */
  get count(): number {
    return this.#waiting.length;
  }

  wait(): Promise<void> {
    return this.#isOpen ? Promise.resolve() : new Promise((go) => this.#waiting.push(go));
  }

  letThrough(): void {
    this.#isOpen = true;
    for (const go of this.#waiting) go();
  }
}

describe.skipIf(executable === undefined)(
  "readers who are faster than the server",
  { timeout: 180_000 },
  () => {
    let browser: Browser;
    let tab: Tab;
    let site = "";
    let close: (() => Promise<void>) | undefined;
    /** Each test has a key of its own, and with it data, requests and behaviour. */
    const keys = Array.from({ length: 20 }, (_, index) => `key-of-test-${index}-0123456789abcdef`);
    let key = "";

    beforeAll(async () => {
      ({ site, browser, close } = await startWorkbench([name, familyName], keys, executable));
    });
    afterAll(() => close?.());
    beforeEach(() => {
      key = keys.pop() ?? "";
    });

    const ask = (path: string, method = "GET", body?: FormData | string) =>
      fetch(site + path, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(typeof body === "string" && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body }),
      });
    const api = `sandbox/${name}/api`;
    const make = async (text: string) => {
      const form = new FormData();
      form.append(names.name, text);
      form.append(names.type, types[0] ?? "");
      expect((await ask(api + listPath.replace(/\/$/, ""), "POST", form)).status).toBeLessThan(300);
    };
    const isListOf = (route: Route) =>
      route.request().method() === "GET" && new URL(route.request().url()).pathname === `/${api}${listPath}`;
    const snapshots = async () => (await ask(`sandbox/${name}/_snapshot`)).json();
    /** A tab of its own, since each test routes what it likes. */
    const open = async (place: string): Promise<Page> => {
      tab = await Tab.open(browser);
      const { page } = await tab.visit(site + blank, { site });
      await page.evaluate((value) => sessionStorage.setItem("workbench.key", value), key);
      await page.goto(`${site}#${place}`);
      await page.locator(".tabs").waitFor();
      return page;
    };
    const openData = () => open(`${name}/sandbox/data`);
    const row = (page: Page, text: string) => page.getByRole("rowheader", { name: text, exact: true });

    test("an instance and a server that are chosen at once are both taken, and so are two presses of an arrow", async () => {
      const page = await open(`${name}/sandbox/requests`);
      await page.evaluate((wanted) => {
        const select = document.querySelector<HTMLSelectElement>("select.instance");
        if (select === null) throw new Error("there is no choice of instances");
        select.value = wanted;
        select.dispatchEvent(new Event("change", { bubbles: true }));
        document.querySelector<HTMLInputElement>('input[value="mock"]')?.click();
      }, familyName);
      expect(await page.evaluate(() => location.hash)).toBe(`#${familyName}/mock/requests`);
      await page.evaluate(() => {
        document.getElementById("tab-requests")?.focus();
        for (let presses = 0; presses < 2; presses += 1)
          document.activeElement?.dispatchEvent(
            new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }),
          );
      });
      expect(await page.evaluate(() => location.hash)).toBe(`#${familyName}/mock/behave`);
    });

    test("what is switched off stays off when another switch is set before the answer", async () => {
      await ask(`sandbox/${name}/_behaviour`, "PUT", JSON.stringify({ list: { status: 500 } }));
      const page = await open(`${name}/sandbox/behave`);
      await page.getByText("answers 500").waitFor();
      const held = new Held();
      await page.route("**/_behaviour", async (route) => {
        await held.wait();
        await route.continue();
      });
      await page.getByRole("button", { name: "Switch off" }).click();
      await expect.poll(() => held.count).toBe(1);
      await page.locator(".switches > li").nth(1).locator("select").first().selectOption("500");
      held.letThrough();
      const behaviour = async () =>
        ((await (await ask(`sandbox/${name}/_behaviour`)).json()) as { behaviour: object }).behaviour;
      await expect.poll(behaviour).toEqual({ read: { status: 500 } });
    });

    test("what goes on in the place that was left does not hide what is switched on in the next", async () => {
      await ask(`sandbox/${familyName}/_behaviour`, "PUT", JSON.stringify({ list: { status: 500 } }));
      const page = await openData();
      await page.getByText("No handlers here.").waitFor();
      const [seeding, behaving] = [new Held(), new Held()];
      await page.route("**/_seed", async (route) => {
        await seeding.wait();
        await route.continue();
      });
      await page.route(`**/${familyName}/_behaviour`, async (route) => {
        await behaving.wait();
        await route.continue();
      });
      await page.getByRole("button", { name: /^Add 20/ }).click();
      await expect.poll(() => seeding.count).toBe(1);
      await page.locator("select.instance").selectOption(familyName);
      await expect.poll(() => behaving.count).toBe(1);
      const reloaded = page.waitForRequest((request) => request.url().includes(`/${api}${listPath}?`));
      seeding.letThrough();
      await reloaded;
      behaving.letThrough();
      await page.getByText("answers 500").waitFor();
    });

    test("a double click on Delete all keeps what was there", async () => {
      await make("Kept");
      const page = await openData();
      await row(page, "Kept").waitFor();
      const held = new Held();
      const saved: string[] = [];
      await page.route("**/_snapshot/*", async (route) => {
        saved.push(route.request().method());
        await held.wait();
        await route.continue();
      });
      await page.getByRole("button", { name: "Delete all" }).dblclick();
      await expect.poll(() => held.count).toBeGreaterThan(0);
      held.letThrough();
      await page.getByText("No handlers here.").waitFor();
      await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0);
      expect(saved).toEqual(["PUT"]);
      expect(await snapshots()).toMatchObject({ snapshots: [{ handlers: 1 }] });
    });

    test("what was made since the page was read is kept before it is deleted", async () => {
      const page = await openData();
      await page.getByText("No handlers here.").waitFor();
      const held = new Held();
      let lists = 0;
      await page.route("**/notification-handlers/*", async (route) => {
        // The page reads what is new, and gets no answer yet.
        if (isListOf(route) && ++lists === 1) await held.wait();
        await route.continue();
      });
      await make("New");
      await expect.poll(() => held.count).toBe(1);
      await page.getByRole("button", { name: "Reset and add 20" }).click();
      await page.getByText("20 new ones are there").waitFor();
      held.letThrough();
      expect(await snapshots()).toMatchObject({ snapshots: [{ handlers: 1 }] });
    });

    test("a list that arrives late does not replace the page that was asked for since; a page that is gone is left", async () => {
      await ask(`sandbox/${name}/_seed`, "POST", JSON.stringify({ count: 27, value: 1 }));
      const page = await openData();
      const rows = page.locator(".handlers tbody tr");
      await expect.poll(() => rows.count()).toBe(25);
      const held = new Held();
      let isDeleted = false;
      await page.route("**/notification-handlers/*", async (route) => {
        if (isDeleted && isListOf(route) && route.request().url().endsWith("page=1")) await held.wait();
        isDeleted ||= route.request().method() === "DELETE";
        await route.continue();
      });
      const deleteFirst = async () => {
        await rows
          .first()
          .getByRole("button", { name: /^Delete handler/ })
          .click();
        await rows
          .first()
          .getByRole("button", { name: /^Press again/ })
          .click();
      };
      await deleteFirst();
      await expect.poll(() => held.count).toBe(1);
      await page.getByRole("button", { name: "Next" }).click();
      await expect.poll(() => rows.count()).toBe(1);
      const late = page.waitForResponse((response) => response.url().endsWith("page=1"));
      held.letThrough();
      await (await late).finished();
      await settle(page);
      expect(await rows.count()).toBe(1);
      await deleteFirst();
      await expect.poll(() => rows.count()).toBe(25);
    });

    test("a form that was left before its answer came does not close the next one", async () => {
      await make("First");
      const page = await openData();
      await row(page, "First").waitFor();
      const held = new Held();
      await page.route("**/notification-handlers", async (route) => {
        await held.wait();
        await route.continue();
      });
      const dialog = page.getByRole("dialog");
      await page.getByRole("button", { name: "New handler" }).click();
      await dialog.locator(`input[name="${names.name}"]`).fill("Second");
      await dialog.getByRole("button", { name: "Create" }).click();
      await expect.poll(() => held.count).toBe(1);
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("button", { name: "New handler" }).click();
      await dialog.locator(`input[name="${names.name}"]`).fill("Third");
      held.letThrough();
      await row(page, "Second").waitFor();
      expect(await dialog.locator(`input[name="${names.name}"]`).inputValue()).toBe("Third");
    });

    test("requests that come while others are forgotten are shown", async () => {
      const page = await open(`${name}/sandbox/requests`);
      await make("Before");
      const lines = page.locator(".requests .line");
      await expect.poll(() => lines.count()).toBe(1);
      const held = new Held();
      await page.route("**/_requests", async (route) => {
        const response = await route.fetch();
        await held.wait();
        await route.fulfill({ response });
      });
      await page.getByRole("button", { name: "Clear" }).click();
      await expect.poll(() => held.count).toBe(1);
      await ask(`${api}/notification-handlers/7`);
      await expect.poll(() => lines.count()).toBe(2);
      held.letThrough();
      await expect.poll(() => lines.allTextContents()).toEqual([expect.stringContaining("/7")]);
    });
  },
);
