import { checkOptions } from "./check-options.ts";
import { type Sweep, sweep } from "./cleanup/index.ts";
import { type CheckOptions, prepare } from "./prepare.ts";
import { maskedLeftovers, shownMaskOf } from "./report/index.ts";
import { RunStopped } from "./stopped.ts";

/**
 * Deletes what earlier runs left behind, and nothing else. `young`: also handlers of runs that began in the last hour, have no journal
 * here, and may still be going on. Throws RunStopped if the instance can't be reached or refuses the key, and what checkContract throws.
 */
export async function sweepInstance(
  given: CheckOptions & { readonly young?: boolean | undefined },
): Promise<Sweep & { readonly requests: number }> {
  const { young: andYoung = false, ...options } = given;
  checkOptions(options);
  const { run, folder } = prepare({ ...options, write: true });
  try {
    const result = await sweep(run, { folder, whole: true, young: andYoung });
    const first = run.readings[0]?.exchange;
    const status = first?.outcome.kind === "answer" ? first.outcome.status : 0;
    if (run.transport.stopped !== undefined) throw run.transport.stopped;
    if (status !== 200)
      throw new RunStopped("key-refused", `The list can't be read: ${status || "no answer"}.`);
    const mask = shownMaskOf(options.keys);
    const left = maskedLeftovers(result.left, mask);
    const young = maskedLeftovers({ handlers: result.young, unknown: [] }, mask).handlers;
    return { ...result, left, young, requests: run.transport.count };
  } finally {
    run.journal.close();
  }
}
