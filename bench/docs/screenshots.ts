/** Takes the screenshots that docs/publishing.md and docs/workbench.md show, of the site and the workbench as they are now. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { instanceEntry, instanceNames } from "../../src/description/index.ts";
import { allLanguages, buildDocs, english, languageFor } from "../../src/docs/index.ts";
import { findBrowser, launch } from "../../test/browser/browser.ts";
import { workbenchShots } from "./workbench-shots.ts";

const target = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));

/** The instance with the most types and parameters, at the part that readers come for: how a handler is created. */
const [shown = ""] = [...instanceNames].sort((a, b) => weight(b) - weight(a));
const type = instanceEntry(shown).types[4] ?? instanceEntry(shown).types[0];

function weight(name: string): number {
  const { types, parameters } = instanceEntry(name);
  return types.length + Object.keys(parameters).length;
}

const languages = allLanguages();
const mirrored = [...languages.values()].find(({ direction }) => direction === "rtl")?.code ?? english;
const own = languageFor(languages, instanceEntry(shown).language)?.code ?? english;
const pathOf = (language: string) => (language === own ? shown : `${shown}/${language}`);

const shots = [
  ...[390, 768, 1440].flatMap((width) =>
    [english, mirrored].flatMap((language) =>
      (["light", "dark"] as const).map((mode) => ({
        name: `reference-${width}-${mode}-${language}`,
        path: `${pathOf(language)}/index.html#create/${type}`,
        width,
        mode,
      })),
    ),
  ),
  ...[390, 1440].map((width) => ({
    name: `front-${width}-light`,
    path: "index.html",
    width,
    mode: "light" as const,
  })),
];

const executable = findBrowser();
if (executable === undefined) {
  console.error("No Chromium is installed (Debian: apt-get install chromium).");
  process.exit(2);
}
const folder = join(await mkdtemp(join(tmpdir(), "docs-")), "site");
await buildDocs({ folder });
const browser = await launch(executable);
for (const { name, path, width, mode } of shots) {
  const viewport = { width, height: width < 500 ? 844 : 900 };
  const page = await browser.newPage({ viewport, colorScheme: mode });
  await page.goto(`${pathToFileURL(folder).href}/${path}`);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${target}${name}.png` });
  await page.close();
  console.log(`docs/screenshots/${name}.png`);
}
for (const name of await workbenchShots(browser, target, shown)) console.log(`docs/screenshots/${name}.png`);
await browser.close();
await rm(join(folder, ".."), { recursive: true });
