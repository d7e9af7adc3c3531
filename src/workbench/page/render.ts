import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import Negotiator from "negotiator";
import { type Description, descriptionNames, instanceEntry } from "../../description/index.ts";
import {
  allLanguages,
  asset,
  english,
  folderOf,
  type Html,
  html,
  type Language,
  pageFrame,
  raw,
  referenceFolder,
  scriptDigests,
  scriptJson,
} from "../../docs/index.ts";
import type { Boot, Served } from "./boot.ts";
import { readInstance } from "./model.ts";
import { type PageOptions, pageFiles } from "./options.ts";
import { pageScript } from "./script.ts";

/** The language of `?lang=`, or the best match of Accept-Language, or English. */
export function chooseLanguage(query: unknown, accepted: string | undefined): Language {
  const all = allLanguages();
  const { lang } = Object(query) as { lang?: unknown };
  const asked = all.get(String(lang));
  if (asked !== undefined) return asked;
  // English first, so that `*` gets it.
  const known = [english, ...[...all.keys()].filter((code) => code !== english)];
  const [best = english] = new Negotiator({ headers: { "accept-language": accepted ?? english } }).languages(
    known,
  );
  return all.get(best) ?? (all.get(english) as Language);
}

/** The Content-Security-Policy of all answers: the page loads from, and connects to, this server only, and runs only its own script. */
const policy = [
  "default-src 'none'",
  `script-src 'self' ${scriptDigests.join(" ")}`,
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
const guards = {
  "content-security-policy": policy,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const styles = () =>
  [
    asset("base.css"),
    ...["frame", "parts", "requests", "data"].map((name) =>
      readFileSync(new URL(`styles/${name}.css`, import.meta.url), "utf8"),
    ),
  ].join("\n");

const makers = {
  "page.js": { type: "text/javascript", make: pageScript },
  "page.css": { type: "text/css", make: styles },
};
type FileName = keyof typeof makers;

/** A file of the page. Its address contains its digest, so browsers may cache it forever. */
interface PageFile {
  readonly text: string;
  readonly headers: Record<string, string>;
  readonly address: string;
}

const files = new Map<FileName, Promise<PageFile>>();

/** A file of the page, which is made and hashed once; undefined if there is none of that name. */
export async function pageFile(name: string): Promise<PageFile | undefined> {
  return Object.hasOwn(makers, name) ? await fileOf(name as FileName) : undefined;
}

function fileOf(name: FileName): Promise<PageFile> {
  const known = files.get(name);
  if (known !== undefined) return known;
  const file = makeFile(name);
  files.set(name, file);
  // The next request tries again.
  file.catch(() => files.delete(name));
  return file;
}

async function makeFile(name: FileName): Promise<PageFile> {
  const { type, make } = makers[name];
  const text = await make();
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 12);
  return {
    text,
    headers: {
      ...guards,
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "public, max-age=31536000, immutable",
    },
    address: `${pageFiles}${name}?v=${digest}`,
  };
}

/** The model of an instance, as JSON. */
export function renderInstance(
  description: Description,
  language: Language,
): { text: string; headers: Record<string, string> } {
  return {
    text: JSON.stringify(readInstance(description, language)),
    headers: { ...guards, "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  };
}

/** The page: the list of what is served for readers without JavaScript, and the workbench with it. */
export async function renderPage(
  options: PageOptions,
  origin: string,
  language: Language,
): Promise<{ html: string; headers: Record<string, string> }> {
  const { workbench: words } = language;
  const boot: Boot = {
    language: language.code,
    words: words.texts(),
    instances: servedOf(options, language),
    apiKeys: options.apiKeys ?? [],
    docs: options.docs,
    docsHome: options.docs === undefined ? undefined : options.docs + folderOf(language),
  };
  const page = pageFrame({
    language,
    title: words.say("title"),
    description: words.say("about"),
    root: "",
    styles: [(await fileOf("page.css")).address],
    bodyClass: "workbench",
    body: html`<a class="skip" href="#content">${language.page.say("skip")}</a>
<header class="bar"><a class="brand" href="/">notification-handlers <span>${words.say("title")}</span></a>
<nav aria-label="${language.page.say("languages")}"><details class="languages"><summary>${language.name}</summary><ul>${[
      ...allLanguages().values(),
    ].map(
      ({ code, name, direction }) =>
        html`<li><a href="?lang=${code}" lang="${code}" hreflang="${code}" dir="${direction}"${code === language.code && raw(' aria-current="true"')}>${name}</a></li>`,
    )}</ul></details></nav>
<button type="button" id="mode" hidden aria-label="${language.page.say("colours")}">◐</button></header>
<main id="content" tabindex="-1">${plain(boot, origin, language)}</main>
<script type="application/json" id="boot">${raw(scriptJson(boot))}</script>
<script type="module" src="${(await fileOf("page.js")).address}"></script>`,
  });
  return {
    html: page,
    headers: {
      ...guards,
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      vary: "accept-language",
    },
  };
}

function servedOf({ instances, docs }: PageOptions, language: Language): Served[] {
  return instances().map((instance) => {
    const { name } = instance;
    // The docs cover registered instances only.
    if (docs === undefined || !descriptionNames.includes(name)) return instance;
    const entry = { name, language: instanceEntry(name).language };
    return { ...instance, docs: docs + referenceFolder(allLanguages(), entry, language) };
  });
}

/** What is served here, for readers without JavaScript. */
function plain({ instances, apiKeys, docsHome }: Boot, origin: string, { workbench: words }: Language): Html {
  return html`<div class="plain"><h1>${words.say("title")}</h1><p>${words.say("about")}</p>
<p>${words.say("noScript")}</p>
<ul>${instances.map(
    ({ name, mock, sandbox, docs }) =>
      html`<li><strong dir="ltr">${name}</strong><ul>${sandbox && html`<li>${words.say("sandbox")}: <code>${origin}${sandbox}</code></li>`}${mock && html`<li>${words.say("mock")}: <code>${origin}${mock}</code></li>`}${docs && html`<li><a href="${docs}">${words.say("openDocs")}</a></li>`}</ul></li>`,
  )}</ul>
${apiKeys.length > 0 && html`<details><summary>${words.say("apiKey")}</summary><p><code>${apiKeys[0]}</code></p></details>`}
${docsHome && html`<p><a href="${docsHome}">${words.say("allDocs")}</a></p>`}</div>`;
}
