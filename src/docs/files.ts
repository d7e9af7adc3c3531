import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  descriptionNames,
  familyName,
  type InstanceEntry,
  instanceEntry,
  instanceNames,
  loadDescription,
} from "../description/index.ts";
import { asset, classicScript } from "./assets.ts";
import { renderAssumptions } from "./assumptions.ts";
import { instancesScript, renderDifferences } from "./differences.ts";
import { renderFrontPage } from "./front-page.ts";
import { english, inEnglish, type Language, languageFor, translationsFolder } from "./languages.ts";
import { redocLicences, redocScript } from "./redoc.ts";
import { renderReference } from "./reference.ts";
import type { Renderer } from "./renderer.ts";

/** A file of the site. Nothing is read or rendered for it before it is made. */
export interface SiteFile {
  /** The digest of all that it is made from, for what takes long to make; undefined for what is made at once. */
  readonly stamp?: () => string;
  make(): Promise<string> | string;
}

const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/** What the registry says of each instance, by its name. */
export function instanceEntries(): Map<string, InstanceEntry> {
  return new Map(instanceNames.map((name) => [name, instanceEntry(name)]));
}

/** All files of the site, by their path in it: one front page and a few others, and per instance one reference in each of its languages. */
export function siteFiles(
  languages: ReadonlyMap<string, Language>,
  renderer: Renderer,
): Map<string, SiteFile> {
  const language = inEnglish(languages);
  const files = new Map<string, SiteFile>();
  const add = (path: string, make: SiteFile["make"]) => files.set(path, { make });
  add("index.html", () => {
    return renderFrontPage({
      family: instanceEntry(familyName),
      instances: instanceEntries(),
      languages,
      docs: "",
    });
  });
  add("differences.html", () => renderDifferences(language));
  add("assumptions.html", () => renderAssumptions(loadDescription(familyName), language));
  add("assets/instances.js", () => instancesScript(instanceEntries()));
  add("assets/differences.js", () => classicScript("differences.js"));
  for (const name of ["site.css", "site.js", "reference.css", "reference.js"]) {
    add(`assets/${name}`, () => asset(name));
  }
  add("assets/redoc.js", () => redocScript(Object.keys(language.redoc), Object.values(language.search)));
  add("assets/redoc.LICENSE.txt", redocLicences);
  add(".nojekyll", () => "");
  for (const name of descriptionNames) {
    add(`${name}/openapi.yaml`, () => readFileSync(bundleFile(name), "utf8"));
    for (const [path, file] of references(name, languages, renderer)) files.set(path, file);
  }
  return files;
}

/** An instance's references: in its readers' language at its own address, in English below it, or in English alone. */
function references(
  name: string,
  languages: ReadonlyMap<string, Language>,
  renderer: Renderer,
): [path: string, file: SiteFile][] {
  const inEnglishToo = inEnglish(languages);
  const entry = instanceEntry(name);
  const own = languageFor(languages, entry.language) ?? inEnglishToo;
  const isUntranslated = languageFor(languages, entry.language) === undefined;
  const page = (language: Language, path: string, root: string, href: string): [string, SiteFile] => {
    const others = [...new Set([own, inEnglishToo])].filter((each) => each !== language);
    return [
      path,
      {
        stamp: () => {
          // The page names its other language, too.
          const translations = [language, ...others].map(({ code }) => readFileSync(languageFile(code)));
          const facts = JSON.stringify([entry, isUntranslated]);
          return digest([toolsDigest(), readFileSync(bundleFile(name)), facts, ...translations]);
        },
        make: () => {
          const description = loadDescription(name);
          return renderReference(
            {
              description,
              language,
              inEnglish: inEnglishToo,
              others: others.map((each) => ({ language: each, href })),
              isUntranslated,
              root,
            },
            renderer,
          );
        },
      },
    ];
  };
  const first = page(own, `${name}/index.html`, "../", `${english}/index.html`);
  if (own === inEnglishToo) return [first];
  return [first, page(inEnglishToo, `${name}/${english}/index.html`, "../../", "../index.html")];
}

function languageFile(code: string): string {
  return join(translationsFolder, `${code}.yaml`);
}

function bundleFile(name: string): string {
  return join(projectRoot, "generated", name, "openapi.yaml");
}

let tools: string | undefined;

/** A digest of the code that makes the pages and of its tools' versions; they don't change while this process runs. */
function toolsDigest(): string {
  tools ??= digest(
    [
      "src/docs",
      "src/description",
      existsSync(join(projectRoot, "package-lock.json")) ? "package-lock.json" : "package.json",
    ].flatMap((place) => {
      const path = join(projectRoot, place);
      if (place.endsWith(".json")) return [readFileSync(path)];
      const names = readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
      return names
        .filter((name) => /\.\w+$/.test(name))
        .flatMap((name) => [name, readFileSync(join(path, name))]);
    }),
  );
  return tools;
}

function digest(parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex").slice(0, 32);
}
