/** The tab with the handlers of a sandbox, or the examples of a mock. */
export { Data } from "./data.tsx";
