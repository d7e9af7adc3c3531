/** The preferences for an answer that a client may send in the Prefer header (RFC 7240), for the mock and the sandbox. */
export { headersOf, readCode } from "./code.ts";
export { faultHeader } from "./fault.ts";
export { appliedHeader, readPrefer } from "./prefer.ts";
export { type Preferences, readPreferences, successOf } from "./preferences.ts";
