import { benchDepth } from "./sandbox/depth.ts";
import { benchRequests } from "./sandbox/requests.ts";

/** What the sandbox does in a second, next to Prism and to bare node:http; and how it bears a million handlers. */
export async function bench(): Promise<string[]> {
  return [...(await benchRequests()), ...(await benchDepth())];
}
