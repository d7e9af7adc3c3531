import { at, branchesOf, type Description, familyName, isNode, rolesOf } from "../description/index.ts";
import { DocsError } from "./error.ts";
import { pageFrame } from "./frame.ts";
import { type Html, html, raw, scriptJson } from "./html.ts";
import { english, type Language, languageName, say, searchWords } from "./languages.ts";
import { markEvidence } from "./marks.ts";
import type { Renderer } from "./renderer.ts";
import { type Sample, samplesOf } from "./samples.ts";
import { translate } from "./translations.ts";

/** One page of the reference: an instance in a language. */
export interface ReferencePage {
  readonly description: Description;
  readonly language: Language;
  /** The language of the contract, and of what Redoc writes by itself. */
  readonly inEnglish: Language;
  /** The other languages that this instance's reference is in, and where. */
  readonly others: readonly { readonly language: Language; readonly href: string }[];
  /** Whether readers get English because nobody has translated the docs into the instance's language. */
  readonly isUntranslated: boolean;
  /** The way from the page to the site's folder, with a slash at the end: `../`. */
  readonly root: string;
}

/** Where the servers of this project are when they are started without options; live pages put their own origin in its place. */
export const localOrigin = "http://127.0.0.1:4010";

/** How Redoc shows the reference of an instance; its own names for its options. */
function optionsFor(samples: readonly Sample[]): Record<string, unknown> {
  const labels = new Set(samples.map(({ label }) => label));
  return {
    skipBundle: true,
    disableTelemetry: true,
    jsonSamplesExpandLevel: "all",
    schemasExpansionLevel: 1,
    hideSchemaTitles: true,
    codeSamples: { languages: [...labels].map((label) => ({ lang: label })) },
  };
}

/**
 * The document that Redoc renders: the instance's bundle in the reader's language, with what is inferred marked, samples, the local
 * servers, and without what only tools read.
 */
export function referenceDocument(description: Description, language: Language): Record<string, unknown> {
  const document = structuredClone(description.document) as Record<string, unknown>;
  translate(document, description, language);
  const info = document.info as Record<string, unknown>;
  if (language.code !== english) {
    info.title = say(language, "title", { instance: description.name });
  }
  if (description.name !== familyName) {
    document.servers = [
      { url: description.baseUrl, description: description.name },
      { url: `${localOrigin}/mock/${description.name}/api`, description: say(language, "mockServer") },
      { url: `${localOrigin}/sandbox/${description.name}/api`, description: say(language, "sandboxServer") },
    ];
  }
  nameShapes(document, description, language);
  markEvidence(document, language);
  addSamples(document, samplesOf(description));
  // Redoc folds the operations of a tag away until somebody opens it; there is one tag, so the operations stand without it.
  delete document.tags;
  return withoutToolsOnly(document) as Record<string, unknown>;
}

/** Readers choose a shape by its type: the titles are names for programs. */
function nameShapes(document: Record<string, unknown>, description: Description, language: Language): void {
  const { create, update, resource } = rolesOf(description);
  for (const union of [create, update, resource].filter((each) => each !== undefined)) {
    for (const branch of branchesOf(union)) {
      const shape = at(document, branch.pointer);
      const other = branch === union.open ? "otherType" : "keepType";
      if (isNode(shape)) (shape as Record<string, unknown>).title = branch.value ?? say(language, other);
    }
  }
}

/** A sample's text, by the named example of the body where there are several. */
type Source = string | Record<string, string>;

function addSamples(document: Record<string, unknown>, samples: readonly Sample[]): void {
  for (const item of Object.values(document.paths as object)) {
    for (const operation of Object.values(item as object)) {
      if (!isNode(operation) || typeof operation.operationId !== "string") continue;
      const byLabel = new Map<string, { lang: string; source: Source }>();
      for (const { operationId, lang, label, example, source } of samples) {
        if (operationId !== operation.operationId) continue;
        const before = byLabel.get(label)?.source;
        const sources = example === undefined ? source : { ...(before as object), [example]: source };
        byLabel.set(label, { lang, source: sources });
      }
      (operation as Record<string, unknown>)["x-codeSamples"] = [...byLabel].map(
        ([label, { lang, source }]) => {
          return { lang, label, source };
        },
      );
    }
  }
}

