import autocannon from "autocannon";
import { findBrowser, launch } from "../../test/browser/browser.ts";
import type { Figure } from "../figures/figure.ts";
import { scenarios } from "./requests.ts";
import { apiKey, type Server, startSandboxProcess } from "./servers.ts";

const perMinute = 10_000;
const seconds = Number(process.env.BENCH_SECONDS ?? 4);

/** The share of a processor that the page may take meanwhile. */
const mostBusy = 0.5;

/** The most rows on the page. */
const mostRows = 100;

/** Memory of the page's script, in megabytes. */
const mostMegabytes = 64;

/** Whether the page at `/` stays usable while 10,000 requests a minute come, and how much it holds of them. Skipped without a browser. */
export async function benchPage(): Promise<Figure[]> {
  const executable = findBrowser();
  if (executable === undefined) {
    console.log("  the page: skipped, no Chromium is installed");
    return [];
  }
  const sandbox = await startSandboxProcess("--seed", "2000");
  const browser = await launch(executable);
  try {
    const page = await browser.newPage();
    await page.goto(new URL("/", sandbox.baseUrl).href);
    await page.locator(".live:not(.off)").waitFor();
    const devtools = await page.context().newCDPSession(page);
    // Processor time, which other work on this machine does not affect.
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    const measure = async (name: string) =>
      (await devtools.send("Performance.getMetrics")).metrics.find((it) => it.name === name)?.value ?? 0;
    const before = await measure("TaskDuration");
    await load(sandbox);
    const busy = ((await measure("TaskDuration")) - before) / seconds;
    const rows = await page.locator(".requests > li").count();
    const heap = (await measure("JSHeapUsedSize")) / 2 ** 20;
    const when = `the page at ${perMinute} requests a minute`;
    return [
      { what: `${when}: of a processor`, value: 100 * busy, unit: "%", most: 100 * mostBusy },
      { what: `${when}: rows`, value: rows, unit: "rows", least: 1, most: mostRows },
      { what: `${when}: its heap`, value: heap, unit: "MB", most: mostMegabytes },
    ];
  } finally {
    await browser.close();
    await sandbox.stop();
  }
}

async function load({ baseUrl }: Server): Promise<void> {
  await autocannon({
    url: baseUrl + scenarios["list of 25"].path,
    connections: 20,
    duration: seconds,
    headers: { authorization: `Bearer ${apiKey}` },
    overallRate: Math.ceil(perMinute / 60),
  });
}
