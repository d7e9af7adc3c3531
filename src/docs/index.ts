/**
 * The API docs: a static site with a front page, the differences between instances, and one reference per instance and language. It is
 * complete without scripts, and loads nothing from other hosts. A server can also render the same site on request.
 *
 *     await buildDocs({ onStep: ({ name }) => console.log(name) });
 */
export { asset } from "./assets.ts";
export { buildDocs, type Step, siteFolder } from "./build.ts";
export { missingCollections } from "./downloads.ts";
export { DocsError } from "./error.ts";
export { instanceEntries } from "./files.ts";
export { pageFrame, scriptDigests } from "./frame.ts";
export { escapeHtml, type Html, html, raw, scriptJson } from "./html.ts";
export {
  allLanguages,
  english,
  type Language,
  languageFor,
  languageName,
  loadLanguages,
} from "./languages.ts";
export { renderNotFound } from "./not-found.ts";
export { type Reading, readingOf } from "./reading.ts";
export {
  localKey,
  localOrigin,
  type ReferencePage,
  readProperties,
  renderReference,
} from "./reference/index.ts";
export { keepRelease } from "./releases.ts";
export { type Sample, samplesOf } from "./samples/index.ts";
export { openSite, type Site } from "./site.ts";
export { folderOf, referenceFolder } from "./site-page.ts";
export { checkLanguages } from "./translations.ts";
