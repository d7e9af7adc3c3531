import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import { buildDocs } from "../../src/docs/index.ts";
import { findBrowser, launch, Tab } from "./browser.ts";
import { describeChoice } from "./docs/choice.ts";
import { describeEveryPage } from "./docs/every-page.ts";
import { describeFront } from "./docs/front.ts";
import { describeReading } from "./docs/reading.ts";
import type { BuiltSite } from "./docs/shown.ts";
import { describeStaticHost } from "./docs/static-host.ts";
import { describeTwoActions } from "./docs/two-actions.ts";

const executable = findBrowser();
if (executable === undefined) {
  console.warn("The browser tests are skipped: no Chromium is installed (Debian: apt-get install chromium).");
}

/** One build, one browser and one tab for all: each takes seconds. */
describe.skipIf(executable === undefined)("the built site in a browser", { timeout: 180_000 }, () => {
  const folder = join(mkdtempSync(join(tmpdir(), "docs-")), "site");
  let browser: Browser;
  let tab: Tab;
  const built: BuiltSite = {
    folder,
    site: `${pathToFileURL(folder).href}/`,
    get browser() {
      return browser;
    },
    get tab() {
      return tab;
    },
  };
  beforeAll(async () => {
    await buildDocs({ folder });
    browser = await launch(executable ?? "");
    tab = await Tab.open(browser);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(join(folder, ".."), { recursive: true, force: true });
  });

  describeEveryPage(built);
  describeChoice(built);
  describeTwoActions(built);
  describeReading(built);
  describeFront(built);
  describeStaticHost(built);
});
