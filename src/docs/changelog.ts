import { readFile } from "node:fs/promises";
import { Marked } from "marked";
import { pageFrame } from "./frame.ts";
import { html, raw } from "./html.ts";
import { english } from "./languages.ts";
import type { SitePage } from "./site-page.ts";
import { siteBar, siteFooter, siteScripts } from "./site-parts.ts";

const changelogFile = new URL("../../CHANGELOG.md", import.meta.url);

/** The changelog of the contract and the package. It is written in English, and says so on pages in other languages. */
export async function renderChangelog(page: SitePage): Promise<string> {
  const { page: words, code } = page.language;
  const text = (await readFile(changelogFile, "utf8")).replace(/^# .*\n/, "");
  return pageFrame({
    ...page,
    title: words.say("changelogProject"),
    description: words.say("changelogIntro"),
    styles: ["site.css"],
    body: html`${siteBar(page)}
<main id="content" class="narrow" tabindex="-1">
<h1>${words.say("changelogProject")}</h1>
${code !== english && html`<p>${words.say("changelogEnglish")}</p>`}
<div lang="${english}" dir="ltr">
${raw(await new Marked().parse(text))}
</div>
</main>
${siteFooter(page)}
${siteScripts(page)}`,
  });
}
