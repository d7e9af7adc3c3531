import type { InstanceEntry } from "../description/index.ts";
import { weights } from "./assets/rules.js";
import { pageFrame } from "./frame.ts";
import { type Html, html, scriptJson } from "./html.ts";
import type { Language } from "./languages.ts";
import { siteBar, siteFooter, siteScripts } from "./site-parts.ts";

/** What the page of the differences compares: what the registry says of each instance, as a script that any page can load. */
export function instancesScript(entries: ReadonlyMap<string, InstanceEntry>): string {
  return `globalThis.instances = ${scriptJson(Object.fromEntries(entries))};\n`;
}

/** The page of the differences: the browser computes those of the pair that is asked for, at the address `#from..to`. */
export function renderDifferences(language: Language, address: string | undefined): string {
  return pageFrame({
    language,
    title: "Differences between the instances",
    description: "What a client of one instance meets at another.",
    root: "",
    path: "differences.html",
    address,
    styles: ["site.css"],
    body: html`${siteBar(language, "")}
<main id="content" class="narrow" tabindex="-1">
<h1>Differences between the instances</h1>
<p>Read the list as the way of a client from one instance to another: each difference ${renderWeights()}.
Base URLs, names and languages differ by nature and are left out.</p>
<form id="pair" hidden><label>From <select name="from"></select></label> <label>to <select name="to"></select></label>
<button type="button" id="swap">Swap</button></form>
<section id="result" aria-live="polite"></section>
<noscript><p>Comparing two instances needs JavaScript; <a href="index.html#matrix">the matrix</a> has all of them side by side.</p></noscript>
</main>
${siteFooter("")}
${siteScripts(language, "", ["instances.js", "differences.js"])}`,
  });
}

/** The weights with what they mean, in a sentence. */
export function renderWeights(): Html[] {
  const all = Object.entries(weights);
  return all.map(([weight, meaning], index) => {
    const before = index === 0 ? "" : index === all.length - 1 ? ", or " : ", ";
    return html`${before}${meaning} (<span class="impact ${weight}">${weight}</span>)`;
  });
}
