import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fastifyStatic from "@fastify/static";
import type { Browser } from "playwright-core";
import { familyName, instanceEntry, instanceNames } from "../src/description/index.ts";
import { buildDocs } from "../src/docs/index.ts";
import { createApp, listen } from "../src/http/index.ts";
import { findBrowser, launch } from "../test/browser/browser.ts";

/** The instance with the heaviest reference: the one with the most operations, types and parameters. */
const [heaviest = familyName] = [...instanceNames].sort((a, b) => weightOf(b) - weightOf(a));

/** The pages that are weighed: what everybody opens first, and the heaviest reference. */
const pages = ["index.html", "differences.html", `${heaviest}/index.html`];

/** How often a page is opened; the medians are shown. */
const times = 5;

/** What may not be exceeded: bytes of the front page as a host sends it, and how much a page may jump (Core Web Vitals: good below 0.1). */
const bars = { frontPageBytes: 15_000, layoutShift: 0.1 };

/** What the docs weigh, how soon they are painted on this machine from a local host, and how long they take to build. */
export async function bench(): Promise<string[]> {
  const missed: string[] = [];
  const folder = join(await mkdtemp(join(tmpdir(), "docs-")), "site");
  const first = await build(folder);
  console.log(`build: ${seconds(first)}, ${seconds(first / instanceNames.length)} per instance`);
  console.log(`build with nothing changed: ${seconds(await build(folder))}`);
  console.log(`whole site: ${kilobytes(await sizeOf(folder))}`);

  const executable = findBrowser();
  if (executable === undefined) console.log("times of painting: skipped, no Chromium is installed");
  const app = createApp();
  await app.register(fastifyStatic, { root: folder });
  const origin = await listen(app, "127.0.0.1", 0);
  const browser = executable === undefined ? undefined : await launch(executable);
  for (const page of pages) {
    const { plain, zipped } = await weigh(folder, page);
    if (page === "index.html" && zipped > bars.frontPageBytes) {
      missed.push(`the front page is ${zipped} bytes, more than ${bars.frontPageBytes}`);
    }
    let line = `${page.padEnd(22)} ${kilobytes(plain).padStart(9)}, gzip ${kilobytes(zipped).padStart(8)}`;
    if (browser !== undefined) {
      const { paint, ready, shift } = await time(browser, `${origin}/${page}`);
      line += `  first contentful paint ${paint.toFixed(0).padStart(4)} ms, loaded ${ready.toFixed(0).padStart(4)} ms, layout shift ${shift.toFixed(3)}`;
      if (shift >= bars.layoutShift) missed.push(`${page} jumps: layout shift ${shift.toFixed(3)}`);
    }
    console.log(line);
  }
  await browser?.close();
  await app.close();
  await rm(join(folder, ".."), { recursive: true });
  return missed;
}

/** How long the build takes, in milliseconds. */
async function build(folder: string): Promise<number> {
  const start = performance.now();
  await buildDocs({ folder });
  return performance.now() - start;
}

function weightOf(name: string): number {
  const { operations, types, parameters } = instanceEntry(name);
  return operations.length + types.length + Object.keys(parameters).length;
}

/** What a reader loads for a page: itself and the files that it names. */
async function weigh(folder: string, page: string): Promise<{ plain: number; zipped: number }> {
  const html = await readFile(join(folder, page), "utf8");
  const named = [...html.matchAll(/<(?:script src|link rel="stylesheet" href)="([^"]+)"/g)].map(
    ([, file]) => file ?? "",
  );
  const texts = [
    html,
    ...(await Promise.all(named.map((file) => readFile(join(folder, page, "..", file), "utf8")))),
  ];
  return {
    plain: texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
    zipped: texts.reduce((sum, text) => sum + gzipSync(text).length, 0),
  };
}

interface Timing {
  readonly paint: number;
  readonly ready: number;
  readonly shift: number;
}

async function time(browser: Browser, url: string): Promise<Timing> {
  const timings: Timing[] = [];
  for (let index = 0; index < times; index += 1) {
    // A context of its own has nothing cached.
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const seen = globalThis as unknown as { shift: number };
      seen.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(url, { waitUntil: "networkidle" });
    timings.push(
      await page.evaluate(() => {
        const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
        return {
          paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
          ready: navigation?.loadEventEnd ?? Number.NaN,
          shift: (globalThis as unknown as { shift: number }).shift,
        };
      }),
    );
    await context.close();
  }
  const median = (key: keyof Timing) =>
    timings.map((each) => each[key]).sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
  return { paint: median("paint"), ready: median("ready"), shift: median("shift") };
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((each) => each.isFile())
      .map(async (each) => (await readFile(join(each.parentPath, each.name))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
