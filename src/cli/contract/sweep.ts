import {
  hasKeys,
  journalFolder,
  type Member,
  RunStopped,
  runFleet,
  type Sweep,
  sweepInstance,
} from "../../contract/index.ts";
import type { Chosen } from "./members.ts";
import type { Options } from "./options.ts";

/**
 * Only deletes what runs have left behind. For a single instance, errors are thrown; for several they are printed, and the others continue.
 */
export async function sweepAll(
  { members, passedOver }: Chosen,
  options: Options,
  signal: AbortSignal,
): Promise<void> {
  const isAlone = members.length === 1;
  await runFleet<string | Sweep>(members, {
    parallel: options.parallel,
    signal,
    work: async (member, pace) => {
      if (!hasKeys(member)) return "missing" in member.keys ? member.keys.missing : "";
      const { instance, baseUrl, keys, timeout } = member;
      const { young, journal = journalFolder(process.env) } = options;
      try {
        return await sweepInstance({
          ...pace,
          instance,
          baseUrl,
          keys,
          timeout,
          signal,
          young,
          journalFolder: journal,
        });
      } catch (error) {
        if (isAlone || !(error instanceof RunStopped)) throw error;
        return error.message;
      }
    },
    onEnd: tell,
  });
  if (passedOver.length > 0) console.log(`Skipped, because no key is set: ${passedOver.join(", ")}.`);
  if (signal.aborted) process.exitCode ??= 2;
}

function tell({ name }: Member, swept: string | Sweep): void {
  if (typeof swept === "string") {
    console.log(`${name}: not swept: ${swept}`);
    process.exitCode ??= 2;
    return;
  }
  const { deleted, left, young, complete, damage } = swept;
  const say = (text: string) => console.log(`${name}: ${text}`);
  for (const sentence of damage) say(sentence);
  if (deleted.length > 0) say(`deleted ids ${deleted.join(", ")}.`);
  if (!complete) say("it is unknown whether anything was left behind: the list can't be read completely.");
  else if (deleted.length + left.handlers.length + left.unknown.length + young.length === 0)
    say("nothing was left behind.");
  for (const it of left.handlers) say(`still there: handler ${it.id}, ${JSON.stringify(it.name)}.`);
  for (const it of left.unknown) say(`perhaps still there: ${JSON.stringify(it.name)}; ${it.why}.`);
  for (const it of young) {
    say(
      `left alone: handler ${it.id}, ${JSON.stringify(it.name)}: its run began within the last hour, has no journal here, and may still be going on. If it has ended, use --sweep --young.`,
    );
  }
  if (left.handlers.length + left.unknown.length > 0) process.exitCode = 1;
  else if (!complete || young.length > 0) process.exitCode ??= 2;
}
