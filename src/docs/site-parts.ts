import { assetPath } from "./assets.ts";
import { type Html, html, raw, scriptJson } from "./html.ts";
import type { Language } from "./languages.ts";
import { repositoryUrl } from "./repository.ts";

/** The bar above the pages that are of no single instance. */
export function siteBar(language: Language, docs: string, home = `${docs}index.html`): Html {
  const front = home.startsWith("#") ? "" : `${docs}index.html`;
  return html`<a class="skip" href="#content">${language.page.say("skip")}</a>
<header class="bar"><a class="brand" href="${home}">notification-handlers API</a>
<nav aria-label="Site"><a href="${front}#instances">Instances</a><a href="${front}#start">Get started</a><a href="${front}#matrix">Compatibility</a></nav>
<button type="button" id="mode" hidden aria-label="${language.page.say("colours")}">◐</button></header>`;
}

/** What stands below those pages. */
export function siteFooter(docs: string): Html {
  const repository = repositoryUrl();
  return html`<footer><p><a href="${docs}differences.html">Differences</a> <a href="${docs}assumptions.html">What is inferred</a>
<a href="${docs}changelog.html">Changelog</a> <a href="${docs}llms.txt">llms.txt</a>${repository && html` <a href="${repository}">Source code</a>`}</p>
<p class="soft">The contracts and this documentation are under the MIT licence; the API is not ours.</p></footer>`;
}

/** The scripts of those pages, with the words that they write. */
export function siteScripts(language: Language, docs: string, more: readonly string[] = []): Html {
  const words = ["copy", "copied", "copyWhat"].map((key) => [key, language.page.text(key)] as const);
  return html`<script type="application/json" id="words">${raw(scriptJson(Object.fromEntries(words)))}</script>
${["site.js", ...more].map((name) => html`<script src="${docs}${assetPath(name)}"></script>\n`)}`;
}
