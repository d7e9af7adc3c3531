import { accessSync, constants, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser that is installed: the one named by CHROMIUM, else the first on the PATH; undefined where there is none. */
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

/** A page and what went wrong on it. */
export interface Watched {
  readonly page: Page;
  /** What the page printed as an error, threw, or could not load. */
  readonly errors: string[];
  /** Requests that left the site; they were cut. */
  readonly strangers: string[];
}

/** Opens a page that reaches nothing but the site, and waits until it stands. */
export async function open(
  browser: Browser,
  url: string,
  { site, width = 1280, height = 900 }: { site: string; width?: number; height?: number },
): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: "light" });
  const errors: string[] = [];
  const strangers: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("requestfailed", (request) => errors.push(`${request.url()} failed`));
  await page.route("**", async (route) => {
    const address = route.request().url();
    if (address.startsWith(site) || /^(data|blob):/.test(address)) return route.continue();
    strangers.push(address);
    return route.abort();
  });
  await page.goto(url);
  await settle(page);
  return { page, errors, strangers };
}

/** Waits until a reference is alive: Redoc has taken over the prerendered page. Other pages are alive when they are loaded. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const reference = document.getElementById("redoc");
    return reference === null || Object.keys(reference).some((key) => key.startsWith("__reactContainer"));
  });
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The serious and critical faults that axe finds, a line each. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    interface Result {
      violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
    }
    const { axe } = globalThis as unknown as { axe: { run(context: Document): Promise<Result> } };
    const { violations } = await axe.run(document);
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      );
  });
}
