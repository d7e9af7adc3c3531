import { assetPath } from "./assets.ts";
import { type Html, html, raw, scriptJson } from "./html.ts";
import type { Messages } from "./messages.ts";
import { repositoryUrl } from "./repository.ts";
import { homeOf, type SitePage, type Translation } from "./site-page.ts";

/** The header of pages that are not about a single instance. */
export function siteBar(page: SitePage, home = `${homeOf(page)}index.html`): Html {
  const { language } = page;
  const front = home.startsWith("#") ? "" : home;
  const say = (key: string) => language.page.say(key);
  return html`<a class="skip" href="#content">${say("skip")}</a>
<header class="bar"><a class="brand" href="${home}">${nameOf(page)}</a>
<nav aria-label="${say("site")}"><a href="${front}#instances">${say("instances")}</a><a href="${front}#start">${say("start")}</a><a href="${front}#matrix">${say("compatibility")}</a></nav>
${languageMenu(page)}
<button type="button" id="mode" hidden aria-label="${say("colours")}">◐</button></header>`;
}

/** The API's name in the language of a page. */
function nameOf({ language }: SitePage): string {
  const name = "notification-handlers API";
  return language.contract.translate(name) ?? name;
}

/** Links to the page's translations. */
function languageMenu({ language, others }: SitePage): Html {
  if (others.length === 0) return html``;
  return html`<details class="languages"><summary aria-label="${language.page.say("languages")}: ${language.name}">${language.name}</summary>
<ul>${others.map(link)}</ul></details>`;
}

function link({ language: { code, name, direction }, href }: Translation): Html {
  return html`<li><a href="${href}" lang="${code}" hreflang="${code}" dir="${direction}">${name}</a></li>`;
}

/** The footer of those pages. */
export function siteFooter(page: SitePage): Html {
  const { language, root } = page;
  const repository = repositoryUrl();
  const folder = homeOf(page);
  const say = (key: string) => language.page.say(key);
  return html`<footer><p><a href="${folder}differences.html">${say("differences")}</a> <a href="${folder}assumptions.html">${say("inferredTitle")}</a>
<a href="${folder}changelog.html">${say("changelog")}</a> <a href="${root}llms.txt">llms.txt</a>${repository && html` <a href="${repository}">${say("sourceCode")}</a>`}</p>
<p class="soft">${say("licence")}</p></footer>`;
}

/** The scripts of those pages, with the messages that they need. */
export function siteScripts(
  { language, root }: SitePage,
  more: readonly string[] = [],
  words: Readonly<Record<string, string>> = {},
): Html {
  const all = { ...wordsOf(language.page, ["copy", "copied", "notCopied", "copyWhat"]), ...words };
  return html`<script type="application/json" id="words">${raw(scriptJson(all))}</script>
${["site.js", ...more].map((name) => html`<script src="${root}${assetPath(name)}" defer></script>\n`)}`;
}

/** Messages for scripts, unformatted. */
export function wordsOf(messages: Messages, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, messages.text(key) ?? key]));
}

/** The weight of a difference, as a label. */
export function weightBadge({ language }: SitePage, weight: string): Html {
  const word = language.page.say(`weight${weight[0]?.toUpperCase()}${weight.slice(1)}`);
  return html`<span class="impact ${weight}">${word}</span>`;
}
