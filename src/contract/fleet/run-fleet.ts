import { setMaxListeners } from "node:events";
import type { Schedule } from "../wire/index.ts";
import { byHost, type HostGroup } from "./hosts.ts";
import type { Member } from "./member.ts";

/** What a member's work may use. */
export interface Turn {
  /** Milliseconds between two requests to the host. */
  readonly interval: number;
  /** The host's, which its members share. */
  readonly schedule: Schedule;
}

export interface FleetOptions<R> {
  /** How many hosts are asked at once. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  /** Does not throw. */
  readonly work: (member: Member, turn: Turn) => Promise<R>;
  readonly onBegin?: ((member: Member) => void) | undefined;
  readonly onEnd?: ((member: Member, result: R) => void) | undefined;
}

/**
 * Works through a fleet: hosts side by side, the members of one host one after the other, at its pace. Gives the results in the order of the
 * members; once the signal has aborted none is begun any more, and those that were not begun have none.
 */
export async function runFleet<R>(
  members: readonly Member[],
  options: FleetOptions<R>,
): Promise<Map<Member, R>> {
  const { parallel, signal } = options;
  // Each run listens, and each of its requests.
  setMaxListeners(0, signal);
  const results = new Map<Member, R>();
  const waiting = byHost(members);
  const workers = Array.from({ length: Math.min(parallel, waiting.length) }, async () => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift())
      await runHost(group, options, results);
  });
  await Promise.all(workers);
  return new Map(members.flatMap((it) => (results.has(it) ? [[it, results.get(it) as R]] : [])));
}

async function runHost<R>(
  { members, interval }: HostGroup<Member>,
  { signal, work, onBegin, onEnd }: FleetOptions<R>,
  results: Map<Member, R>,
): Promise<void> {
  const schedule: Schedule = { next: 0 };
  for (const member of members) {
    if (signal.aborted) return;
    onBegin?.(member);
    const result = await work(member, { interval, schedule });
    results.set(member, result);
    onEnd?.(member, result);
  }
}
