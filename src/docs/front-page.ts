import { familyName, type InstanceEntry, keyVariable } from "../description/index.ts";
import { texts } from "../redocly-plugin/texts.js";
import { pageFrame } from "./frame.ts";
import { type Html, html, raw } from "./html.ts";
import { type Language, languageFor, languageName } from "./languages.ts";
import { type Cell, type Group, matrixOf } from "./matrix.ts";
import { isPublished } from "./releases.ts";
import { homeOf, referenceFolder, type SitePage } from "./site-page.ts";
import { siteBar, siteFooter, siteScripts } from "./site-parts.ts";

/** What the front page shows. */
export interface FrontPage extends SitePage {
  readonly family: InstanceEntry;
  /** The registry's entries, by instance name. */
  readonly instances: ReadonlyMap<string, InstanceEntry>;
}

/** The front page of the site. */
export function renderFrontPage(page: FrontPage): string {
  const { language, family, instances } = page;
  const { page: words } = language;
  return pageFrame({
    ...page,
    title: words.say("frontTitle"),
    description: words.say("frontSummary"),
    styles: ["site.css"],
    body: html`${siteBar(page, "#content")}
<main id="content" tabindex="-1">
<section class="hero">
<h1>${words.say("frontHeading")}</h1>
<p>${words.say("frontIntro")}</p>
<p class="actions"><a class="action primary" href="#instances">${words.say("chooseInstance")}</a> <a class="action" href="#start">${words.say("start")}</a></p>
</section>
<section id="instances" aria-labelledby="instances-title">
<h2 id="instances-title">${words.say("instances")}</h2>
<label class="filter" hidden>${words.say("filter")} <input type="search" id="filter" autocomplete="off"></label>
<ul class="cards">${[...instances].map(([name, each]) => renderCard(name, each, page))}${renderFamilyCard(page)}</ul>
</section>
<section id="start" aria-labelledby="start-title">
<h2 id="start-title">${words.say("start")}</h2>
${renderStart(page)}
</section>
<section id="matrix" aria-labelledby="matrix-title">
<h2 id="matrix-title">${words.say("compatibility")}</h2>
${renderMatrix(page, matrixOf(family, [...instances.values()], words))}
</section>
<section id="evidence" aria-labelledby="evidence-title">
<h2 id="evidence-title">${words.say("evidenceTitle")}</h2>
<p>${raw(words.html("evidenceText", {}, { link: linkTo(`${homeOf(page)}assumptions.html`) }))}</p>
</section>
</main>
${siteFooter(page)}
${siteScripts(page, ["front.js"])}`,
  });
}

/** Turns a tag of a message into a link. */
function linkTo(href: string): (inner: string) => string {
  return (inner) => html`<a href="${href}">${raw(inner)}</a>`.html;
}

function renderCard(name: string, instance: InstanceEntry, page: FrontPage): Html {
  const { language, languages, root } = page;
  const { types, open, baseUrl } = instance;
  const reference = (each: Language) =>
    `${root}${referenceFolder(languages, { name, language: instance.language }, each)}index.html`;
  const here = reference(language);
  const create = (type: string) => {
    const summary = texts.createExample(type);
    return language.contract.translate(summary) ?? summary;
  };
  const own = languageFor(languages, instance.language);
  const shown = [...new Set([own, language].filter((each) => each !== undefined))];
  const differences = language.page.say("differences");
  return html`<li class="card" id="${name}">
<h3><a href="${here}">${name}</a></h3>
<p class="url"><code>${baseUrl}</code></p>
<p class="types">${types.map((type) => html`<a href="${here}#create/${type}" title="${create(type)}"><code>${type}</code></a> `)}${open && language.page.say("andAnyOther")}</p>
<p class="links">${shown.map((each) => renderLanguage(name, each, reference(each)))}<a href="${homeOf(page)}differences.html#${name}.." aria-label="${differences}: ${name}">${differences}</a>
<a href="${root}${name}/openapi.yaml" aria-label="OpenAPI: ${name}">OpenAPI</a></p>
${renderSource(instance, language)}
</li>`;
}

function renderLanguage(name: string, { code, name: own, direction }: Language, href: string): Html {
  return html`<a href="${href}" lang="${code}" hreflang="${code}" dir="${direction}" aria-label="${own}: ${name}">${own}</a> `;
}

/** The documentation page that an instance's facts come from. */
function renderSource({ source }: InstanceEntry, { code, page }: Language): Html {
  if (source === null) return html``;
  const { url, seen } = source;
  const link = url === undefined ? (inner: string) => inner : linkTo(url);
  const gaps = { language: languageName(source.language, code), date: seen ?? "" };
  return html`<p class="soft">${raw(page.html(seen ? "readFromSeen" : "readFrom", gaps, { link }))}</p>`;
}

function renderFamilyCard(page: FrontPage): Html {
  const { family, language, languages, root } = page;
  const folder = referenceFolder(languages, { name: familyName, language: family.language }, language);
  const href = `${root}${folder}index.html`;
  return html`<li class="card" id="${familyName}">
<h3><a href="${href}">${language.page.say("anyInstance")}</a></h3>
<p>${language.page.say("anyInstanceIntro")}</p>
<p class="links">${renderLanguage(familyName, language, href)}<a href="${root}${familyName}/openapi.yaml" aria-label="OpenAPI: ${familyName}">OpenAPI</a></p>
</li>`;
}

function renderMatrix(page: FrontPage, groups: readonly Group[]): Html {
  const { page: words } = page.language;
  const names = [...page.instances.keys()];
  const word = words.say("inert");
  const hasInert = groups.some(({ rows }) => rows.some(({ cells }) => cells.includes(word)));
  const compare = words.html("matrixCompare", {}, { link: linkTo(`${homeOf(page)}differences.html`) });
  return html`<p>${words.say("matrixIntro")} ${raw(compare)}${hasInert && html` ${words.say("matrixInert", { word })}`}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${words.say("matrixLabel")}">
<table class="matrix">
<thead><tr><th scope="col"><span class="visually-hidden">${words.say("feature")}</span></th>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
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

/** Kept short: the matrix of a hundred instances has thousands of cells. An empty cell shows a dash (site.css). */
function renderCell(cell: Cell): Html {
  if (cell === true) return html`<td class="yes">✓</td>`;
  if (cell === false) return html`<td></td>`;
  return html`<td><code>${cell}</code></td>`;
}

/** The first commands: with the published packages, or in a clone before they are published. */
function renderStart({ instances, language: { page } }: FrontPage): Html {
  const [name] = instances.keys();
  if (name === undefined) return html``;
  const commands = isPublished()
    ? {
        start: "npx notification-handlers-devkit start",
        check: `npx notification-handlers-devkit contract ${name}`,
        install: "npm install notification-handlers-api",
      }
    : {
        start: "npm ci && npm start",
        check: `npm run contract -- ${name}`,
        install: "npm run build && npm pack ./dist/package",
      };
  const where = isPublished() ? html`` : html` ${page.say("inClone")}`;
  return html`<div class="steps">
<div><h3>${page.say("startServers")}</h3><p>${page.say("startServersIntro")}${where}</p>
${block(commands.start, page.say("startServersLabel"))}
<h3>${page.say("startCheck")}</h3><p>${page.say("startCheckIntro")}</p>
${block(commands.check, page.say("startCheckLabel"))}</div>
<div><h3>${page.say("startClient")}</h3><p>${page.say("startClientIntro")}${where}</p>
${block(commands.install, page.say("startClientLabel"))}
${block(clientCall(name), page.say("startCallLabel"))}</div>
</div>`;
}

/** A call with the client that works for any instance. */
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
