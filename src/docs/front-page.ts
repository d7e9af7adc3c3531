import { readFile } from "node:fs/promises";
import { Marked } from "marked";
import { familyName, type InstanceEntry, keyVariable } from "../description/index.ts";
import { renderWeights } from "./differences.ts";
import { pageFrame } from "./frame.ts";
import { type Html, html, raw } from "./html.ts";
import { english, inEnglish, type Language, languageFor, languageName } from "./languages.ts";
import { type Cell, type Group, inert, matrixOf } from "./matrix.ts";
import { siteBar, siteFooter, siteScripts } from "./site-parts.ts";

export interface FrontPage {
  readonly family: InstanceEntry;
  /** What the registry says of each instance, by its name. */
  readonly instances: ReadonlyMap<string, InstanceEntry>;
  readonly languages: ReadonlyMap<string, Language>;
  /** The way to the site's folder, with a slash at the end; empty in it. */
  readonly docs: string;
  /** The absolute address of the site, where it is known. */
  readonly address?: string | undefined;
}

const contractReadme = new URL("../../openapi/README.md", import.meta.url);
const odditiesHeading = "The instances and their oddities";

/** The front page of the site. */
export async function renderFrontPage(page: FrontPage): Promise<string> {
  const { family, instances, languages, docs } = page;
  const language = inEnglish(languages);
  const groups = matrixOf(family, [...instances.values()]);
  const names = [...instances.keys()];
  const oddities = section(await readFile(contractReadme, "utf8"), odditiesHeading).replace(/^\|.*\n/gm, "");
  return pageFrame({
    language,
    title: "notification-handlers API: one contract for every instance",
    description:
      "Reference, compatibility matrix, client, mock, sandbox and checks of the notification-handlers API.",
    root: docs,
    path: "index.html",
    address: page.address,
    styles: ["site.css"],
    body: html`${siteBar(language, "", "#content")}
<main id="content" tabindex="-1">
<section class="hero">
<h1>One contract for every instance</h1>
<p>The notification-handlers API says where an account's notifications go. Independently run instances of one product serve it, and hardly two
agree on every detail. Choose yours: its exact reference, typed client, mock, sandbox and checks are derived from one source.</p>
<p class="actions"><a class="action primary" href="#instances">Choose your instance</a> <a class="action" href="#start">Get started</a></p>
</section>
<section id="instances" aria-labelledby="instances-title">
<h2 id="instances-title">Instances</h2>
<label class="filter" hidden>Name, type or language <input type="search" id="filter" autocomplete="off"></label>
<ul class="cards">${[...instances].map(([name, each]) => renderCard(name, each, page))}${renderFamilyCard(page)}</ul>
</section>
<section id="start" aria-labelledby="start-title">
<h2 id="start-title">Get started</h2>
${renderStart(names)}
</section>
<section id="matrix" aria-labelledby="matrix-title">
<h2 id="matrix-title">Compatibility</h2>
<p>What each instance has, read from its contract.${hasInert(groups) && html` <code>${inert}</code>: its documentation names the field, and no type that it allows has it.`}
<a href="${docs}differences.html">Compare two of them</a>: what a client of one meets at the other, each difference by what it does to the client. It
${renderWeights()}.</p>
${renderMatrix(names, groups)}
<details><summary>Oddities of the instances' documentation</summary>
${raw(await new Marked().parse(oddities))}
</details>
</section>
<section id="evidence" aria-labelledby="evidence-title">
<h2 id="evidence-title">Documented, or inferred</h2>
<p>What an instance's own documentation states is <strong>documented</strong> and carries no mark. Status codes and the error body come
from general documentation of the product <strong>family</strong>. What no documentation states is <strong>inferred</strong>; the references mark
every such statement, and <a href="${docs}assumptions.html">all assumptions</a> stand in one place.</p>
</section>
</main>
${siteFooter(docs)}
${siteScripts(language, docs, ["front.js"])}`,
  });
}

