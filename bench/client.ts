import { benchCalls } from "./client/calls.ts";
import { benchCompile } from "./client/compile.ts";
import { benchSize } from "./client/size.ts";

/** What the client costs: bytes, time per call, and time to compile. */
export async function bench(): Promise<string[]> {
  return [...(await benchSize()), ...(await benchCalls()), ...(await benchCompile())];
}
