import type { Model } from "../../description/index.ts";
import { assumes, undocumentedParameter } from "../instance/index.ts";
import { accepted, refused } from "../judging/index.ts";
import { type Reading, type Resource, type Run, readList, waitsForLag } from "../run/index.ts";

/** How many pages a walk reads at most. */
export const pagesAtMost = { write: 4, readOnly: 2 };

/** How often the pages are read again if others seem to change the account. */
const repetitions = 2;

/**
 * Walks through the pages: the first by its number, the others by `links.next`, and one page on both paths of the list. Pages that
 * contradict each other are read again: somebody else may have created or deleted a handler meanwhile.
 */
export async function pages(run: Run): Promise<void> {
  await walk(run, false);
  let before = traceOf(run);
  for (let time = 0; time < repetitions && !fits(run) && run.transport.mayRepeat; time++) {
    if (run.everything !== undefined) await everything(run, true);
    await walk(run, true);
    const now = traceOf(run);
    run.unrest = !fits(run) && now !== before;
    if (now === before) return;
    before = now;
  }
}

async function walk(run: Run, again: boolean): Promise<void> {
  const { list, listByLink } = run.model.operations;
  const most = run.write ? pagesAtMost.write : pagesAtMost.readOnly;
  const total = run.readings.findLast((it) => it.content !== undefined)?.content?.meta.total ?? 0;
  const size = run.model.sizes.find((it) => Math.ceil(total / it) <= most) ?? run.model.sizes.at(-1);
  const first = await readList(run, { purpose: "page 1", page: 1, size, again });
  run.walk = [first];
  while (run.walk.length < most) {
    const next = nextOf(run.walk.at(-1));
    if (next === undefined) break;
    const page = run.walk.length + 1;
    const purpose = `page ${page} by link`;
    run.walk.push(await readList(run, { purpose, byLink: true, page, size, link: next, again }));
  }
  const second = run.walk[1];
  if (second !== undefined) {
    run.forms = [await readList(run, { purpose: "page 2 by its number", page: 2, size, again }), second];
  } else if (listByLink !== list) {
    const purpose = "page 1 by the URL without the slash";
    run.forms = [first, await readList(run, { purpose, byLink: true, page: 1, size, again })];
  }
}

/**
 * Whether the pages are consistent with each other, and with the whole account if it was read. An unreadable page counts as consistent:
 * another check reports it.
 */
function fits({ walk, forms, everything, model }: Run): boolean {
  const contents = [...walk, ...(forms ?? [])].flatMap((it) => it.content ?? []);
  const totals = new Set(contents.map((it) => it.meta.total));
  if (everything !== undefined) totals.add(everything.length);
  const ids = walk.flatMap((it) => idsOf(model, it));
  const [one, other] = (forms ?? []).map((it) => idsOf(model, it).join());
  const [last] = contents.slice(walk.length - 1);
  const isComplete = last !== undefined && walk.length >= last.meta["total-pages"];
  const known = new Set(ids);
  const isWhole =
    !isComplete || everything === undefined || everything.every((it) => known.has(it[model.names.id]));
  return totals.size <= 1 && known.size === ids.length && one === other && isWhole;
}

/** A fingerprint of what was seen, to compare two readings. */
function traceOf({ walk, forms, everything, model }: Run): string {
  const readings = [...walk, ...(forms ?? [])];
  const seen = readings.map((it) => [it.content?.meta.total, ...idsOf(model, it)]);
  return JSON.stringify([seen, everything?.map((it) => it[model.names.id])]);
}

function idsOf({ names }: Model, { content }: Reading): unknown[] {
  return (content?.items ?? []).map((it) => it[names.id]);
}

/** `links.next` of a page, if it can be followed. The relation name is that of RFC 8288, which `links` uses unchanged. */
function nextOf(reading: Reading | undefined): URL | undefined {
  const next = reading?.content?.links.next;
  return typeof next === "string" && URL.canParse(next) ? new URL(next) : undefined;
}

/** An account with up to this many handlers is read completely, if that takes no more pages than a walk. */
const wholeAtMost = 100;

/** The most pages that reading a whole account takes. */
export function pagesOfEverything({ sizes }: Model): number {
  return Math.min(Math.ceil(wholeAtMost / (sizes.at(-1) ?? 1)), pagesAtMost.write);
}

