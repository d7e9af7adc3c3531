import { readFile } from "node:fs/promises";
import { Marked } from "marked";
import { familyName, type InstanceEntry, keyVariable } from "../description/index.ts";
import { renderWeights } from "./differences.ts";
import { pageFrame } from "./frame.ts";
import { type Html, html, raw } from "./html.ts";
import { english, inEnglish, type Language, languageFor, languageName } from "./languages.ts";
import { type Cell, type Group, inert, matrixOf } from "./matrix.ts";

/** Where an instance is served right now, and a key that it takes. */
export interface Live {
  readonly mockUrl: string;
  readonly sandboxUrl?: string | undefined;
  readonly apiKey?: string | undefined;
}

export interface FrontPage {
  readonly family: InstanceEntry;
  /** What the registry says of each instance, by its name. */
  readonly instances: ReadonlyMap<string, InstanceEntry>;
  readonly languages: ReadonlyMap<string, Language>;
  /** The way to the site's folder, with a slash at the end; empty in it. */
  readonly docs: string;
  /** By instance, where the page is served beside the servers. */
  readonly live?: ReadonlyMap<string, Live> | undefined;
}

const changelogFile = new URL("../../CHANGELOG.md", import.meta.url);
const contractReadme = new URL("../../openapi/README.md", import.meta.url);
const odditiesHeading = "The instances and their oddities";

