import { type Html, html, raw } from "./html.ts";
import type { Language } from "./languages.ts";

/** What differs between the pages of the site. */
export interface Frame {
  readonly language: Language;
  readonly title: string;
  /** One sentence for search engines and previews. */
  readonly description: string;
  /** The way to the site's folder, with a slash at the end, or empty in it. */
  readonly root: string;
  /** Files of assets/ that are linked. */
  readonly styles: readonly string[];
  /** What stands in the head besides. */
  readonly head?: Html;
  readonly body: Html;
}

/**
 * The colours that the reader chose before, on any page of the site, or else those of the system; set before anything is painted. Redoc
 * keeps its choice under the same name.
 */
const colourMode = `try{var m=localStorage.getItem("redoc.colorMode");if(m!=="light"&&m!=="dark")m=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light";document.documentElement.classList.add(m)}catch(e){document.documentElement.classList.add("light")}`;

/** A whole page of the site. */
export function pageFrame({ language, title, description, root, styles, head, body }: Frame): string {
  return html`<!doctype html>
<html lang="${language.code}" dir="${language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${description}">
<title>${title}</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath fill='%230b6b5d' d='M8 1a4.5 4.5 0 0 0-4.5 4.5V9L2 11.5h12L12.5 9V5.5A4.5 4.5 0 0 0 8 1zM6 13a2 2 0 0 0 4 0z'/%3E%3C/svg%3E">
<script>${raw(colourMode)}</script>
${head}
${styles.map((file) => html`<link rel="stylesheet" href="${root}assets/${file}">\n`)}</head>
<body>
${body}
</body>
</html>
`.html;
}
