import { EventSourceParserStream } from "eventsource-parser/stream";
import type { RequestSummary } from "../workbench-api.ts";

/** What comes of the requests. */
export interface Listener {
  /** Those that came since the last call, the oldest first. */
  onRequests(requests: readonly RequestSummary[]): void;
  /** So many came too fast to be told. */
  onMissed(count: number): void;
  /** Whether they come live right now; where not, why, in words of the server or undefined. */
  onState(isLive: boolean, refusal?: unknown): void;
}

/** What to follow. */
export interface Followed {
  readonly key: string;
  /** Of the workbench's `/_requests/events`. */
  readonly query: Readonly<Record<string, string>>;
}

const longestWait = 10_000;

/**
 * Follows the requests until the signal, as long as somebody can see the page: browsers have six connections to a server, and a page that nobody
 * sees would keep one from the others. `EventSource` sends no key, so the events are read of a fetch. What is lost is asked for again, from
 * the last one that came.
 */
export async function follow(
  { key, query }: Followed,
  listener: Listener,
  signal: AbortSignal,
): Promise<void> {
  let since = 0;
  let wait = 500;
  let reading = new AbortController();
  const stop = () => reading.abort();
  signal.addEventListener("abort", stop);
  document.addEventListener("visibilitychange", () => isSeen() || stop(), { signal });
  while (!signal.aborted) {
    let refusal: unknown;
    await untilSeen(signal);
    if (signal.aborted) return;
    reading = new AbortController();
    try {
      const address = `/_requests/events?${new URLSearchParams({ ...query, since: String(since) })}`;
      const answer = await fetch(address, {
        signal: reading.signal,
        headers: { authorization: `Bearer ${key}` },
      });
      if (answer.ok && answer.body !== null) {
        listener.onState(true);
        wait = 500;
        const events = answer.body
          .pipeThrough(new TextDecoderStream())
          .pipeThrough(new EventSourceParserStream());
        since = await readEvents(events, listener, since, signal);
      } else {
        refusal = (await answer.json().catch(() => undefined)) ?? {};
        // A key that is refused now is refused later, and a server that keeps no requests (404) goes on so.
        if ([401, 403, 404].includes(answer.status)) return listener.onState(false, refusal);
      }
    } catch {
      // The server is away, or the reader is.
    }
    if (signal.aborted) return;
    listener.onState(false, refusal);
    if (reading.signal.aborted) continue;
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(wait * 2, longestWait);
  }
}

function isSeen(): boolean {
  return document.visibilityState === "visible";
}

/** Waits until the page is seen; or for the signal. */
function untilSeen(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSeen() && !signal.aborted) return;
      document.removeEventListener("visibilitychange", look);
      signal.removeEventListener("abort", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look);
    look();
  });
}

/**
 * Reads to the end of the stream; what comes in one piece is told at once, and nothing after the signal: another key or instance is looked at then.
 * Gives the id of the last request.
 */
async function readEvents(
  events: ReadableStream<{ event?: string | undefined; data: string }>,
  listener: Listener,
  since: number,
  signal: AbortSignal,
): Promise<number> {
  let last = since;
  let waiting: RequestSummary[] = [];
  let isScheduled = false;
  const flush = () => {
    isScheduled = false;
    if (waiting.length === 0 || signal.aborted) return;
    listener.onRequests(waiting);
    waiting = [];
  };
  const reader = events.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || value === undefined) {
      flush();
      return last;
    }
    if (value.event === "missed") listener.onMissed(Number(JSON.parse(value.data).count));
    if (value.event !== "request") continue;
    const request: RequestSummary = JSON.parse(value.data);
    last = Math.max(last, request.id);
    waiting.push(request);
    if (!isScheduled) {
      isScheduled = true;
      setTimeout(flush, flushMilliseconds);
    }
  }
}

/** The page is drawn anew so often at most: people read no faster. */
const flushMilliseconds = 200;
