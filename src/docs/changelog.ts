import { readFile } from "node:fs/promises";
import { Marked } from "marked";
import { pageFrame } from "./frame.ts";
import { html, raw } from "./html.ts";
import type { Language } from "./languages.ts";
import { siteBar, siteFooter, siteScripts } from "./site-parts.ts";

const changelogFile = new URL("../../CHANGELOG.md", import.meta.url);

/** The changelog of the contract and the package. */
export async function renderChangelog(language: Language, address: string | undefined): Promise<string> {
  const text = (await readFile(changelogFile, "utf8")).replace(/^# .*\n/, "");
  return pageFrame({
    language,
    title: "Changelog of the notification-handlers contract",
    description: "All notable changes to the contract and to the package.",
    root: "",
    path: "changelog.html",
    address,
    styles: ["site.css"],
    body: html`${siteBar(language, "")}
<main id="content" class="narrow" tabindex="-1">
<h1>Changelog</h1>
${raw(await new Marked().parse(text))}
</main>
${siteFooter("")}
${siteScripts(language, "")}`,
  });
}