/** The front page: of the built site, and live where servers run. */
export async function renderFrontPage(page: FrontPage): Promise<string> {
  const { family, instances, languages, docs, live } = page;
  const language = inEnglish(languages);
  const groups = matrixOf(family, [...instances.values()]);
  const names = [...instances.keys()];
  const markdown = new Marked();
  const oddities = section(await readFile(contractReadme, "utf8"), odditiesHeading).replace(/^\|.*\n/gm, "");
  const changelog = (await readFile(changelogFile, "utf8"))
    .replace(/^# .*\n/, "")
    .replaceAll(/^(#+) /gm, "$1# ");
  return pageFrame({
    language,
    title: "notification-handlers API: one contract for every instance",
    description:
      "Reference, compatibility matrix, client, mock, sandbox and checks of the notification-handlers API.",
    root: docs,
    styles: ["site.css"],
    body: html`<a class="skip" href="#content">Skip to the content</a>
<header class="bar"><a class="brand" href="#content">notification-handlers API</a>
<nav aria-label="Site">
<a href="#instances">Instances</a><a href="#matrix">Compatibility</a><a href="#start">Get started</a><a href="#evidence">Evidence</a><a href="#differences">Differences</a><a href="#changelog">Changelog</a>
</nav><button type="button" id="mode" hidden>Dark</button></header>
<main id="content">
<section class="hero">
<h1>One contract for every instance</h1>
<p>The notification-handlers API says where an account's notifications go, and independently run instances of one product serve it, each
with what it has of it. Here each has its exact OpenAPI 3.1 contract, reference, typed client, mock, sandbox and checks, all derived from one
source.</p>
</section>
<section id="instances" aria-labelledby="instances-title">
<h2 id="instances-title">Instances</h2>
<ul class="cards">${[...instances].map(([name, each]) => renderCard(name, each, page))}${renderFamilyCard(page)}</ul>
</section>
<section id="matrix" aria-labelledby="matrix-title">
<h2 id="matrix-title">Compatibility</h2>
<p>What each instance has, read from its contract.${hasInert(groups) && html` <code>${inert}</code>: its page names the field, and no type that it allows has it.`}</p>
${renderMatrix(names, groups)}
</section>
<section id="start" aria-labelledby="start-title">
<h2 id="start-title">Get started</h2>
${renderStart(names, live !== undefined)}
</section>
<section id="evidence" aria-labelledby="evidence-title">
<h2 id="evidence-title">Documented, or inferred</h2>
<p>What an instance's own page states is <strong>documented</strong> and carries no mark. Status codes and the error body come
from general pages of the product <strong>family</strong>. What no page states is <strong>inferred</strong>; the references mark every such
statement, and <a href="${docs}assumptions.html">all assumptions</a> stand on one page.</p>
</section>
<section id="oddities" aria-labelledby="oddities-title">
<h2 id="oddities-title">Oddities</h2>
${raw(await markdown.parse(oddities))}
</section>
<section id="differences" aria-labelledby="differences-title">
<h2 id="differences-title">Differences between any two</h2>
<p>What a client of one instance meets at another, each difference by what it does to the client: it ${renderWeights()}.</p>
<p><a href="${docs}differences.html">Compare two instances</a></p>
</section>
<section id="changelog" aria-labelledby="changelog-title">
<h2 id="changelog-title">Changelog</h2>
${raw(await markdown.parse(changelog))}
</section>
</main>
<footer>MIT licence. The reference pages are rendered by <a href="${docs}assets/redoc.LICENSE.txt">Redoc</a>.</footer>
<script src="${docs}assets/site.js"></script>`,
  });
}

function renderCard(name: string, instance: InstanceEntry, { languages, docs, live }: FrontPage): Html {
  const { language, types, open, baseUrl } = instance;
  const own = languageFor(languages, language);
  const isOwn = own !== undefined && own.code !== english;
  return html`<li class="card" id="${name}">
<h3>${name}</h3>
<p class="types">${types.map((type) => html`<code>${type}</code> `)}${open && "and any other"}</p>
<dl>
<dt>API</dt><dd><code>${baseUrl}</code></dd>
${renderSource(instance)}
${renderLive(name, instance, live)}
<p class="links">${isOwn && html`<a href="${docs}${name}/index.html" lang="${own.code}" hreflang="${own.code}" dir="${own.direction}">${own.name}</a>`}
<a href="${docs}${name}/${isOwn && `${english}/`}index.html" hreflang="${english}" aria-label="English: ${name}">English</a>
<a href="${docs}${name}/openapi.yaml" aria-label="openapi.yaml of ${name}">openapi.yaml</a></p>
</li>`;
}

/** The page that the instance's facts come from. */
function renderSource({ source }: InstanceEntry): Html {
  if (source === null) return html``;
  const language = languageName(source.language);
  const page = source.url === undefined ? html`${language}` : html`<a href="${source.url}">${language}</a>`;
  return html`<dt>Source</dt><dd>${page}${source.seen && html`, seen <time>${source.seen}</time>`}</dd>`;
}

function renderFamilyCard({ family, docs, live }: FrontPage): Html {
  return html`<li class="card" id="${familyName}">
<h3>Any other instance</h3>
<p>The union of all: every type, field and parameter that an instance may have.</p>
<dl>
${renderLive(familyName, family, live)}
<p class="links"><a href="${docs}${familyName}/index.html">Reference of the family</a> <a href="${docs}${familyName}/openapi.yaml" aria-label="openapi.yaml of the family">openapi.yaml</a></p>
</li>`;
}

/** Where the instance is served right now and a call to it, behind what else its list of terms has. */
function renderLive(name: string, instance: InstanceEntry, live: FrontPage["live"]): Html {
  const here = live?.get(name);
  if (here === undefined) return html`</dl>`;
  const { mockUrl, sandboxUrl, apiKey } = here;
  return html`<dt>Mock</dt><dd><code>${mockUrl}</code></dd>
${sandboxUrl && html`<dt>Sandbox</dt><dd><code>${sandboxUrl}</code></dd>`}
${apiKey && html`<dt>Key</dt><dd><code>${apiKey}</code></dd>`}
</dl>
${block(curlLine(instance, here), `A call to ${name}`)}`;
}

/** A call that works when it is pasted: the list, of the sandbox where there is one, else of the mock, which takes any key. */
export function curlLine({ listPath }: InstanceEntry, { mockUrl, sandboxUrl, apiKey }: Live): string {
  return `curl --header 'Authorization: Bearer ${apiKey ?? "any-key"}' '${sandboxUrl ?? mockUrl}${listPath}'`;
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

function renderStart([name]: readonly string[], isLive: boolean): Html {
  if (name === undefined) return html``;
  return html`<div class="steps">
<div><h3>Client</h3><p>Typed by the instance: a wrong type, a field of another type or a filter that it lacks does not compile.</p>
${block(`npm install notification-handlers-api`, "Install the client")}
${block(clientCall(name), "A call with the client")}</div>
<div><h3>Mock</h3><p>Answers every documented call with the contract's examples, and any error that you ask for. It remembers nothing.</p>
${block(`npm run mock -- ${name}`, "Start a mock")}
<h3>Sandbox</h3><p>A real, stateful instance on SQLite: what you create is listed, read, changed and gone after delete.</p>
${block(`npm run sandbox -- ${name}`, "Start a sandbox")}
<h3>Check</h3><p>Tells whether a live instance still honours its contract, and leaves it as it was.</p>
${block(`npm run contract -- ${name}`, "Check an instance")}
${!isLive && html`<p>Everything at once: <code>npm ci</code>, then <code>npm start</code>, in a clone of the repository.</p>`}</div>
</div>`;
}

/** A call with the client that works with any instance. */
function clientCall(name: string): string {
  return `import { createClient } from "notification-handlers-api";

const client = createClient({ instance: ${JSON.stringify(name)}, apiKey: process.env.${keyVariable} ?? "" });
for await (const handler of client.listAll()) console.log(handler);`;
}

function block(code: string, label: string): Html {
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code>${code}</code></pre>`;
}

/** A section of a Markdown text by its heading, without the heading. */
function section(markdown: string, heading: string): string {
  const [, after] = markdown.split(`\n## ${heading}\n`);
  if (after === undefined) throw new Error(`openapi/README.md has no section "${heading}".`);
  return after.split(/\n## /)[0] ?? "";
}
