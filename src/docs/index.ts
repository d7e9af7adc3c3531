/**
 * The published API docs: a static site with a front page, the differences between the instances, and one reference per instance and
 * language, complete without any request to elsewhere; and the same site as a server shows it, page by page as readers ask.
 *
 *     await buildDocs({ onStep: ({ name }) => console.log(name) });
 */
export { type BuildOptions, buildDocs, type Step, siteFolder } from "./build.ts";
export { DocsError } from "./error.ts";
export { instanceEntries } from "./files.ts";
export { pageFrame } from "./frame.ts";
export { curlLine, type FrontPage, type Live, renderFrontPage } from "./front-page.ts";
export { escapeHtml, html } from "./html.ts";
export { english, type Language, languageFor, languageName, loadLanguages } from "./languages.ts";
export { localOrigin, type ReferencePage, referenceDocument, renderReference } from "./reference.ts";
export { createRenderer, type Renderer } from "./renderer.ts";
export { type Sample, samplesOf } from "./samples.ts";
export { openSite, type Site } from "./site.ts";
export { checkLanguages } from "./translations.ts";
