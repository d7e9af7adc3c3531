/** Reports as a page for people who would rather look. Start reading at page.ts. */
export { pageOf } from "./page.ts";
