import type { Description } from "../description/index.ts";
import { pageFrame } from "./frame.ts";
import { html, raw } from "./html.ts";
import { readingOf } from "./reading.ts";
import type { SitePage } from "./site-page.ts";
import { siteBar, siteFooter, siteScripts } from "./site-parts.ts";
import { textsOf } from "./translatable.ts";

/** The page that lists everything that is inferred, with its assumptions, from the family's contract. */
export function renderAssumptions(page: SitePage, family: Description): string {
  const { language } = page;
  const reading = readingOf(family, language);
  const assumptions = new Set(
    textsOf(family)
      .filter(({ pointer }) => /\/x-assumptions?(\/|$)/.test(pointer))
      .map(({ text }) => text),
  );
  const title = reading.say("inferredTitle");
  return pageFrame({
    ...page,
    title,
    description: reading.say("assumptionsSummary"),
    styles: ["site.css"],
    body: html`${siteBar(page)}
<main id="content" class="narrow" tabindex="-1">
<h1>${title}</h1>
<p>${reading.say("assumptionsIntro")}</p>
<ul>${[...assumptions].map((text) => html`<li>${raw(reading.inline(text))}</li>\n`)}</ul>
</main>
${siteFooter(page)}
${siteScripts(page)}`,
  });
}