function renderCard(name: string, instance: InstanceEntry, { languages, docs }: FrontPage): Html {
  const { language, types, open, baseUrl } = instance;
  const own = languageFor(languages, language);
  const isOwn = own !== undefined && own.code !== english;
  const inEnglishAt = `${docs}${name}/${isOwn ? `${english}/` : ""}index.html`;
  return html`<li class="card" id="${name}">
<h3><a href="${inEnglishAt}">${name}</a></h3>
<p class="url"><code>${baseUrl}</code></p>
<p class="types">${types.map((type) => html`<a href="${inEnglishAt}#create/${type}" title="Create a handler of type ${type}"><code>${type}</code></a> `)}${open && "and any other"}</p>
<p class="links">${isOwn && html`<a href="${docs}${name}/index.html" lang="${own.code}" hreflang="${own.code}" dir="${own.direction}">${own.name}</a> `}<a href="${inEnglishAt}" hreflang="${english}" aria-label="English: ${name}">English</a>
<a href="${docs}differences.html#${name}.." aria-label="Differences between ${name} and others">Differences</a>
<a href="${docs}${name}/openapi.yaml" aria-label="OpenAPI of ${name}">OpenAPI</a></p>
${renderSource(instance)}
</li>`;
}

/** The documentation that the instance's facts come from. */
function renderSource({ source }: InstanceEntry): Html {
  if (source === null) return html``;
  const language = languageName(source.language);
  const page = source.url === undefined ? html`${language}` : html`<a href="${source.url}">${language}</a>`;
  return html`<p class="soft">Read from its documentation in ${page}${source.seen && html`, seen <time>${source.seen}</time>`}.</p>`;
}

function renderFamilyCard({ docs }: FrontPage): Html {
  return html`<li class="card" id="${familyName}">
<h3><a href="${docs}${familyName}/index.html">Any other instance</a></h3>
<p>The union of all: every type, field and parameter that an instance may have, open to others.</p>
<p class="links"><a href="${docs}${familyName}/index.html" aria-label="English: the family">English</a> <a href="${docs}${familyName}/openapi.yaml" aria-label="OpenAPI of the family">OpenAPI</a></p>
</li>`;
}

function hasInert(groups: readonly Group[]): boolean {
  return groups.some(({ rows }) => rows.some(({ cells }) => cells.includes(inert)));
}

function renderMatrix(names: readonly string[], groups: readonly Group[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The compatibility matrix">
<table class="matrix">
<thead><tr><th scope="col"><span class="visually-hidden">Feature</span></th>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
${groups.map(
  ({ title, rows }) => html`<tbody>
<tr class="group"><th scope="rowgroup" colspan="${names.length + 1}">${title}</th></tr>
${rows.map(
  ({ name, isCode, cells }) =>
    html`<tr><th scope="row">${isCode ? html`<code>${name}</code>` : name}</th>${cells.map(renderCell)}</tr>\n`,
)}</tbody>`,
)}
</table>
</div>`;
}

function renderCell(cell: Cell): Html {
  if (cell === true) return html`<td><span class="yes" role="img" aria-label="yes">✓</span></td>`;
  if (cell === false) return html`<td><span class="no" role="img" aria-label="no">–</span></td>`;
  return html`<td><code>${cell}</code></td>`;
}

function renderStart([name]: readonly string[]): Html {
  if (name === undefined) return html``;
  return html`<div class="steps">
<div><h3>Mock and sandbox</h3><p>The mock answers every documented call, and with any error that you ask for; the sandbox remembers. In a clone:
<code>npm start</code>.</p>
${block(`npx notification-handlers-devkit start`, "Start mocks and sandboxes of all instances")}
<h3>Check</h3><p>Does a live instance still honour its contract? It is left as it was.</p>
${block(`npx notification-handlers-devkit contract ${name}`, "Check an instance")}</div>
<div><h3>Client</h3><p>Typed by the instance: a wrong type, a field of another type or a filter that it lacks does not compile.</p>
${block(`npm install notification-handlers-api`, "Install the client")}
${block(clientCall(name), "A call with the client")}</div>
</div>`;
}

/** A call with the client that works with any instance. */
function clientCall(name: string): string {
  return `import { createClient } from "notification-handlers-api";

const client = createClient({
  instance: ${JSON.stringify(name)},
  apiKey: process.env.${keyVariable} ?? "",
});
for await (const handler of client.listAll()) console.log(handler);`;
}

function block(code: string, label: string): Html {
  return html`<pre data-label="${label}"><code>${code}</code></pre>`;
}

/** A section of a Markdown text by its heading, without the heading. */
function section(markdown: string, heading: string): string {
  const [, after] = markdown.split(`\n## ${heading}\n`);
  if (after === undefined) throw new Error(`openapi/README.md has no section "${heading}".`);
  return after.split(/\n## /)[0] ?? "";
}
