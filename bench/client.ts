import { benchCalls } from "./client/calls.ts";
import { benchCompile } from "./client/compile.ts";
import { benchSize } from "./client/size.ts";
import type { Found } from "./figures/figure.ts";

/** What the client costs: bytes, time per call, and time to compile. */
export async function bench(): Promise<Found> {
  return [...(await benchSize()), ...(await benchCalls()), ...(await benchCompile())];
}
