/** The tab that switches the behaviour of an instance, and the banner that says what is switched on. */
export { Banner } from "./banner.tsx";
export { Behave } from "./behave.tsx";
export { useBehaviour } from "./use-behaviour.ts";
