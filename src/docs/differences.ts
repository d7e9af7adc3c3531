import type { InstanceEntry } from "../description/index.ts";
import { rules, weights } from "./assets/rules.js";
import { pageFrame } from "./frame.ts";
import { type Html, html, raw, scriptJson } from "./html.ts";
import { homeOf, type SitePage } from "./site-page.ts";
import { siteBar, siteFooter, siteScripts, weightBadge, wordsOf } from "./site-parts.ts";

/** The file in an instance's folder with the facts that the differences page compares. */
export const factsFile = "facts.js";

/** The registry's entry of an instance as a script: pages that are opened from a file can load nothing else. */
export function factsScript(name: string, entry: InstanceEntry): string {
  return `(globalThis.instances ??= {})[${scriptJson(name)}] = ${scriptJson(entry)};\n`;
}

/** Messages of the differences script, besides those of the rules. */
const words = [
  "differencesPair",
  "differencesNone",
  "differencesFailed",
  "weightMajor",
  "weightMinor",
  "weightPatch",
  "kindRemoved",
  "kindAdded",
];

/** The differences page. Its script compares the two instances that the URL names: `#from..to`. */
export function renderDifferences(page: SitePage, names: readonly string[]): string {
  const { language, root } = page;
  const say = (key: string) => language.page.say(key);
  const options = names.map((name) => html`<option>${name}</option>`);
  const matrix = `${homeOf(page)}index.html#matrix`;
  const link = (inner: string) => html`<a href="${matrix}">${raw(inner)}</a>`.html;
  const sentences = Object.values(rules).flatMap(([, , what, effect]) => [what, effect]);
  const translated = sentences.map((text) => [text, language.differences.get(text) ?? text]);
  return pageFrame({
    ...page,
    title: say("differencesTitle"),
    description: say("differencesSummary"),
    styles: ["site.css"],
    body: html`${siteBar(page)}
<main id="content" class="narrow" tabindex="-1">
<h1>${say("differencesTitle")}</h1>
<p>${say("differencesIntro")}</p>
${renderWeights(page)}
<form id="pair" hidden data-root="${root}" data-facts="${factsFile}"><label>${say("from")} <select name="from">${options}</select></label>
<label>${say("to")} <select name="to">${options}</select></label> <button type="button" id="swap">${say("swap")}</button></form>
<section id="result" aria-live="polite"></section>
<noscript><p>${raw(language.page.html("differencesNoScript", {}, { link }))}</p></noscript>
</main>
${siteFooter(page)}
${siteScripts(page, ["differences.js"], { ...wordsOf(language.page, words), ...Object.fromEntries(translated) })}`,
  });
}

/** The weights and their meanings. */
function renderWeights(page: SitePage): Html {
  const { differences } = page.language;
  return html`<ul class="weights">${Object.entries(weights).map(
    ([weight, meaning]) =>
      html`<li>${weightBadge(page, weight)} ${differences.get(meaning) ?? meaning}</li>\n`,
  )}</ul>`;
}
