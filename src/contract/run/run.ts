import type { Ledger } from "../findings/ledger.ts";
import { type Model, objectOf } from "../instance/model.ts";
import type { Pair } from "../instance/pair.ts";
import type { Journal } from "../journal/journal.ts";
import { runOf } from "../journal/marker.ts";
import { judge } from "../judging/judge.ts";
import { judgeOutage, noteDrop } from "../judging/whole-answers.ts";
import type { Clock } from "../wire/clock.ts";
import { type Call, type Exchange, type Expectation, soundJson } from "../wire/exchange.ts";
import { isCertain } from "../wire/outage.ts";
import type { Transport } from "../wire/transport.ts";

/** A handler as an answer had it. */
export type Resource = Readonly<Record<string, unknown>>;

/** A part of the traffic: what its requests share, they show together. */
export type Stage =
  | "connect"
  | "auth"
  | "read"
  | "pages"
  | "sizes"
  | "filters"
  | "refusals"
  | "create"
  | "update"
  | "isolation"
  | "methods"
  | "delete";

/** A list that was read. */
export interface Reading {
  readonly exchange: Exchange;
  /** What was asked for; undefined where it was left to the default. */
  readonly page: number | undefined;
  readonly size: number | undefined;
  /** The filters that were asked for. */
  readonly filters: readonly Pair[];
  /** Undefined, all of it, where the answer was not sound. */
  readonly content:
    | {
        readonly items: readonly Resource[];
        readonly meta: Readonly<Record<"page" | "page-size" | "total" | "total-pages", number>>;
        readonly links: Readonly<Record<string, string | null>>;
      }
    | undefined;
}

/** A handler that the run has created, or tried to. */
export interface Created {
  readonly type: string;
  readonly name: string;
  /** Which of the hard texts its name carries. */
  readonly text: string | undefined;
  readonly fields: readonly Pair[];
  readonly exchange: Exchange;
  /** The id, when it is certain that the handler is the run's own. */
  readonly id: number | undefined;
  /** What it was seen by right after the create: a read, or a list where nothing can be read. */
  readonly read: Exchange | undefined;
  /** The handler as it was seen then; undefined where the answer was not sound. */
  readonly resource: Resource | undefined;
  /** Seconds since 1970, by the instance's clock where it tells, before and after the create. */
  readonly between: readonly [number, number];
}

/** A change, and what was seen before and after it. */
export interface Update {
  readonly created: Created;
  /** What was changed, in a word. */
  readonly kind: "off" | "on" | "field" | "type";
  readonly sent: readonly Pair[];
  readonly before: Resource;
  readonly exchange: Exchange;
  readonly read: Exchange;
  /** The handler as it was seen after it; undefined where the answer was not sound. */
  readonly after: Resource | undefined;
}

/** A filtered list, and which handlers belong in it. */
export interface Filtering {
  /** The check that judges it. */
  readonly check: string;
  readonly subject: string | undefined;
  readonly reading: Reading;
  readonly belongs: (resource: Resource) => boolean;
  /** What belongs, in words. */
  readonly sentence: string;
  /** The statement that is broken where anything else is in the list. */
  readonly pointer: string;
  /** Statements that are broken instead where the list is what it would be without them. */
  readonly alternatives: readonly Alternative[];
  /** Statements of the contract that are proven where the list is right, besides the parameters that were asked for. */
  readonly statements: readonly string[];
}

/** What a list holds where a single statement does not hold. */
export interface Alternative {
  readonly pointer: string;
  readonly belongs: (resource: Resource) => boolean;
}

/** A list in an order, and the property that it is ordered by. */
export interface Ordering {
  readonly reading: Reading;
  readonly value: string;
  readonly property: string;
  /** Undefined where no direction was asked for: either will do. */
  readonly descending: boolean | undefined;
}

