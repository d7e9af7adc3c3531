import { filled } from "./assets/rules.js";
import { pageFrame } from "./frame.ts";
import { type Html, html } from "./html.ts";
import type { ReleaseChanges } from "./releases.ts";
import type { SitePage } from "./site-page.ts";
import { siteBar, siteFooter, siteScripts, weightBadge } from "./site-parts.ts";

/** What each release changed for a client of an instance. */
export function renderInstanceChangelog(
  page: SitePage,
  instance: string,
  changes: readonly ReleaseChanges[],
): string {
  const { page: words } = page.language;
  const title = words.say("instanceChangelog", { instance });
  return pageFrame({
    ...page,
    title,
    description: words.say("instanceChangelogSummary"),
    styles: ["site.css"],
    body: html`${siteBar(page)}
<main id="content" class="narrow" tabindex="-1">
<h1>${title}</h1>
<p><a href="index.html">${words.say("title", { instance })}</a></p>
${changes.length === 0 && html`<p>${words.say("changelogUnreleased")}</p>`}
${changes.map((each) => renderRelease(page, each))}</main>
${siteFooter(page)}
${siteScripts(page)}`,
  });
}

function renderRelease(page: SitePage, { version, date, differences }: ReleaseChanges): Html {
  const { page: words } = page.language;
  const plain = differences === undefined ? "changelogFirst" : "changelogSame";
  return html`<section id="${version}">
<h2><bdi>${version}</bdi> <small class="soft"><time>${date}</time></small></h2>
${
  differences === undefined || differences.length === 0
    ? html`<p>${words.say(plain)}</p>`
    : html`<ul class="differences">${differences.map((each) => renderDifference(page, each))}</ul>`
}
</section>\n`;
}

type Difference = NonNullable<ReleaseChanges["differences"]>[number];

function renderDifference(page: SitePage, { weight, kind, what, gaps, effect }: Difference): Html {
  const { differences, page: words } = page.language;
  const say = (text: string) => differences.get(text) ?? text;
  // A `changed` difference names both values itself.
  const word = kind === "changed" ? "" : words.say(kind === "removed" ? "kindRemoved" : "kindAdded");
  const subject = filled(say(what), gaps).split("`");
  return html`<li>${weightBadge(page, weight)}<div>${subject.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}
<span class="kind">${word}</span><p class="places">${say(effect)}</p></div></li>\n`;
}