/** Reads the whole list. Reads it again if it does not show yet what was just created. */
export async function wholeList(run: Run): Promise<void> {
  const created = run.created.filter((it) => it.id !== undefined);
  const last = created.at(-1)?.exchange;
  await everything(run, false);
  for (const wait of waitsForLag) {
    if (run.everything === undefined || isListed(run) || !run.transport.mayRepeat) return;
    await run.transport.pause(wait, "the list lags behind a write");
    await everything(run, true);
    if (last !== undefined && isListed(run)) run.lag = run.clock.now() - last.startedAt - last.milliseconds;
  }
}

/** Whether the list has the created handlers, as they were last read. */
function isListed({ everything = [], created, updates, model }: Run): boolean {
  const { id: idName, name, type } = model.names;
  const listed = new Map(everything.map((it) => [it[idName], it]));
  const last = new Map(updates.map((it) => [it.created.id, it.after]));
  return created.every(({ id, resource }) => {
    if (id === undefined) return true;
    const [shown, read] = [listed.get(id), last.get(id) ?? resource];
    return (
      shown !== undefined &&
      (read === undefined || (shown[name] === read[name] && shown[type] === read[type]))
    );
  });
}

/** Reads the whole list. The first request also has an undocumented parameter. */
async function everything(run: Run, again: boolean): Promise<void> {
  const { model } = run;
  const { list } = model.operations;
  const size = model.sizes.at(-1);
  const first = await readList(run, {
    purpose: "the whole list, with a parameter that no page documents",
    page: 1,
    size,
    again,
    query: [[undocumentedParameter, "1"]],
    expect: {
      ...accepted(model, list, "undocumented_parameters", model.assumption(list, "undocumented-parameters")),
      statements: [assumes(list, "undocumented-parameters")],
    },
  });
  let last: Reading = first;
  const items: Resource[] = [...(first.content?.items ?? [])];
  const total = first.content?.meta.total ?? 0;
  for (let page = 2; page <= pagesOfEverything(model) && items.length < total; page++) {
    last = await readList(run, { purpose: `the whole list, page ${page}`, page, size, again });
    if (last.content === undefined) return;
    items.push(...last.content.items);
  }
  if (first.content === undefined || items.length !== total) return;
  run.whole = last;
  run.everything = items;
}

/** Every page size that no other request uses. */
export async function sizes(run: Run): Promise<void> {
  for (const size of sizesLeft(run)) {
    await readList(run, { purpose: `the list with page size ${size}`, page: 1, size });
  }
}

function sizesLeft(run: Run): number[] {
  const asked = new Set(run.readings.map((it) => it.size));
  // A read-only run sends few requests: it has already seen the default size.
  if (!run.write) asked.add(run.model.defaultSize);
  return run.model.sizes.filter((size) => !asked.has(size));
}

/** A page past the end, and list requests that must be refused. */
export async function edges(run: Run): Promise<void> {
  const { model } = run;
  const { list } = model.operations;
  const total = run.readings.findLast((it) => it.content !== undefined)?.content?.meta.total ?? 0;
  const past = Math.ceil(total / model.defaultSize) + 1_000;
  await readList(run, {
    purpose: "a page past the end",
    page: past,
    expect: {
      ...accepted(model, list, "page_past_the_end", model.assumption(list, "page-past-the-end")),
      statements: [assumes(list, "page-past-the-end")],
    },
  });
  const size = model.parameter("page-size");
  await refuse(run, size?.name, String(sizeOfNone(model.sizes)));
  if (!run.write) return;
  await refuse(run, model.parameter("page")?.name, "first");
}

/** A page size that is not allowed, but plausible. */
function sizeOfNone(sizes: readonly number[]): number {
  let size = Math.max(1, (sizes[0] ?? 1) - 3);
  while (sizes.includes(size)) size++;
  return size;
}

async function refuse(run: Run, name: string | undefined, value: string): Promise<void> {
  if (name === undefined) return;
  const { list } = run.model.operations;
  await readList(run, {
    purpose: `the list with ${name}=${value}`,
    query: [[name, value]],
    expect: refused(run.model, list, 400, "negative_data_rejection", name),
  });
}

/** A page size that was not used yet and holds the whole account; otherwise the largest. */
export function nextSize(run: Run): number | undefined {
  const total = run.everything?.length ?? 0;
  return sizesLeft(run).find((size) => size >= total) ?? run.model.sizes.at(-1);
}
