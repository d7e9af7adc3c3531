import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { OperationKind, Pairs } from "../description/index.ts";
import { keyIn, titlesIn } from "../http/index.ts";
import { maskOf } from "./mask.ts";
import { blockBytes, type Memory } from "./memory.ts";
import type { Pair, Switch } from "./own-paths.ts";

/** A body, or its beginning. */
export interface Kept {
  readonly content: string | Buffer;
  /** The size of the whole body in bytes, if only its beginning is kept. */
  readonly cutFrom: number | undefined;
}

/**
 * What is kept of a request. It holds what exists anyway, so that logging costs next to nothing. It is made readable, and keys are masked,
 * when somebody reads it.
 */
export interface RequestRecord {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly operation: OperationKind | undefined;
  readonly behaviour: Switch | undefined;
  readonly form: readonly Pair[] | undefined;
  /** Invalid once the request is forgotten. */
  body: Kept | undefined;
  /** 0 if the connection was broken off. */
  readonly status: number;
  readonly milliseconds: number;
  readonly answerHeaders: Readonly<Record<string, unknown>>;
  answer: Kept | undefined;
  /** Why it was refused, if the answer that says it is not kept or cut. */
  readonly reason: string | undefined;
  /** Its memory in bytes, roughly. */
  readonly size: number;
}

/** The longest body that is kept whole, in bytes. */
const mostBodyBytes = 64 * 1024;

/** The longest name and value that are kept whole, in characters. */
export const mostCharacters = 4096;

/** The memory of a record besides its texts, in bytes. */
const overheadBytes = 2048;

interface RecordOptions {
  readonly isShared: boolean;
  readonly status: number;
  readonly memory: Memory;
}

/**
 * Makes the record of a request that is about to be answered with `payload`. `isShared`: all keys may see it, so it holds nothing that is
 * private to the sender.
 */
export function recordOf(
  id: number,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  { isShared, status, memory }: RecordOptions,
): RequestRecord {
  const { noted, raw, headers } = request;
  const url = raw.url ?? "/";
  const sent = isShared ? undefined : request.body;
  const form = isShared || noted?.form === undefined ? undefined : fieldsOf(noted.form, sent);
  const body = form === undefined ? keep(sent, memory) : undefined;
  const answer = isShared ? undefined : keep(payload, memory);
  // A shared record does not keep its sender, so the key is masked here.
  const maskShared = isShared ? maskOf(keyIn(headers.authorization) ?? headers.authorization) : undefined;
  const isToldWhy = status >= 400 && (isShared || answer?.cutFrom !== undefined);
  const reason = isToldWhy ? titlesIn(payload) : undefined;
  const milliseconds = performance.now() - (raw.arrived ?? 0);
  return {
    id,
    time: Date.now() - milliseconds,
    method: request.method,
    url: maskShared?.(url.split("?", 1)[0] ?? "") ?? url,
    headers: isShared ? {} : headers,
    operation: noted?.operation,
    behaviour: noted?.behaviour,
    form,
    body,
    status,
    milliseconds,
    answerHeaders: isShared ? {} : (noted?.answerHeaders ?? reply.getHeaders()),
    answer,
    reason: reason === undefined ? undefined : (maskShared?.(reason) ?? reason),
    size: overheadBytes + sizeOfHead(raw, isShared) + sizeOf(form) + sizeOfBody(body) + sizeOfBody(answer),
  };
}

/** Releases the memory of a forgotten record. A reader of events may still hold the record itself. */
export function releaseBodies(record: RequestRecord, memory: Memory): void {
  const { body, answer } = record;
  if (body !== undefined && typeof body.content !== "string") {
    record.body = undefined;
    memory.release(body.content);
  }
  if (answer !== undefined && typeof answer.content !== "string") {
    record.answer = undefined;
    memory.release(answer.content);
  }
}

/** A text as it is, a copy of bytes, or the beginning of a long body. */
function keep(content: unknown, memory: Memory): Kept | undefined {
  if (typeof content === "string") {
    if (content.length * 3 > mostBodyBytes) return keep(Buffer.from(content), memory);
    return content === "" ? undefined : { content, cutFrom: undefined };
  }
  if (!Buffer.isBuffer(content) || content.length === 0) return undefined;
  if (content.length <= mostBodyBytes) return { content: memory.copy(content), cutFrom: undefined };
  return { content: memory.copy(content.subarray(0, mostBodyBytes)), cutFrom: content.length };
}

/**
 * The fields of a form; long ones are cut. Short values may be slices of the body's text, which would keep a long body in memory, so they
 * are copied.
 */
function fieldsOf(form: Pairs, body: unknown): Pair[] {
  const isLong = Buffer.isBuffer(body) && body.length > mostCharacters;
  return Array.from(form, ([name, value]) => (isLong ? pair(own(name), own(value)) : pair(name, value)));
}

/** A name and a value, cut if they are long. */
export function pair(name: string, value: string): Pair {
  const isShort = name.length <= mostCharacters && value.length <= mostCharacters;
  if (isShort) return { name, value, more: 0 };
  const kept = beginning(value);
  return { name: beginning(name), value: kept, more: value.length - kept.length };
}

/** A copy of a text's beginning: a slice would keep the whole text in memory. Drops half a character at the end. */
function beginning(text: string): string {
  if (text.length <= mostCharacters) return text;
  return own(text.slice(0, mostCharacters).replace(/[\ud800-\udbff]$/, ""));
}

function own(part: string): string {
  return Buffer.from(part).toString();
}

/** The size of the request line and the headers. */
function sizeOfHead({ url = "", rawHeaders }: IncomingMessage, isShared: boolean): number {
  let size = url.length;
  if (!isShared) for (const text of rawHeaders) size += text.length;
  return size;
}

function sizeOfBody(kept: Kept | undefined): number {
  if (kept === undefined) return 0;
  const { content } = kept;
  return typeof content === "string" ? content.length : blockBytes(content.length);
}

function sizeOf(form: readonly Pair[] | undefined): number {
  let size = 0;
  for (const { name, value } of form ?? []) size += name.length + value.length;
  return size;
}
