import { pageFrame } from "./frame.ts";
import { html } from "./html.ts";
import { inEnglish, type Language } from "./languages.ts";
import { folderOf } from "./site-page.ts";

/**
 * The not-found page, in every language, since the reader's is unknown. Hosts show it at any path, so its links need the site's URL, if it
 * is known.
 */
export function renderNotFound(
  languages: ReadonlyMap<string, Language>,
  address: string | undefined,
  root = "/",
): string {
  const home = address ?? root;
  const english = inEnglish(languages);
  const all = [english, ...[...languages.values()].filter((each) => each !== english)];
  return pageFrame({
    language: english,
    title: english.page.say("notFoundTitle"),
    description: english.page.say("notFoundText"),
    root: home,
    styles: ["site.css"],
    body: html`<main id="content" class="narrow">
<h1>${english.page.say("notFoundTitle")}</h1>
${all.map(
  (each) => html`<section lang="${each.code}" dir="${each.direction}">
${each !== english && html`<h2>${each.page.say("notFoundTitle")}</h2>`}
<p>${each.page.say("notFoundText")} <a href="${home}${folderOf(each)}index.html">${each.page.say("home")}</a></p>
</section>\n`,
)}</main>`,
  });
}
