import type { FastifyReply } from "fastify";
import { summaryOf } from "./details.ts";
import type { RequestLog } from "./log.ts";
import type { Mask } from "./mask.ts";
import type { Owner } from "./owner.ts";
import { isAskedFor, type RequestQuery } from "./query.ts";
import type { RequestRecord } from "./record.ts";

/** Requests are told together, after so many milliseconds: each would cost the server a write. */
const togetherMilliseconds = 100;

/** So often a connection without events shows that it is there, in milliseconds. */
const pulseMilliseconds = 15_000;

/** More requests than that do not wait for a reader, and more bytes neither. */
const mostWaiting = 500;
const mostUnread = 1024 * 1024;

/** What a reader follows. */
export interface Reading {
  readonly log: RequestLog;
  readonly owner: Owner;
  readonly mask: Mask;
  readonly query: RequestQuery;
  /** The id of the last request that the reader has seen; undefined for one who wants new ones alone. */
  readonly since: number | undefined;
  /** Whether the key is still good. */
  isGood(): Promise<boolean>;
}

/** Sends events (WHATWG HTML, server-sent events) until the reader goes, or `end` is called. The answer's headers are set. */
export function sendEvents(reply: FastifyReply, reading: Reading, onEnd: () => void): { end(): void } {
  const { log, owner, mask, query, since, isGood } = reading;
  reply.hijack();
  const { raw } = reply;
  const headers = { ...reply.getHeaders(), "content-type": "text/event-stream", "cache-control": "no-store" };
  // nginx would hold events back otherwise.
  raw.writeHead(200, { ...headers, "x-accel-buffering": "no" } as Record<string, string>);

  let waiting: RequestRecord[] = since === undefined ? [] : log.list(owner, since).filter(isOf);
  let missed = 0;
  let timer: NodeJS.Timeout | undefined;

  /** What is written to a connection that has gone would be an error that nobody hears. */
  function write(text: string): void {
    if (!raw.writableEnded && !raw.destroyed) raw.write(text);
  }

  function isOf(record: RequestRecord): boolean {
    return isAskedFor(record, query);
  }

  /** Tells what waits, to whoever may still know it: a key can be revoked meanwhile. */
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
    timer ??= setTimeout(() => void tell(), togetherMilliseconds);
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
