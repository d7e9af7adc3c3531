import type { Found } from "./figures/figure.ts";
import { benchPage } from "./sandbox/page.ts";
import { benchRecording } from "./sandbox/recording.ts";
import { benchReplicas } from "./sandbox/replicas.ts";
import { benchRequests } from "./sandbox/requests.ts";
import { benchSizes } from "./sandbox/sizes.ts";

/**
 * What the sandbox does in a second, next to Prism and to bare node:http, in a file and on PostgreSQL; what it costs that somebody looks at the
 * requests; and how it bears a hundred thousand handlers.
 */
export async function bench(): Promise<Found> {
  const figures = [...(await benchRequests()), ...(await benchRecording()), ...(await benchPage())];
  await benchReplicas();
  return [...figures, ...(await benchSizes())];
}
