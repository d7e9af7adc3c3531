import { type Model, objectOf } from "../../description/index.ts";
import type { Pair } from "../instance/index.ts";
import { runOf } from "../journal/index.ts";
import { type Call, type Exchange, soundJson } from "../wire/index.ts";
import { ask } from "./ask.ts";
import type { Reading, Resource, Run } from "./run.ts";

/** Which list to read, and as what. The filters and the page are added to the query. */
export interface ListAsked extends Omit<Call, "operation"> {
  readonly byLink?: boolean;
  readonly page?: number | undefined;
  readonly size?: number | undefined;
  readonly filters?: readonly Pair[];
  /** A condition on the handlers; if it is not met the list is read again. */
  readonly isFine?: (items: readonly Resource[]) => boolean;
}

/** Reads a page of the list. */
export async function readList(run: Run, asked: ListAsked): Promise<Reading> {
  const { model } = run;
  const { byLink, page, size, filters = [], isFine = () => true, ...call } = asked;
  const query: Pair[] = [...filters];
  if (size !== undefined) query.push([model.parameter("page-size")?.name ?? "", String(size)]);
  if (page !== undefined) query.push([model.parameter("page")?.name ?? "", String(page)]);
  const operation = byLink ? model.operations.listByLink : model.operations.list;
  const exchange = await ask(run, { ...call, operation, query: [...(call.query ?? []), ...query] }, (it) => {
    const content = contentOf(model, it);
    return content === undefined || (isConsistent(content, page, size) && isFine(content.items));
  });
  const reading = { exchange, page, size, filters, content: contentOf(model, exchange) };
  run.readings.push(reading);
  if (run.write) noteOwn(run, exchange);
  return reading;
}

/** Whether a page is the requested one, and its numbers are consistent. */
function isConsistent(
  { meta, items }: NonNullable<Reading["content"]>,
  page: number | undefined,
  size: number | undefined,
): boolean {
  const length = Math.max(0, Math.min(meta["page-size"], meta.total - (meta.page - 1) * meta["page-size"]));
  const isAsked =
    (page === undefined || meta.page === page) && (size === undefined || meta["page-size"] === size);
  return isAsked && items.length === length;
}

/** Records a handler with the run's name that no answer has mentioned: its create had no answer, or was stored twice. */
function noteOwn({ id: run, journal, model }: Run, exchange: Exchange): void {
  for (const item of rawItems(exchange)) {
    const { [model.names.id]: id, [model.names.name]: name } = item;
    if (typeof id === "number" && runOf(name) === run && !journal.owns(id)) journal.own(id, String(name));
  }
}

/** `data`, `meta` and `links` are in every list of the product; the names in them come from the contract. */
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

/** The handler in a valid answer of a read. */
export function resourceOf(exchange: Exchange | undefined): Resource | undefined {
  return objectOf(objectOf(soundJson(exchange))?.data);
}

/**
 * A handler as it is now: from a read, or from the list if the instance has no such operation. `isFine`: a condition; if it is not met the
 * handler is read again.
 */
export async function readCurrent(
  run: Run,
  purpose: string,
  id: number,
  isFine: (resource: Resource) => boolean,
): Promise<{ readonly exchange: Exchange; readonly resource: Resource | undefined }> {
  const { read } = run.model.operations;
  if (read !== undefined) {
    const exchange = await ask(run, { purpose, operation: read, id }, (it) => {
      const seen = resourceOf(it);
      return seen === undefined || isFine(seen);
    });
    return { exchange, resource: resourceOf(exchange) };
  }
  return find(run, purpose, (it) => it[run.model.names.id] === id);
}

/** Looks for a handler in the list: on the first page and the last, since new handlers are at one of the ends. */
export async function find(
  run: Run,
  purpose: string,
  isIt: (resource: Resource) => boolean,
): Promise<{
  readonly exchange: Exchange;
  readonly resource: Resource | undefined;
  /** As received, even if the answer is not valid. */
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

/** `data` of any JSON answer, valid or not; the clean-up relies on it. */
export function rawData(exchange: Exchange): unknown {
  return exchange.outcome.kind === "answer" ? objectOf(exchange.outcome.json)?.data : undefined;
}

/** The handlers of any JSON list, valid or not. */
export function rawItems(exchange: Exchange): Resource[] {
  const data = rawData(exchange);
  return Array.isArray(data) ? data.map(objectOf).filter((it) => it !== undefined) : [];
}
