/** Reports as an HTML page. Start reading at page.ts. */
export { pageOf } from "./page.ts";