/** A run of the checks: what it may use, and what it has seen so far. Scenarios fill it, checks read it. */
export interface Run {
  readonly model: Model;
  readonly id: string;
  readonly baseUrl: string;
  readonly transport: Transport;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly write: boolean;
  /** Why the run only reads though it was asked to write. */
  readonly readsOnly: string | undefined;
  /** Whether there is a second account's key. */
  readonly otherAccount: boolean;
  readonly readings: Reading[];
  /** Handlers that were read because a list had them, as it had them. */
  readonly reads: { readonly exchange: Exchange; readonly listed: Resource }[];
  readonly created: Created[];
  readonly updates: Update[];
  readonly filterings: Filtering[];
  readonly orderings: Ordering[];
  /** The list before the run changed anything, and after it has cleaned up. */
  before: Reading | undefined;
  after: Reading | undefined;
  /** The handlers of the whole account after the creates, where its pages could all be read. */
  everything: readonly Resource[] | undefined;
  /** The list that told of them; of several pages, the last. */
  whole: Reading | undefined;
  /** The pages one after the other, the first by its number and the others by `links`. */
  walk: Reading[];
  /** One page in both forms of the URL. */
  forms: readonly [documented: Reading, byLink: Reading] | undefined;
  /** Ids of handlers that were deleted, with success. */
  readonly deleted: Set<number>;
  /** Of these, the ones that were deleted before the last list was read. */
  deletedBefore: ReadonlySet<number>;
  /** Answers that wait to be judged: they may be signs of an outage. */
  readonly suspects: Exchange[];
  /** Creates whose connection dropped. */
  readonly lostCreates: Exchange[];
  /** Why no more handlers could be created, where the account takes no more. */
  limit: string | undefined;
  /** How long after the last create the list showed all handlers of the run, in milliseconds; undefined where it did at once. */
  lag: number | undefined;
  /** Whether the pages were others each time that they were read: somebody else is at work. */
  unrest: boolean;
  /** The number in the name that was given last. */
  lastNumber: number;
}

/** Sends a request and judges its answer as such. Throws what the transport throws. */
export async function ask(run: Run, call: Call): Promise<Exchange> {
  const exchange = await run.transport.send(call);
  conclude(run, exchange);
  return exchange;
}

/** Judges an answer. One that may be a sign of an outage waits until it is known whether it was. */
export function conclude(run: Run, exchange: Exchange): void {
  const { sign } = exchange;
  if (sign !== undefined && !isCertain(sign)) {
    run.suspects.push(exchange);
    return;
  }
  if (sign === undefined) settle(run);
  judge(run.model, run.ledger, exchange);
}

/** Judges what has waited: as signs of an outage, or as the API's own answers. A lost create is told at the end. */
export function settle(run: Run): void {
  const isOutage = run.transport.stopped?.reason === "outage";
  for (const exchange of run.suspects.splice(0)) {
    if (isOutage) judgeOutage(run.model, run.ledger, exchange);
    else if (exchange.sign === "network" && exchange.call.operation === run.model.operations.create)
      run.lostCreates.push(exchange);
    else judge(run.model, run.ledger, exchange);
  }
}

/** A create is not sent again when its connection drops. Where others were answered, it was the network; else it is the instance. */
export function settleLostCreates(run: Run): void {
  const { create } = run.model.operations;
  const answered = run.transport.exchanges.some(
    ({ call, outcome }) => call.operation === create && outcome.kind === "answer" && outcome.status < 300,
  );
  for (const exchange of run.lostCreates.splice(0)) {
    if (answered) noteDrop(run.model, run.ledger, exchange);
    else judge(run.model, run.ledger, exchange);
  }
}

export interface ListAsked extends Omit<Call, "operation"> {
  readonly byLink?: boolean;
  readonly page?: number | undefined;
  readonly size?: number | undefined;
  readonly filters?: readonly Pair[];
}