/** The document as Redoc's prerendering takes it: with the samples of the examples that are shown first. */
function prerenderable(document: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(document, (key, value) => {
      return key === "source" && isNode(value) ? Object.values(value)[0] : value;
    }),
  );
}

const toolsOnly = /^x-(?!codeSamples$|badges$)/;

function withoutToolsOnly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutToolsOnly);
  if (!isNode(value)) return value;
  const isOperation = typeof value.operationId === "string";
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !toolsOnly.test(key) && !(isOperation && key === "tags"))
      .map(([key, child]) => [key, withoutToolsOnly(child)]),
  );
}

/** What separates head and body in the template that Redocly fills. */
const split = "<!-- split -->";

/**
 * The page of an instance's reference: prerendered by Redocly's `build-docs`, brought to life by the site's own copy of Redoc.
 *
 * @throws {DocsError} when Redocly can't render it
 */
export async function renderReference(page: ReferencePage, renderer: Renderer): Promise<string> {
  const { description, language, inEnglish, root, others } = page;
  const document = referenceDocument(description, language);
  const options = optionsFor(samplesOf(description));
  const template = `{{{redocHead}}}${split}{{{redocHTML}}}`;
  const rendered = await renderer.render(prerenderable(document), options, template);
  const [head = "", body = ""] = rendered.split(split);
  const styles = head.match(/<style[\s\S]*<\/style>/)?.[0];
  const content = body.match(/<div id="redoc">[\s\S]*?(?=\s*<script type="module">)/)?.[0];
  if (styles === undefined || content === undefined) {
    throw new DocsError(
      "redocly build-docs made a page of another form than before. Look at src/docs/reference.ts.",
    );
  }
  const title = String((document.info as Record<string, unknown>).title);
  return pageFrame({
    language,
    title,
    description: String((document.info as Record<string, unknown>).summary),
    root,
    styles: ["reference.css"],
    head: raw(styles),
    body: html`<a class="skip" href="#api-content">${say(language, "skip")}</a>
<header class="bar">
<a class="home" href="${root}index.html">${say(language, "home")}</a>
<strong dir="ltr">${description.name}</strong>
<nav aria-label="${say(language, "languages")}">${languageLinks(language, others)}</nav>
</header>
${
  page.isUntranslated &&
  html`<p class="note">The documentation page of this instance is in ${languageName(description.about.language)}. The docs have no translation into it, so they are in English.</p>`
}${raw(withHashRoutes(content))}
<script>globalThis.redocLabels = ${raw(scriptJson(language.redoc))};
globalThis.searchWords = ${raw(scriptJson(searchWords(language, inEnglish)))};</script>
<script src="${root}assets/redoc.js"></script>
<script>Redoc.hydrate(${raw(scriptJson(document))}, ${raw(scriptJson(options))}, document.getElementById("redoc"));</script>
<script src="${root}assets/reference.js"></script>`,
  });
}

/**
 * Prerendering writes Redoc's routes as paths, which would lead out of the site where they are opened by themselves; alive, Redoc has
 * them behind the hash.
 */
function withHashRoutes(content: string): string {
  return content.replaceAll(/(<a\b[^>]*? href=")(?=\/)/g, "$1#");
}

function languageLinks(current: Language, others: ReferencePage["others"]): Html[] {
  return [
    html`<span aria-current="true" lang="${current.code}">${current.name}</span>`,
    ...others.map(
      ({ language, href }) =>
        html`<a href="${href}" lang="${language.code}" hreflang="${language.code}" dir="${language.direction}">${language.name}</a>`,
    ),
  ];
}
