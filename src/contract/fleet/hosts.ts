import type { Member } from "./member.ts";

/** Members that must not be checked in parallel, because they share a host that has a limited pace. */
export interface HostGroup<M> {
  readonly members: readonly M[];
  /** Milliseconds between two requests to the host: the slowest pace of its members. */
  readonly interval: number;
}

type Placed = Pick<Member, "baseUrl" | "interval">;

/** Groups members by host, in order. All ports of a host name are one host. If no member has a pace, each is its own group. */
export function byHost<M extends Placed>(members: readonly M[]): HostGroup<M>[] {
  return [...membersOfHosts(members).values()].flatMap((all) => {
    const interval = Math.max(...all.map((it) => it.interval));
    return interval > 0 ? [{ members: all, interval }] : all.map((it) => ({ members: [it], interval }));
  });
}

/** The members of each host name, in order. */
function membersOfHosts<M extends Placed>(members: readonly M[]): Map<string, M[]> {
  const hosts = new Map<string, M[]>();
  for (const member of members) {
    const { hostname } = new URL(member.baseUrl);
    const known = hosts.get(hostname);
    if (known === undefined) hosts.set(hostname, [member]);
    else known.push(member);
  }
  return hosts;
}

/** A part of the fleet: `2/5` is the second of five. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** Parses `2/5`; undefined if the text is not a shard. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return index === undefined || shard.index > shard.count ? undefined : shard;
}

/**
 * The members of a shard. Members of one host are in one shard, so that no two machines call a host at once. The same members always give
 * the same shards, and every member is in one. With more shards than hosts some are empty.
 */
export function shardOf<M extends Placed>(members: readonly M[], { index, count }: Shard): M[] {
  const loads = Array.from({ length: count }, () => 0);
  const mine = new Set<M>();
  const largestFirst = [...membersOfHosts(members)].sort(
    ([one, some], [other, others]) => others.length - some.length || (one < other ? -1 : 1),
  );
  for (const [, all] of largestFirst) {
    const shard = loads.indexOf(Math.min(...loads));
    loads[shard] = (loads[shard] ?? 0) + all.length;
    if (shard === index - 1) for (const it of all) mine.add(it);
  }
  return members.filter((it) => mine.has(it));
}