/** Reads a page of the list. */
export async function readList(run: Run, asked: ListAsked): Promise<Reading> {
  const { model } = run;
  const { byLink, page, size, filters = [], ...call } = asked;
  const query: Pair[] = [...filters];
  if (size !== undefined) query.push([model.parameter("page-size")?.name ?? "", String(size)]);
  if (page !== undefined) query.push([model.parameter("page")?.name ?? "", String(page)]);
  const operation = byLink ? model.operations.listByLink : model.operations.list;
  const exchange = await ask(run, { ...call, operation, query: [...(call.query ?? []), ...query] });
  const reading = { exchange, page, size, filters, content: contentOf(model, exchange) };
  run.readings.push(reading);
  if (run.write) noteOwn(run, exchange);
  return reading;
}

/** A handler that bears the run's name and that no answer has told of: a create whose answer was lost, or that was stored twice. */
function noteOwn({ id: run, journal, model }: Run, exchange: Exchange): void {
  for (const item of rawItems(exchange)) {
    const { [model.names.id]: id, [model.names.name]: name } = item;
    if (typeof id === "number" && runOf(name) === run && !journal.owns(id)) journal.own(id, String(name));
  }
}

/** `data`, `meta` and `links` are the envelope of every list of the product; the names within come from the contract. */
function contentOf(model: Model, exchange: Exchange): Reading["content"] {
  const body = objectOf(soundJson(exchange));
  if (body === undefined || exchange.outcome.kind !== "answer" || exchange.outcome.status !== 200)
    return undefined;
  const meta = objectOf(body.meta) ?? {};
  const number = (role: keyof Model["meta"]) => Number(meta[model.meta[role]]);
  return {
    items: Array.isArray(body.data)
      ? body.data.filter((it): it is Resource => objectOf(it) !== undefined)
      : [],
    meta: {
      page: number("page"),
      "page-size": number("page-size"),
      total: number("total"),
      "total-pages": number("total-pages"),
    },
    links: (objectOf(body.links) ?? {}) as Record<string, string | null>,
  };
}

/** The handler in the answer of a read, when the answer was sound. */
export function resourceOf(exchange: Exchange | undefined): Resource | undefined {
  return objectOf(objectOf(soundJson(exchange))?.data);
}

/** A handler as it is now: by a read, or by the list where the instance has no such operation. */
export async function see(
  run: Run,
  purpose: string,
  id: number | string,
  expect?: Expectation,
): Promise<{ readonly exchange: Exchange; readonly resource: Resource | undefined }> {
  const { read } = run.model.operations;
  if (read !== undefined) {
    const exchange = await ask(run, { purpose, operation: read, id, ...(expect && { expect }) });
    return { exchange, resource: resourceOf(exchange) };
  }
  return find(run, purpose, (it) => it[run.model.names.id] === id);
}

/** Looks for a handler in the list: on its first page and, as new ones stand at either end, on its last. */
export async function find(
  run: Run,
  purpose: string,
  isIt: (resource: Resource) => boolean,
): Promise<{
  readonly exchange: Exchange;
  readonly resource: Resource | undefined;
  /** As it came, in an answer that may not be sound. */
  readonly raw: Resource | undefined;
}> {
  const size = run.model.sizes.at(-1);
  let reading = await readList(run, { purpose, page: 1, size });
  const last = reading.content?.meta["total-pages"] ?? 1;
  if (last > 1 && !rawItems(reading.exchange).some(isIt))
    reading = await readList(run, { purpose: `${purpose} (last page)`, page: last, size });
  const { exchange, content } = reading;
  return { exchange, resource: content?.items.find(isIt), raw: rawItems(exchange).find(isIt) };
}

/** `data` of any JSON answer, sound or not: what the clean-up goes by. */
export function rawData(exchange: Exchange): unknown {
  return exchange.outcome.kind === "answer" ? objectOf(exchange.outcome.json)?.data : undefined;
}

/** The handlers of any JSON list, sound or not. */
export function rawItems(exchange: Exchange): Resource[] {
  const data = rawData(exchange);
  return Array.isArray(data) ? data.map(objectOf).filter((it) => it !== undefined) : [];
}
