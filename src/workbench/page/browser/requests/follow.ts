import { EventSourceParserStream } from "eventsource-parser/stream";
import type { RequestSummary } from "../workbench-api.ts";

/** Receives the requests. */
export interface Listener {
  /** The requests that came since the last call, the oldest first. */
  onRequests(requests: readonly RequestSummary[]): void;
  /** How many requests came too fast to be sent. */
  onMissed(count: number): void;
  /** Whether requests arrive live now; if not, the server's reason, if it gave one. */
  onState(isLive: boolean, refusal?: unknown): void;
}

/** What to follow. */
export interface Followed {
  readonly key: string;
  /** The query of the workbench's `/_requests/events`. */
  readonly query: Readonly<Record<string, string>>;
}

const longestWait = 10_000;

/**
 * Follows the requests until the signal aborts, while the page is visible: browsers allow six connections per server, and a hidden page
 * would block one. `EventSource` can't send a key, so the events are read with fetch. After a lost connection it resumes after the last
 * request that it has seen.
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
        if (signal.aborted) return;
        // A key that is refused now is refused later, and a server that keeps no requests (404) goes on so.
        if ([401, 403, 404].includes(answer.status)) return listener.onState(false, refusal);
      }
    } catch {
      // The server, or the reader, is away.
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

/** Waits until the page is visible, or the signal aborts. */
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
 * Reads the stream to its end. Requests that arrive together are passed on together; none are after the signal, when another key or
 * instance is shown. Returns the id of the last request.
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
    if (signal.aborted) return last;
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

/** How often the page is redrawn at most, in milliseconds: people read no faster. */
const flushMilliseconds = 200;
