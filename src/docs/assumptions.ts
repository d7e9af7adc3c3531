import type { Description } from "../description/index.ts";
import { pageFrame } from "./frame.ts";
import { html } from "./html.ts";
import type { Language } from "./languages.ts";
import { siteBar, siteFooter, siteScripts } from "./site-parts.ts";
import { textsOf } from "./translatable.ts";

/** The page of everything that is inferred, with the assumptions, read from the family's contract. */
export function renderAssumptions(
  family: Description,
  language: Language,
  address: string | undefined,
): string {
  const assumptions = new Set(
    textsOf(family)
      .filter(({ pointer }) => /\/x-assumptions?(\/|$)/.test(pointer))
      .map(({ text }) => text),
  );
  return pageFrame({
    language,
    title: "What is inferred",
    description: "The assumptions behind what no documentation states.",
    root: "",
    path: "assumptions.html",
    address,
    styles: ["site.css"],
    body: html`${siteBar(language, "")}
<main id="content" class="narrow" tabindex="-1">
<h1>What is inferred</h1>
<p>No documentation states these. Each reference says which of them it rests on, and where. The checks of a live instance find out whether they
hold there.</p>
<ul>${[...assumptions].map((text) => html`<li>${text}</li>\n`)}</ul>
</main>
${siteFooter("")}
${siteScripts(language, "")}`,
  });
}
