import type { FastifyReply } from "fastify";
import { summaryOf } from "./details.ts";
import type { RequestLog } from "./log.ts";
import type { Mask } from "./mask.ts";
import type { Owner } from "./owner.ts";
import { matchesQuery, type RequestQuery } from "./query.ts";
import type { RequestRecord } from "./record.ts";

/** Requests are sent in batches, at this interval in milliseconds: a write per request would cost the server too much. */
const batchMilliseconds = 100;

/** The interval in milliseconds of the comments that keep an idle connection open. */
const pulseMilliseconds = 15_000;

/** How many requests, and how many bytes, may wait for a slow reader. */
const mostWaiting = 500;
const mostUnread = 1024 * 1024;

/** A reader who follows the requests. */
export interface Reading {
  readonly log: RequestLog;
  readonly owner: Owner;
  readonly mask: Mask;
  readonly query: RequestQuery;
  /** The id of the last request that the reader has seen; undefined for new requests only. */
  readonly since: number | undefined;
  /** Whether the key is still valid. */
  isGood(): Promise<boolean>;
}

/**
 * Sends server-sent events (WHATWG HTML) until the reader disconnects, or `end` is called. The headers of the answer must be set already.
 */
export function sendEvents(reply: FastifyReply, reading: Reading, onEnd: () => void): { end(): void } {
  const { log, owner, mask, query, since, isGood } = reading;
  reply.hijack();
  const { raw } = reply;
  const headers = { ...reply.getHeaders(), "content-type": "text/event-stream", "cache-control": "no-store" };
  // Without it nginx would buffer the events.
  raw.writeHead(200, { ...headers, "x-accel-buffering": "no" } as Record<string, string>);

  let waiting: RequestRecord[] = since === undefined ? [] : log.list(owner, since).filter(isOf);
  let missed = 0;
  let timer: NodeJS.Timeout | undefined;

  /** Writing to a closed connection would raise an error that nobody handles. */
  function write(text: string): void {
    if (!raw.writableEnded && !raw.destroyed) raw.write(text);
  }

  function isOf(record: RequestRecord): boolean {
    return matchesQuery(record, query);
  }

  /** Sends what waits, after checking that the key was not revoked meanwhile. */
  async function tell(): Promise<void> {
    timer = undefined;
    if (!(await isGood().catch(() => false))) return void raw.end();
    const some = waiting;
    waiting = [];
    let text = missed > 0 ? `event: missed\ndata: ${JSON.stringify({ count: missed })}\n\n` : "";
    const before = raw.writableLength;
    if (before > mostUnread) {
      missed += some.length;
      return;
    }
    missed = 0;
    for (const record of some) {
      if (before + text.length > mostUnread) missed += 1;
      else text += `event: request\nid: ${record.id}\ndata: ${JSON.stringify(summaryOf(record, mask))}\n\n`;
    }
    if (text !== "") write(text);
  }

  const unfollow = log.follow(owner, (record) => {
    if (!isOf(record)) return;
    if (waiting.length >= mostWaiting) {
      waiting.shift();
      missed += 1;
    }
    waiting.push(record);
    timer ??= setTimeout(() => void tell(), batchMilliseconds);
  });
  const pulse = setInterval(() => {
    void tell();
    if (raw.writableLength === 0) write(":\n\n");
  }, pulseMilliseconds);
  raw.on("close", () => {
    unfollow();
    clearTimeout(timer);
    clearInterval(pulse);
    onEnd();
  });
  write(`: the requests after ${log.last}\n\n`);
  void tell();
  return { end: () => void raw.end() };
}
