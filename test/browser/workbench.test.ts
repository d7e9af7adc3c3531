import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  familyName,
  instanceEntry,
  instanceNames,
  loadDescription,
  modelOf,
} from "../../src/description/index.ts";
import { allLanguages } from "../../src/docs/index.ts";
import { basePath } from "../../src/sandbox/index.ts";
import { triesAll } from "../scope.ts";
import { blank, faults, findBrowser, settle, Tab } from "./browser.ts";
import { startWorkbench } from "./start-workbench.ts";

const executable = findBrowser();
const [name = ""] = instanceNames;
const { names } = modelOf(loadDescription(name));
/** Some languages, each at a width and in colours; with BROWSER_PAGES=all every one at both, in both. */
const looks = triesAll("BROWSER_PAGES")
  ? [...allLanguages().keys()].flatMap((code) =>
      [390, 1280].flatMap((width) => ["light", "dark"].map((mode) => [width, mode, code] as const)),
    )
  : ([
      [390, "dark", "fa"],
      [1280, "light", "en"],
    ] as const);

/** What nobody should send, and somebody does. */
const hostile = "<script>document.title='broken'</script>\u202eevil\u0007";

describe.skipIf(executable === undefined)("the workbench in a browser", { timeout: 180_000 }, () => {
  let browser: Browser;
  let tab: Tab;
  let site = "";
  let close: (() => Promise<void>) | undefined;
  /** Each test has a key of its own, and with it data, requests and behaviour. */
  const keys = Array.from({ length: 40 }, (_, index) => `key-of-test-${index}-0123456789abcdef`);
  let key = "";

  beforeAll(async () => {
    ({ site, browser, close } = await startWorkbench([name, familyName], keys, executable));
    tab = await Tab.open(browser);
  }, 120_000);
  afterAll(() => close?.());
  beforeEach(() => {
    key = keys.pop() ?? "";
  });

  const baseUrl = () => `${site.slice(0, -1)}${basePath(name)}`;
  const bearer = () => ({ authorization: `Bearer ${key}` });
  const { listPath } = instanceEntry(name);
  const list = () => fetch(baseUrl() + listPath, { headers: bearer() });
  const create = async (values: Record<string, string>) => {
    const body = new FormData();
    for (const [field, value] of Object.entries(values)) body.append(field, value);
    const answer = await fetch(baseUrl() + listPath.replace(/\/$/, ""), {
      method: "POST",
      headers: bearer(),
      body,
    });
    return { status: answer.status, text: await answer.text() };
  };
  const [type = "", other = ""] = instanceEntry(name).types;
  const make = (text: string, field = "") =>
    create({
      [names.name]: text,
      [names.type]: type,
      ...(field !== "" && { [instanceEntry(name).fields[type]?.[0] ?? ""]: field }),
    });
  const save = (snapshot: string) =>
    fetch(`${site}sandbox/${name}/_snapshot/${snapshot}`, { method: "PUT", headers: bearer() });
  const switchList = (list: object) =>
    fetch(`${site}sandbox/${name}/_behaviour`, {
      method: "PUT",
      headers: { ...bearer(), "content-type": "application/json" },
      body: JSON.stringify({ list }),
    });
  const handlers = async () => ((await (await list()).json()) as { data: Record<string, unknown>[] }).data;

  /** Opens the page for the key of the test, as one who was there before and asked to keep it. */
  const open = async (path = "", size: { width?: number; height?: number } = {}) => {
    const visited = await tab.visit(site + blank, { site, ...size });
    await visited.page.evaluate((value) => sessionStorage.setItem("workbench.key", value), key);
    await visited.page.goto(site + path);
    await visited.page.locator(".tabs").waitFor();
    return visited;
  };

  /** Presses Tab until what is named has the focus. */
  const reach = async (page: Page, role: string, label: string | RegExp) => {
    for (let steps = 0; steps < 80; steps += 1) {
      const found = page.getByRole(role as "button", { name: label, includeHidden: false }).first();
      if (await found.evaluate((it) => it === document.activeElement).catch(() => false)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${role} ${label}`);
  };
  /** Goes to a tab by the keyboard: to the tabs, and along them by the arrows. */
  const toTab = async (page: Page, label: string) => {
    await reach(page, "tab", /./);
    for (let steps = 0; steps < 4; steps += 1) {
      const selected = page.getByRole("tab", { selected: true });
      if ((await selected.textContent()) === label) return;
      await page.keyboard.press("ArrowRight");
      await settle(page);
    }
    throw new Error(`there is no tab ${label}`);
  };

  describe("with the keyboard alone, within two actions from the front page", () => {
    test("why a create was refused", async () => {
      await create({ [names.name]: "Ops", [names.type]: "pigeon" });
      const { page, errors } = await open();
      // No action: it stands there, in the server's words.
      await page.getByText(`not "pigeon"`).waitFor();
      await reach(page, "button", /pigeon/);
      await page.keyboard.press("Enter");
      const detail = page.locator(".detail");
      await detail.waitFor();
      expect(await detail.locator(".pairs").first().textContent()).toContain("pigeon");
      expect(await detail.locator(".body").textContent()).toContain('"errors"');
      expect(errors).toEqual([]);
    });

    test("change a handler's name", async () => {
      await make("Before");
      const { page, errors } = await open();
      await toTab(page, "Data");
      await page.getByText("Before").waitFor();
      await reach(page, "button", /^Edit handler/);
      await page.keyboard.press("Enter");
      // The name has the focus, and is selected.
      await page.keyboard.type("After");
      await page.keyboard.press("Enter");
      await page.getByRole("rowheader", { name: "After" }).waitFor();
      await expect.poll(() => page.locator("dialog").count()).toBe(0);
      expect((await handlers())[0]).toMatchObject({ [names.name]: "After", [names.type]: type });
      // The focus is where it was.
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Edit");
      expect(errors).toEqual([]);
    });

    test("make the next list answer 500, and see that it is on", async () => {
      await make("Kept");
      const { page, errors } = await open();
      await toTab(page, "Behaviour");
      const [status] = await page.locator(".switches select").all();
      const label = (await status?.getAttribute("aria-label")) ?? "";
      await reach(page, "combobox", label);
      const isSwitched = page.waitForResponse((answer) => answer.request().method() === "PUT");
      await page.keyboard.type("500");
      await page.getByRole("status").getByText("answers 500").waitFor();
      // It shows before the server has answered.
      await isSwitched;
      expect((await list()).status).toBe(500);
      await toTab(page, "Requests").catch(() => page.locator("#tab-requests").press("Enter"));
      await page.getByText("switched", { exact: true }).waitFor();
      // The page's own calls are answered as they should be.
      await page.goto(`${site}#${name}/sandbox/data`);
      await page.getByRole("rowheader", { name: "Kept" }).waitFor();
      await page.getByRole("button", { name: "Switch off" }).press("Enter");
      await expect.poll(async () => (await list()).status).toBe(200);
      expect(errors).toEqual([]);
    });

    test("restore the data", async () => {
      await make("Kept");
      await save("monday");
      await fetch(`${site}sandbox/${name}/_reset`, { method: "DELETE", headers: bearer() });
      expect(await handlers()).toEqual([]);
      const { page, errors } = await open();
      await toTab(page, "Data");
      await page.getByText("monday").waitFor();
      await reach(page, "button", "Restore monday");
      await page.keyboard.press("Enter");
      await page.getByRole("rowheader", { name: "Kept" }).waitFor();
      expect(await handlers()).toMatchObject([{ [names.name]: "Kept" }]);
      expect(errors).toEqual([]);
    });
  });

  test("a handler is made by a form that has the fields of its type; what is refused stands in it", async () => {
    const { page, errors } = await open(`#${name}/sandbox/data`);
    await page.getByRole("button", { name: "New handler" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("select").first().selectOption(other);
    const labels = await dialog.locator("label code").allTextContents();
    expect(labels).toEqual([names.type, names.name, ...(instanceEntry(name).fields[other] ?? [])]);
    await dialog.locator(`input[name="${names.name}"]`).fill("x".repeat(70_000));
    await dialog.getByRole("button", { name: "Create" }).click();
    await dialog.getByRole("alert").getByText("longer than").waitFor();
    await dialog.locator(`input[name="${names.name}"]`).fill(hostile);
    await dialog.getByRole("button", { name: "Create" }).click();
    await page.getByRole("rowheader", { name: "U+202E" }).waitFor();
    expect((await handlers())[0]).toMatchObject({ [names.name]: hostile, [names.type]: other });
    await page.getByRole("button", { name: /^Edit handler/ }).click();
    expect(await dialog.locator("label code").allTextContents()).toEqual([...labels, names.enabled]);
    await page.keyboard.press("Escape");
    // Deleted at the second press; and what was deleted at one can be had again.
    await page.getByRole("button", { name: "Delete all" }).click();
    await page.getByText("No handlers here.").waitFor();
    await page.getByRole("button", { name: "Restore before-delete-all" }).click();
    await page.getByRole("button", { name: /^Delete handler/ }).click();
    expect(await handlers()).toHaveLength(1);
    await page.getByRole("button", { name: /^Press again/ }).click();
    await page.getByText("No handlers here.").waitFor();
    // No errors of the page: the refused create, and an answer without a body, which nobody reads to its end.
    expect(errors.filter((it) => !/\b400\b|_reset failed$/.test(it))).toEqual([]);
  });

  test("an operation gets a fault or an error, and a delay, for every request or the next one", async () => {
    const { page, errors } = await open(`#${name}/sandbox/behave`);
    const first = page.locator(".switches > li").first();
    await first.waitFor();
    const [status, fault, times] = await first.locator("select").all();
    const isOn = async () => {
      const answer = await fetch(`${site}sandbox/${name}/_behaviour`, { headers: bearer() });
      return ((await answer.json()) as { behaviour: { list?: object } }).behaviour.list;
    };
    await fault?.selectOption({ index: 1 });
    const chosen = { fault: await fault?.inputValue() };
    await expect.poll(isOn).toEqual(chosen);
    await first.locator("input").fill("5");
    await page.keyboard.press("Tab");
    await expect.poll(isOn).toEqual({ ...chosen, latency: 5 });
    await times?.selectOption("once");
    await expect.poll(isOn).toEqual({ ...chosen, latency: 5, times: 1 });
    await status?.selectOption("429");
    await expect.poll(isOn).toEqual({ status: 429, latency: 5, times: 1 });
    expect((await list()).status).toBe(429);
    await expect.poll(isOn).toBeUndefined();
    expect(errors).toEqual([]);
  });

  test("changes that are made faster than the server answers are all kept, and a refused one is taken back", async () => {
    const { page, errors } = await open(`#${name}/sandbox/behave`);
    const first = page.locator(".switches > li").first();
    await first.waitFor();
    const [status, fault, times] = await first.locator("select").all();
    // Each answer waits until the test lets it through.
    const waiting: (() => void)[] = [];
    let isSlow = true;
    const sent: unknown[] = [];
    await page.route("**/_behaviour", async (route) => {
      if (isSlow) await new Promise<void>((go) => waiting.push(go));
      if (route.request().method() === "PUT") sent.push(route.request().postDataJSON());
      await route.continue();
    });
    await fault?.selectOption({ index: 1 });
    const chosen = { fault: await fault?.inputValue() };
    await expect.poll(() => waiting.length).toBe(1);
    await first.locator("input").fill("5");
    await page.keyboard.press("Tab");
    await times?.selectOption("once");
    expect(await times?.inputValue()).toBe("once");
    isSlow = false;
    for (const go of waiting) go();
    await expect
      .poll(() => sent)
      .toEqual([
        { list: chosen },
        { list: { ...chosen, latency: 5 } },
        { list: { ...chosen, latency: 5, times: 1 } },
      ]);
    await page.unroute("**/_behaviour");
    await page.route("**/_behaviour", (route) =>
      route.request().method() === "PUT" ? route.abort() : route.continue(),
    );
    await status?.selectOption("429");
    await expect.poll(() => fault?.inputValue()).toBe(chosen.fault);
    expect(await status?.inputValue()).toBe("");
    expect(errors.filter((it) => !/_behaviour failed$|ERR_FAILED$/.test(it))).toEqual([]);
  });

  test("a type that is not listed has fields of one's own, where the instance may have it", async () => {
    const api = `${site}sandbox/${familyName}/api/notification-handlers`;
    const { page, errors } = await open(`#${familyName}/sandbox/data`);
    await page.getByRole("button", { name: "New handler" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("select").first().selectOption({ label: "Another type …" });
    await dialog.getByRole("textbox", { name: "Name of the type" }).fill("pigeon");
    await dialog.locator(`input[name="${names.name}"]`).fill("Coo");
    await dialog.getByRole("textbox", { name: "Field 1: name" }).fill("loft");
    await dialog.getByRole("textbox", { name: "Field 1: value" }).fill("3");
    await dialog.getByRole("button", { name: "Create" }).click();
    await page.getByRole("rowheader", { name: "Coo" }).waitFor();
    // Its own fields are there to be changed.
    await page.getByRole("button", { name: /^Edit handler/ }).click();
    await dialog.locator('input[name="loft"]').fill("4");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => dialog.count()).toBe(0);
    const { data } = (await (await fetch(api, { headers: bearer() })).json()) as { data: object[] };
    expect(data).toMatchObject([{ [names.type]: "pigeon", [names.settings]: { loft: "4" } }]);
    expect(errors).toEqual([]);
  });

  test("one button begins anew, and what was there can be had again; what is on is off", async () => {
    await make("Old");
    await switchList({ status: 500 });
    const { page } = await open(`#${name}/sandbox/data`);
    await page.getByText("answers 500").waitFor();
    await page.getByRole("button", { name: "Reset and add 20" }).click();
    await page.getByText("20 new ones are there").waitFor();
    await expect.poll(() => page.locator(".banner").isVisible()).toBe(false);
    await expect.poll(() => page.locator(".handlers tbody tr").count()).toBe(20);
    await page.getByRole("button", { name: "Restore before-delete-all" }).click();
    await page.getByRole("rowheader", { name: "Old" }).waitFor();
    expect(await handlers()).toHaveLength(1);
  });

  test("what others have done meanwhile is told, and shown to who comes back", async () => {
    await make("Gone");
    const { page } = await open(`#${name}/sandbox/data`);
    await page.getByRole("rowheader", { name: "Gone" }).waitFor();
    await page.getByRole("button", { name: /^Edit handler/ }).click();
    // What is edited is no more, whether the page has read the list again or not.
    await fetch(`${site}sandbox/${name}/_reset`, { method: "DELETE", headers: bearer() });
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    const alert = page.getByRole("dialog").getByRole("alert");
    await alert.waitFor();
    expect([await alert.getAttribute("lang"), await alert.getAttribute("dir")]).toEqual(["en", "ltr"]);
    await page.keyboard.press("Escape");
    await switchList({ latency: 5 });
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.getByText("No handlers here.").waitFor();
    await page.getByText("delayed by 5 ms").waitFor();
  });

  test("hostile values are text, cut with a word; the key is in no address", async () => {
    await make(hostile, `https://example.com/${"x".repeat(60_000)}`);
    await create({ [names.name]: hostile, [names.type]: "y".repeat(60_000) });
    const { page, errors } = await open();
    const rows = page.locator(".requests .line");
    await expect.poll(() => rows.count()).toBe(2);
    for (const row of await rows.all()) await row.click();
    await page.getByText("more left out").first().waitFor();
    await page.locator(".sign", { hasText: "U+202E" }).first().waitFor();
    await page.locator(".sign", { hasText: "U+0007" }).first().waitFor();
    expect(await page.title()).not.toBe("broken");
    // Whatever was sent, the page stays small.
    expect(await page.evaluate(() => document.body.innerText.length)).toBeLessThan(30_000);
    await page.goto(`${site}#${name}/sandbox/data`);
    await page.getByRole("rowheader", { name: "U+202E" }).waitFor();
    expect(page.url()).not.toContain(key);
    expect(await page.content()).not.toContain(`>${key}<`);
    expect(errors).toEqual([]);
  });

  test("requests come in as they are made, can be filtered, halted and forgotten", async () => {
    const { page, errors } = await open();
    await page.getByRole("button", { name: "Send it" }).click();
    const rows = page.locator(".requests .line");
    await expect.poll(() => rows.count()).toBe(1);
    const show = (state: string) =>
      page.evaluate((value) => {
        Object.defineProperty(document, "visibilityState", { value, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    // A page that nobody sees follows nothing, and has each request once when somebody comes back.
    await show("hidden");
    await expect.poll(() => errors).toEqual([expect.stringMatching(/_requests\/events\?\S* failed$/)]);
    errors.length = 0;
    await create({ [names.type]: type });
    await page.waitForTimeout(500);
    expect(await rows.count()).toBe(1);
    await show("visible");
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByRole("combobox", { name: "Status" }).selectOption("refused");
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByRole("combobox", { name: "Status" }).selectOption("");
    await page.getByRole("searchbox").fill("no such path");
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByRole("button", { name: "Pause" }).click();
    await list();
    await page.getByRole("button", { name: "Resume (1 new)" }).click();
    await expect.poll(() => rows.count()).toBe(3);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("button", { name: "Send it" }).waitFor();
    // What is left is read anew.
    await expect.poll(() => errors).toEqual([expect.stringMatching(/_requests\/events\?\S* failed$/)]);
  });

  test("a key that the sandbox does not know is told, though a mock takes it", async () => {
    key = "a-key-that-nobody-knows";
    const { page } = await open();
    await page.getByRole("alert").filter({ hasText: "The API key is unknown" }).waitFor();
    expect(await page.locator(".live.off").count()).toBe(1);
    await page.goto(`${site}#${name}/mock/requests`);
    await page.locator(".live:not(.off)").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("what is copied calls this server", async () => {
    await make("Copied");
    const { page } = await open();
    const context = page.context();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const copied = async (label: string, scope: string) => {
      // The button says so for a moment only, and another may still say it: this one is watched from before the click.
      const button = page.locator(scope).getByRole("button", { name: label }).first();
      const told = await button.evaluateHandle((it) => ({
        done: new Promise<void>((done) => {
          const look = () => it.textContent === "Copied" && done();
          new MutationObserver(look).observe(it, { characterData: true, childList: true, subtree: true });
        }),
      }));
      await button.click();
      await told.evaluate(({ done }) => done);
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copied("Copy as curl", ".head")).toBe(
      `curl --header 'Authorization: Bearer ${key}' '${baseUrl()}${listPath}'`,
    );
    expect(await copied("Copy as client code", ".head")).toContain(`baseUrl: "${baseUrl()}"`);
    await page.locator(".requests .line").first().click();
    const source = await copied("Copy as client code", ".detail");
    expect(source).toContain(
      `await client.create({\n  ${names.name}: "Copied",\n  ${names.type}: "${type}",\n})`,
    );
    expect(source).not.toContain(key);
    expect(await copied("Copy as curl", ".detail")).toContain(`--form-string '${names.name}=Copied'`);
  });

  test.each(looks)(
    "at %i px, %s, in %s: axe finds nothing on any tab, and nothing is wider than the screen",
    async (width, mode, language) => {
      await make(hostile, `https://example.com/${"x".repeat(500)}`);
      await create({ [names.name]: "Ops", [names.type]: "pigeon" });
      await save("monday");
      await switchList({ status: 500, latency: 10, times: 1 });
      const { page, errors, strangers } = await open(`?lang=${language}`, { width });
      await page.evaluate((it) => document.documentElement.classList.add(it), mode);
      const looks = async (what: string) => {
        await settle(page);
        expect(await faults(page), what).toEqual([]);
        // The width of a phone, of a desktop, and of a desktop at 400 %.
        for (const each of [320, 390, 1280, width]) {
          await page.setViewportSize({ width: each, height: 900 });
          await settle(page);
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(over, `${what} at ${each}`).toBeLessThanOrEqual(0);
        }
      };
      await page.locator(".requests .line").first().click();
      await page.locator(".detail").waitFor();
      await looks("requests");
      await page.locator("#tab-data").click();
      await page.locator(".handlers button").first().click();
      await page.locator("dialog").waitFor();
      await looks("the form");
      await page.keyboard.press("Escape");
      await looks("data");
      await page.locator("#tab-behave").click();
      await page.locator(".switches").waitFor();
      await looks("behave");
      await page.locator("#tab-docs").click();
      await looks("docs");
      for (const link of await page.locator(".docs-links a").all()) {
        const target = new URL((await link.getAttribute("href")) ?? "", site);
        expect((await fetch(target)).status, target.href).toBe(200);
      }
      expect(errors).toEqual([]);
      expect(strangers).toEqual([]);
    },
  );

  test("without a script the page says what there is", async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(site);
    expect(await page.locator("main").innerText()).toContain(baseUrl());
    expect(await page.getByRole("link", { name: "Open the docs" }).first().getAttribute("href")).toMatch(
      /^\/docs\//,
    );
    await page.close();
  });

  test("the mock has its examples, its behaviour and its requests", async () => {
    // A mock is made at the first request to it, which takes longer than a page waits on a busy machine.
    await fetch(`${site}mock/${name}/api${listPath}`, { headers: bearer() });
    const { page, errors } = await open(`#${name}/mock/data`);
    await page.getByText("A mock remembers nothing.").waitFor();
    await page.locator(".handlers tbody tr").first().waitFor();
    expect(await page.getByRole("button", { name: /^Edit/ }).count()).toBe(0);
    await page.locator("#tab-behave").click();
    await page.locator(".switches").waitFor();
    expect(await page.locator(".faults").count()).toBe(0);
    expect(errors).toEqual([]);
  });
});
