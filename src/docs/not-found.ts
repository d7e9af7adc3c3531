import { pageFrame } from "./frame.ts";
import { html } from "./html.ts";
import type { Language } from "./languages.ts";

/** The page for addresses that lead to nothing. Hosts show it at any path, so that its links need the site's address where that is known. */
export function renderNotFound(language: Language, address: string | undefined, root = "/"): string {
  const home = address ?? root;
  return pageFrame({
    language,
    title: "There is nothing here",
    description: "There is no such page in these docs.",
    root: home,
    styles: ["site.css"],
    body: html`<main id="content" class="narrow">
<h1>There is nothing here</h1>
<p>The address may be misspelt, or what was here has moved.</p>
<p><a class="action" href="${home}index.html">All instances</a></p>
</main>`,
  });
}
