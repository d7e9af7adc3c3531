import { type Model, type Operation, objectOf } from "../../description/index.ts";
import { changedFieldsOf, fieldsOf, hardTexts, isAsSent, type Pair } from "../instance/index.ts";
import { nameOf, runOf } from "../journal/index.ts";
import { accepted, judgeLimit } from "../judging/index.ts";
import {
  ask,
  type Created,
  conclude,
  find,
  isOwned,
  type Resource,
  type Run,
  rawData,
  readList,
  resourceOf,
} from "../run/index.ts";
import { type Exchange, isOwnRefusal } from "../wire/index.ts";
import { switchOff } from "./change.ts";

/** After this many creates whose handler can't be found, no more are sent: each may leave one behind. */
export const mostLostCreates = 2;

/** How many handlers are created to fill a second page. If that takes more, small accounts have no second page. */
const fillAtMost = 60;

/**
 * How many handlers a run creates on an account with `present` handlers: one for each type, for each difficult text and a plain one, and
 * enough for a second page.
 */
export function handlersToCreate({ types, sizes }: Model, present: number): number {
  const missing = (sizes[0] ?? 0) + 1 - present;
  return Math.max(types.length, hardTexts.size + 1, missing <= fillAtMost ? missing : 0);
}

/** Creates at least one handler of each type. Each is switched off as soon as its id is known. */
export async function create(run: Run): Promise<void> {
  const { model } = run;
  const { create: operation } = model.operations;
  const [first] = run.readings;
  const isWhole = first?.content !== undefined && first.content.items.length === first.content.meta.total;
  run.before = isWhole
    ? first
    : await readList(run, {
        purpose: "the list before anything is created",
        page: 1,
        size: model.sizes.at(-1),
      });
  if (!listIsThere(run) || operation === undefined) return;
  const wanted = handlersToCreate(model, run.before.content?.meta.total ?? 0);
  const texts = [undefined, ...hardTexts.keys()];
  for (let index = 0; index < wanted; index++) {
    const type = model.types[index % model.types.length] ?? "";
    const created = await createOne(run, operation, type, texts[index % texts.length]);
    run.created.push(created);
    await switchOffNew(run, created);
    if (isFull(created.exchange) && (await takesNoMore(run, operation, created))) return;
    if (wasDenied(created.exchange)) return;
    if (run.created.filter((it) => !isOwned(it)).length >= mostLostCreates) return;
  }
}

async function switchOffNew(run: Run, created: Created): Promise<void> {
  const { update } = run.model.operations;
  // The first switch-off is also verified by a read.
  if (isOwned(created) && update !== undefined)
    await switchOff(run, update, created, run.updates.length === 0);
}

/**
 * Whether the refusal of an allowed create comes from a limit of the account. A limit of the key says so. For a 400 it is a limit if a
 * create that was accepted before is now refused as well, or, at the beginning, a create of another type.
 */
async function takesNoMore(run: Run, operation: Operation, { exchange, type }: Created): Promise<boolean> {
  const { types } = run.model;
  const own = run.created.filter(isOwned);
  const refusals = [exchange];
  if (statusOf(exchange) === 400) {
    const other = own[0]?.type ?? types.find((it) => it !== type) ?? type;
    const second = await createOne(run, operation, other, undefined);
    run.created.push(second);
    await switchOffNew(run, second);
    if (!isFull(second.exchange)) {
      conclude(run, exchange);
      return false;
    }
    refusals.push(second.exchange);
  }
  for (const refusal of refusals) judgeLimit(run.model, run.ledger, refusal);
  run.limit = `the account accepts no more handlers (${statusOf(exchange)} for a create, after ${own.length} of this run)`;
  return true;
}

function statusOf({ outcome }: Exchange): number | undefined {
  return outcome.kind === "answer" ? outcome.status : undefined;
}

/** Whether an allowed create may have been refused because the account is full. */
function isFull({ outcome }: Exchange): boolean {
  return outcome.kind === "answer" && [400, 401, 402, 403].includes(outcome.status) && isOwnRefusal(outcome);
}

async function createOne(
  run: Run,
  operation: Operation,
  type: string,
  text: string | undefined,
): Promise<Created> {
  const { model, journal } = run;
  const { names, operations } = model;
  const name = nameOf(run.id, numberOf(run), text && hardTexts.get(text));
  const fields = text === undefined ? fieldsOf(model, type) : changedFieldsOf(model, type);
  const form: Pair[] = [[names.type, type], [names.name, name], ...fields];
  const started = Math.floor(run.clock.now() / 1_000);
  journal.intend(name);
  const exchange = await run.transport.send({ purpose: `a create of type ${type}`, operation, form });
  // The meaning of a refusal is not known yet.
  if (!isFull(exchange)) conclude(run, exchange);
  const between = [started, Math.ceil(run.clock.now() / 1_000)] as const;
  const created = { type, name, text, fields, exchange, between };
  if (isRefusal(exchange)) {
    journal.void(name);
    return { ...created, id: undefined, read: undefined, resource: undefined };
  }
  const claimed = objectOf(rawData(exchange))?.[names.id];
  const purpose = `the new handler of type ${type}`;
  if (operations.read === undefined) return { ...created, ...(await locate(run, purpose, name)) };
  if (typeof claimed !== "number" && typeof claimed !== "string") {
    const { id } = await locate(run, purpose, name);
    return { ...created, id, read: undefined, resource: undefined };
  }
  const expect = accepted(model, operations.read, "ensure_resource_availability");
  const call = { purpose, operation: operations.read, id: claimed, expect };
  const read = await ask(run, call, (it) => {
    const seen = resourceOf(it);
    return seen === undefined || isAsSent(model, form, seen);
  });
  const resource = resourceOf(read);
  // The id in an answer is no proof: the handler is the run's own only if its name says so.
  if (typeof claimed === "number" && runOf(objectOf(rawData(read))?.[names.name]) === run.id) {
    journal.own(claimed, name);
    return { ...created, id: claimed, read, resource };
  }
  const { id } = await locate(run, purpose, name);
  return { ...created, id, read, resource };
}

/** Looks for a handler in the list by its name; a match is the run's own. */
async function locate(
  run: Run,
  what: string,
  name: string,
): Promise<{ id: number | undefined; read: Exchange | undefined; resource: Resource | undefined }> {
  const { names } = run.model;
  if (!run.journal.open.includes(name)) return { id: undefined, read: undefined, resource: undefined };
  const { exchange, raw, resource } = await find(
    run,
    `the list, for ${what},`,
    (it) => it[names.name] === name,
  );
  const id = raw?.[names.id];
  if (typeof id !== "number") return { id: undefined, read: exchange, resource: undefined };
  run.journal.own(id, name);
  return { id, read: exchange, resource };
}

/** The next number in names, which distinguishes the run's handlers. */
export function numberOf(run: Run): number {
  return ++run.lastNumber;
}

/** Whether a create was refused, or redirected (redirects are not followed), so that it made no handler. */
export function isRefusal({ outcome }: Exchange): boolean {
  return outcome.kind === "answer" && outcome.status >= 300 && outcome.status < 500;
}

/** If no list can be read, created handlers could not be found again. */
export function listIsThere(run: Run): boolean {
  return run.readings.some((it) => Array.isArray(rawData(it.exchange)));
}

/** Whether the account may not create: further creates are pointless. */
function wasDenied({ outcome }: Exchange): boolean {
  return outcome.kind === "answer" && [401, 403, 429].includes(outcome.status);
}
