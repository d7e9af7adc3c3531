/**
 * The published API docs: a static site with a front page, the differences between the instances, and one reference per instance and
 * language, complete without any request to elsewhere.
 *
 *     await buildDocs({ onStep: ({ name }) => console.log(name) });
 */
export { type BuildOptions, buildDocs, builtDifferences, isBuilt, type Step, siteFolder } from "./build.ts";
export { DocsError } from "./error.ts";
export { pageFrame } from "./frame.ts";
export { curlLine, type FrontPage, type Live, renderFrontPage } from "./front-page.ts";
export { escapeHtml, html } from "./html.ts";
export { english, type Language, languageFor, languageName, loadLanguages } from "./languages.ts";
export { asset, localOrigin, referenceDocument } from "./reference.ts";
export { keyVariable, type Sample, samplesOf } from "./samples.ts";
export { openSite, type Site } from "./site.ts";
export { checkLanguages } from "./translations.ts";
