/** The reference of one instance in one language, as a page and as Markdown. model.ts reads the contract; start reading at page.tsx. */
export { readProperties } from "./fields.ts";
export { renderMarkdown } from "./markdown.ts";
export { renderReference } from "./page.tsx";
export { localKey, localOrigin, type ReferencePage } from "./reference-page.ts";
