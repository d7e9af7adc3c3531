import { accessSync, constants, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The installed browser: the one that CHROMIUM names, else the first on the PATH; undefined if there is none. */
export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROMIUM ?? "", ...candidates].find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return file !== "";
    } catch {
      return false;
    }
  });
}

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** The path of an empty page on every site, which lets a test fill the site's storage before it opens a page. */
export const blank = "blank-page-of-the-tests";

/** A page and what went wrong on it. */
export interface Watched {
  readonly page: Page;
  /** What the page printed as an error, threw, or could not load. */
  readonly errors: string[];
  /** Requests to other sites; they were blocked. */
  readonly strangers: string[];
}

/** The site that the page may reach, and the size of the screen. */
export interface Visit {
  readonly site: string;
  readonly width?: number;
  readonly height?: number;
}

/**
 * One tab that visits all pages, each like a first-time reader. The browser keeps the site's compiled scripts as long as the tab: a tab
 * per page takes twice as long.
 */
export class Tab {
  readonly #page: Page;
  #visited: Watched & { readonly site: string };

  private constructor(page: Page) {
    this.#page = page;
    this.#visited = { page, errors: [], strangers: [], site: "about:" };
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning")
        this.#visited.errors.push(message.text());
    });
    page.on("pageerror", (error) => this.#visited.errors.push(error.message));
    page.on("requestfailed", (request) => this.#visited.errors.push(`${request.url()} failed`));
  }

  static async open(browser: Browser): Promise<Tab> {
    const page = await browser.newPage({ colorScheme: "light" });
    const tab = new Tab(page);
    await page.route("**", async (route) => {
      const address = route.request().url();
      if (address === tab.#visited.site + blank) return route.fulfill({ contentType: "text/html", body: "" });
      if (address.startsWith(tab.#visited.site) || /^(data|blob):/.test(address)) return route.continue();
      tab.#visited.strangers.push(address);
      return route.abort();
    });
    return tab;
  }

  /** Opens a page that can reach only the site, and waits until it is laid out. */
  async visit(url: string, { site, width = 1280, height = 900 }: Visit): Promise<Watched> {
    const page = this.#page;
    // Removes what the last visit left behind, and its page: an address that differs only in its fragment would not be loaded.
    if (page.url() !== "about:blank") {
      await page.evaluate(() => {
        localStorage.clear();
        sessionStorage.clear();
      });
      await page.goto("about:blank");
    }
    this.#visited = { page, errors: [], strangers: [], site };
    await page.setViewportSize({ width, height });
    await page.goto(url);
    await settle(page);
    return this.#visited;
  }
}

/** Waits until a script's changes are laid out. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * All that axe finds, a line each.
 *
 * @param only the groups of rules to check, such as `cat.color` (default: all)
 */
export async function faults(page: Page, only?: readonly string[]): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async (tags) => {
    interface Result {
      violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
    }
    const { axe } = globalThis as unknown as {
      axe: { run(context: Document, options: object): Promise<Result> };
    };
    const { violations } = await axe.run(document, {
      // Passed rules are neither listed nor counted, which saves time.
      resultTypes: ["violations"],
      ...(tags !== undefined && { runOnly: tags }),
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 5).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
  }, only);
}
