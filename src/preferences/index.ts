/** What a client may ask of an answer with the Prefer header (RFC 7240), in the mock and in the sandbox alike. */
export { headersOf, readCode } from "./code.ts";
export { faultHeader } from "./fault.ts";
export { appliedHeader, readPrefer } from "./prefer.ts";
export { type Preferences, readPreferences, successOf } from "./preferences.ts";
