import type { Found } from "./figures/figure.ts";
import { benchPage } from "./sandbox/page.ts";
import { benchRecording } from "./sandbox/recording.ts";
import { benchReplicas } from "./sandbox/replicas.ts";
import { benchRequests } from "./sandbox/requests.ts";
import { benchSizes } from "./sandbox/sizes.ts";

/**
 * Requests per second of the sandbox beside Prism and bare node:http, on a file and on PostgreSQL; the cost of a reader of its
 * requests; and answer times with a hundred thousand handlers.
 */
export async function bench(): Promise<Found> {
  const figures = [...(await benchRequests()), ...(await benchRecording()), ...(await benchPage())];
  await benchReplicas();
  return [...figures, ...(await benchSizes())];
}
