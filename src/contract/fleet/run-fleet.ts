import { setMaxListeners } from "node:events";
import type { Schedule } from "../wire/index.ts";
import { byHost, type HostGroup } from "./hosts.ts";
import type { Member } from "./member.ts";

/** How a member may send requests. */
export interface HostPace {
  /** Milliseconds between two requests to the host. */
  readonly interval: number;
  /** The host's schedule, which its members share. */
  readonly schedule: Schedule;
}

/** How a fleet is worked through. */
export interface FleetOptions<R> {
  /** How many hosts are checked in parallel. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  /** Must not throw. */
  readonly work: (member: Member, pace: HostPace) => Promise<R>;
  readonly onBegin?: ((member: Member) => void) | undefined;
  readonly onEnd?: ((member: Member, result: R) => void) | undefined;
}

/**
 * Works through a fleet: hosts in parallel, the members of one host one after the other at its pace. Returns the results in the order of
 * the members. When the signal aborts, no further member is started; those have no result.
 */
export async function runFleet<R>(
  members: readonly Member[],
  options: FleetOptions<R>,
): Promise<Map<Member, R>> {
  const { parallel, signal } = options;
  // Each run, and each of its requests, adds a listener.
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
