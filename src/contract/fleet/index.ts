/**
 * Checks many instances in one run. `form.ts` is the format of the file that lists them, `read-fleet.ts` reads it, and `run-fleet.ts`
 * checks them: hosts in parallel, each host never faster than its pace.
 */
export { certificateEnd } from "./certificate.ts";
export { baselineFor, checkMember, runMember, unchecked } from "./check-member.ts";

export { byHost, parseShard, type Shard, shardOf } from "./hosts.ts";
export { memberKeys } from "./keys.ts";
export { hasKeys, type Member, usualBaseUrl, usualInterval } from "./member.ts";
export { readFleet } from "./read-fleet.ts";
export { type HostPace, runFleet } from "./run-fleet.ts";
