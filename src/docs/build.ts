import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { descriptionNames, familyName, instanceNames, loadDescription } from "../description/index.ts";
import { type Differences, findDifferences, renderDifferences } from "./differences.ts";
import { DocsError } from "./error.ts";
import { renderFrontPage } from "./front-page.ts";
import { english, type Language, loadLanguages } from "./languages.ts";
import { redocLicences, redocScript } from "./redoc.ts";
import { asset, type ReferencePage, renderReference } from "./reference.ts";
import { checkLanguages } from "./translations.ts";

const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/** Where the site is built. */
export const siteFolder = join(projectRoot, "dist", "docs");

/** A step of the build that has ended. */
export interface Step {
  readonly done: number;
  readonly total: number;
  /** What was made, by its path in the site. */
  readonly name: string;
  readonly milliseconds: number;
}

export interface BuildOptions {
  /** Where to; the folder is replaced when all is built. */
  readonly folder?: string | undefined;
  readonly onStep?: ((step: Step) => void) | undefined;
}

/** How many processes of Redocly run at once. */
const atOnce = 2;

/** What the site was built from, so that it is known to be fresh without being built again. */
const stampFile = ".inputs";

/** What the live front page shows of the site beside what it knows itself. */
const differencesFile = "differences.json";

/**
 * Builds the site: the front page, the differences, one reference per instance and language. The folder is complete or as it was
 * before: everything is written beside it and moved into its place at the end.
 *
 * @returns the files that were written, by their path in the site
 * @throws {DocsError} when a translation is missing or too many, or a page can't be rendered
 */
export async function buildDocs({ folder = siteFolder, onStep }: BuildOptions = {}): Promise<string[]> {
  const family = loadDescription(familyName);
  const languages = loadLanguages();
  checkLanguages(languages, family);
  const instances = instanceNames.map(loadDescription);
  const pages = descriptionNames.flatMap((name) => pagesOf(name, languages));
  const pairs = instances.flatMap((from) =>
    instances.filter((to) => to !== from).map((to) => [from, to] as const),
  );
  const files = new Map<string, string>();
  const differences: Differences[] = [];
  const total = pages.length + pairs.length + 1;
  let done = 0;
  const step = async (name: string, make: () => Promise<void> | void): Promise<void> => {
    const start = performance.now();
    await make();
    done += 1;
    onStep?.({ done, total, name, milliseconds: performance.now() - start });
  };

  const jobs = [
    ...pages.map(({ path, page }) => async () => {
      await step(path, async () => void files.set(path, await renderReference(page)));
    }),
    ...pairs.map(([from, to]) => async () => {
      await step(`differences: ${from.name} → ${to.name}`, async () => {
        differences.push(await findDifferences(from, to));
      });
    }),
  ];
  await Promise.all(Array.from({ length: atOnce }, () => drain(jobs)));
  differences.sort((a, b) => order(a) - order(b));
  await step("index.html", async () => {
    files.set("index.html", await renderFrontPage({ family, instances, languages, differences, docs: "" }));
    files.set("differences.html", renderDifferences(differences, languageOf(languages, english)));
    files.set(differencesFile, JSON.stringify(differences));
    for (const name of descriptionNames) {
      files.set(
        `${name}/openapi.yaml`,
        await readFile(join(projectRoot, "generated", name, "openapi.yaml"), "utf8"),
      );
    }
    const { redoc, search } = languageOf(languages, english);
    files.set("assets/redoc.js", redocScript(Object.keys(redoc), Object.values(search)));
    files.set("assets/redoc.LICENSE.txt", redocLicences());
    for (const name of ["site.css", "site.js", "reference.css", "reference.js"])
      files.set(`assets/${name}`, asset(name));
    files.set(".nojekyll", "");
    files.set(stampFile, await inputsStamp());
  });
  await replaceFolder(folder, files);
  return [...files.keys()].sort();

  function order({ from, to }: Differences): number {
    return instanceNames.indexOf(from) * instanceNames.length + instanceNames.indexOf(to);
  }
}

/** Whether the site in the folder was built from the inputs of today. */
export async function isBuilt(folder: string = siteFolder): Promise<boolean> {
  const stamp = join(folder, stampFile);
  return existsSync(stamp) && (await readFile(stamp, "utf8")) === (await inputsStamp());
}

/** What the built site knows of the instances' differences; undefined where it isn't built. */
export async function builtDifferences(folder: string = siteFolder): Promise<Differences[] | undefined> {
  const file = join(folder, differencesFile);
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as Differences[]) : undefined;
}

interface PlacedPage {
  readonly path: string;
  readonly page: ReferencePage;
}

/** An instance's pages: in its readers' language at its own address, in English below it. */
function pagesOf(name: string, languages: ReadonlyMap<string, Language>): PlacedPage[] {
  const description = loadDescription(name);
  const own = languageOf(languages, description.language);
  const inEnglish = languageOf(languages, english);
  if (own === inEnglish) {
    return [
      {
        path: `${name}/index.html`,
        page: { description, language: own, inEnglish, others: [], root: "../" },
      },
    ];
  }
  return [
    {
      path: `${name}/index.html`,
      page: {
        description,
        language: own,
        inEnglish,
        others: [{ language: inEnglish, href: `${english}/index.html` }],
        root: "../",
      },
    },
    {
      path: `${name}/${english}/index.html`,
      page: {
        description,
        language: inEnglish,
        inEnglish,
        others: [{ language: own, href: "../index.html" }],
        root: "../../",
      },
    },
  ];
}

function languageOf(languages: ReadonlyMap<string, Language>, code: string): Language {
  const language = languages.get(code);
  if (language) return language;
  throw new DocsError(
    `There is no openapi/i18n/${code}.yaml, but redocly.yaml has an instance in that language.`,
  );
}

async function drain(jobs: (() => Promise<void>)[]): Promise<void> {
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await job();
}

async function replaceFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const beside = `${folder}.${process.pid}`;
  for (const [path, text] of files) {
    const target = join(beside, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
  await rm(folder, { recursive: true, force: true });
  await rename(beside, folder);
}

/** A digest of all that the site is made from: the bundles, the translations, the texts, this folder, and the tools' versions. */
async function inputsStamp(): Promise<string> {
  const hash = createHash("sha256");
  for (const folder of ["generated", "openapi/i18n", "src/docs"]) {
    const entries = await readdir(join(projectRoot, folder), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(file.slice(projectRoot.length)).update(await readFile(file));
  }
  for (const file of ["CHANGELOG.md", "openapi/README.md", "package-lock.json"]) {
    hash.update(file).update(await readFile(join(projectRoot, file)));
  }
  return hash.digest("hex");
}
