import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext } from "playwright-core";
import { descriptionNames, familyName, instanceEntry, instanceNames } from "../src/description/index.ts";
import { buildDocs, type Step } from "../src/docs/index.ts";
import { createApp, listen } from "../src/http/index.ts";
import { mountFolder } from "../src/server/folder.ts";
import { findBrowser, launch } from "../test/browser/browser.ts";
import type { Figure } from "./figures/figure.ts";

/** The instance with the heaviest reference: the one with the most operations, types and parameters. */
const [heaviest = familyName] = [...instanceNames].sort((a, b) => weightOf(b) - weightOf(a));

/** How often a page is opened; the medians are shown. */
const times = 5;

/** A phone on a slow network: 1.6 Mbit/s, 150 ms there and back, a processor four times slower (Lighthouse's mobile settings). */
const slow = { bytesPerSecond: 1_600_000 / 8, latency: 150, processor: 4, width: 390, height: 844 };

/** The bars. Bytes are gzipped, milliseconds are on the slow phone. The bench `growth` has the build time per instance. */
const bars = {
  frontPage: 20_000,
  reference: 60_000,
  scripts: 40_000,
  pageOnDisk: 400_000,
  firstOperation: 2_000,
  layoutShift: 0.05,
};

/** The size of the docs, how soon they are shown on a slow phone, served by this project, and how long they take to build. */
export async function bench(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const hold = (what: string, value: number, bar: number, unit: string) => {
    figures.push({ what, value, unit, most: bar });
  };
  const folder = join(await mkdtemp(join(tmpdir(), "docs-")), "site");
  try {
    const steps: Step[] = [];
    const [start, before] = [performance.now(), process.cpuUsage()];
    await buildDocs({ folder, onStep: (step) => steps.push(step) });
    const all = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    const pages = steps.filter(({ name }) => name.endsWith(".html"));
    const largest = [...pages].sort((a, b) => b.bytes - a.bytes)[0];
    // Processor time, which other processes don't affect. With few instances, much of it is start-up.
    const each = (user + system) / 1000 / descriptionNames.length;
    console.log(`build: ${seconds(all)}, ${each.toFixed(0)} ms for an instance in all languages`);
    console.log(`pages: ${pages.length}, the largest ${kilobytes(largest?.bytes ?? 0)} (${largest?.name})`);
    hold("the largest page", largest?.bytes ?? 0, bars.pageOnDisk, "bytes");

    const front = await weigh(folder, "index.html");
    const reference = await weigh(folder, `${heaviest}/index.html`);
    for (const [name, { text, scripts }] of [
      ["front page", front],
      [heaviest, reference],
    ] as const) {
      console.log(`${name}: HTML and styles ${kilobytes(text)}, scripts ${kilobytes(scripts)} (gzip)`);
    }
    hold("the front page, gzipped", front.text + front.scripts, bars.frontPage, "bytes");
    hold(`HTML and styles of ${heaviest}, gzipped`, reference.text, bars.reference, "bytes");
    hold(`scripts of ${heaviest}, gzipped`, reference.scripts, bars.scripts, "bytes");
    await benchInBrowser(folder, hold);
  } finally {
    await rm(join(folder, ".."), { recursive: true });
  }
  return figures;
}

async function benchInBrowser(
  folder: string,
  hold: (what: string, value: number, bar: number, unit: string) => void,
): Promise<void> {
  const executable = findBrowser();
  if (executable === undefined) {
    console.log("the slow phone: skipped, no Chromium is installed");
    return;
  }
  const app = createApp();
  mountFolder(app, folder);
  const origin = await listen(app, "127.0.0.1", 0);
  const browser = await launch(executable);
  for (const page of ["index.html", `${heaviest}/index.html`]) {
    const { paint, there, shift } = await time(browser, `${origin}/${page}`);
    const operation = Number.isNaN(there) ? "" : `, first operation ${there.toFixed(0)} ms`;
    console.log(
      `${page} on a slow phone: first paint ${paint.toFixed(0)} ms${operation}, layout shift ${shift.toFixed(3)}`,
    );
    if (!Number.isNaN(there)) hold(`until the first operation of ${page}`, there, bars.firstOperation, "ms");
    hold(`layout shift of ${page}`, shift, bars.layoutShift, "of the screen");
  }
  await browser.close();
  await app.close();
}

function weightOf(name: string): number {
  const { operations, types, parameters } = instanceEntry(name);
  return operations.length + types.length + Object.keys(parameters).length;
}

/** What a browser loads for a page, in gzipped bytes: the page with its styles, and its scripts, those that it loads later included. */
async function weigh(folder: string, page: string): Promise<{ text: number; scripts: number }> {
  const html = await readFile(join(folder, page), "utf8");
  const sizeOf = async (pattern: RegExp) => {
    const files = [...html.matchAll(pattern)].map(([, file = ""]) => file.replace(/\?.*/, ""));
    const texts = await Promise.all(files.map((file) => readFile(join(folder, page, "..", file))));
    return texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
  };
  return {
    text: gzipSync(html).length + (await sizeOf(/<link rel="stylesheet" href="([^"]+)"/g)),
    scripts: await sizeOf(/(?:<script src|data-engine)="([^"]+)"/g),
  };
}

interface Timing {
  readonly paint: number;
  /** When the first operation of a reference is laid out; NaN on other pages. */
  readonly there: number;
  readonly shift: number;
}

async function time(browser: Browser, url: string): Promise<Timing> {
  const timings: Timing[] = [];
  for (let index = 0; index < times; index += 1) {
    // A context of its own has nothing cached.
    const context = await browser.newContext({ viewport: { width: slow.width, height: slow.height } });
    timings.push(await visit(context, url));
    await context.close();
  }
  const median = (key: keyof Timing) =>
    timings.map((each) => each[key]).sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN;
  return { paint: median("paint"), there: median("there"), shift: median("shift") };
}

async function visit(context: BrowserContext, url: string): Promise<Timing> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: slow.latency,
    downloadThroughput: slow.bytesPerSecond,
    uploadThroughput: slow.bytesPerSecond,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: slow.processor });
  await page.addInitScript(() => {
    const seen = globalThis as unknown as { shift: number; there: number };
    seen.shift = 0;
    seen.there = Number.NaN;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
    const look = () => {
      // The frame that shows it is painted before the next one is requested.
      if (document.querySelector("#list h2")?.checkVisibility())
        requestAnimationFrame(() => {
          seen.there = performance.now();
        });
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
  return page.evaluate(() => {
    const { shift, there } = globalThis as unknown as { shift: number; there: number };
    const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
    return { paint, there, shift };
  });
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
