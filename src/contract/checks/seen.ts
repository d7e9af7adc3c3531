import { isDeepStrictEqual } from "node:util";
import { type Model, objectOf } from "../../description/index.ts";
import { runOf } from "../journal/index.ts";
import { excerpt } from "../judging/index.ts";
import { type Resource, type Run, rawData, resourceOf } from "../run/index.ts";
import type { Exchange } from "../wire/index.ts";
import { type Check, placesOf, type Verdict } from "./check.ts";
import { at } from "./places.ts";

/** Checks that reads and lists show the same handlers, each of them once. */
export const seenChecks: readonly Check[] = [
  {
    name: "reference_is_own",
    proves: "The id in the answer to a create, a read or an update is the id of the handler.",
    write: false,
    stages: ["read", "create", "update"],
    targets: ({ operations: { read, create, update }, ...model }) =>
      placesOf([read, create, update], (it) => model.body(it, 200)),
    judge: referenceIsOwn,
  },
  {
    name: "read_as_listed",
    proves: "A handler is the same whether it is read or listed.",
    write: false,
    stages: ["read", "create"],
    targets: (model) => at(model.operations.read, (it) => model.body(it, 200)),
    judge: readAsListed,
  },
  {
    name: "listed_after_create",
    proves: "A new handler is in the list.",
    write: true,
    stages: ["create"],
    targets: ({ operations: { list } }) => [{ operation: list, pointer: list.pointer }],
    judge: listedAfterCreate,
  },
  {
    name: "created_once",
    proves: "A create makes exactly one handler, and no other request makes one.",
    write: true,
    stages: ["create"],
    targets: (model) => at(model.operations.create, (it) => it.pointer),
    judge: createdOnce,
  },
];

function referenceIsOwn(run: Run, verdict: Verdict): void {
  createsNameTheirOwn(run, verdict);
  readsShowTheirOwn(run, verdict);
  updatesNameTheirOwn(run, verdict);
}

/** The id that an answer names. */
function claimedBy({ model }: Run, exchange: Exchange): unknown {
  return objectOf(rawData(exchange))?.[model.names.id];
}

function createsNameTheirOwn(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.create;
  if (operation === undefined) return;
  for (const { exchange, id, read } of run.created) {
    const claimed = claimedBy(run, exchange);
    if (typeof claimed !== "number" || id === undefined || read === undefined) continue;
    if (claimed === id) verdict.holds({ operation });
    else {
      const got = `${excerpt(claimed)}, but the list has the handler as ${id}`;
      const message = "The id in the answer to the create is not the id of the new handler.";
      verdict.breaks({ operation }, { message, got, pointer: model.body(operation, 200), exchange });
    }
  }
}

function readsShowTheirOwn(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.read;
  if (operation === undefined) return;
  for (const exchange of [
    ...run.reads.map((it) => it.exchange),
    ...run.created.flatMap((it) => it.read ?? []),
    ...run.updates.map((it) => it.read),
  ]) {
    const resource = resourceOf(exchange);
    if (resource === undefined) continue;
    if (resource[model.names.id] === Number(exchange.call.id)) verdict.holds({ operation });
    else {
      const message = "A read returned another handler than was asked for.";
      const got = `${excerpt(resource[model.names.id])} for handler ${exchange.call.id}`;
      verdict.breaks({ operation }, { message, got, pointer: model.body(operation, 200), exchange });
    }
  }
}

function updatesNameTheirOwn(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.update;
  if (operation === undefined) return;
  for (const { exchange, created } of run.updates) {
    if (!exchange.sound) continue;
    const claimed = claimedBy(run, exchange);
    if (claimed === created.id) verdict.holds({ operation });
    else {
      const message = "The id in the answer to the update is not the id of the handler.";
      const got = `${excerpt(claimed)} for handler ${created.id}`;
      verdict.breaks({ operation }, { message, got, pointer: model.body(operation, 200), exchange });
    }
  }
}

/** The properties that do not change by themselves, or by switching a handler off. */
function steady({ names }: Model, resource: Resource, switched = true): Resource {
  const { [names.changed]: _changed, ...rest } = resource;
  if (!switched) return rest;
  const { [names.enabled]: _enabled, ...others } = rest;
  return others;
}

function readAsListed(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.read;
  if (operation === undefined) return;
  for (const { exchange, resource, listed } of run.write ? lastReads(run) : onceRead(run)) {
    if (resource === undefined || listed === undefined) {
      verdict.cannot({ operation }, "no handler was both read and listed");
      continue;
    }
    // The handler whose type was changed was switched off before that; all others were switched off after their read.
    const switched = run.write && run.updates.findLast((it) => it.read === exchange)?.kind !== "type";
    const [one, other] = [steady(model, resource, switched), steady(model, listed, switched)];
    if (isDeepStrictEqual(one, other)) {
      verdict.holds({ operation });
      continue;
    }
    const name = Object.keys({ ...one, ...other }).find((it) => !isDeepStrictEqual(one[it], other[it])) ?? "";
    const got = `${name}: ${excerpt(one[name])} when read, ${excerpt(other[name])} in the list`;
    const message = "A handler differs between a read and the list.";
    verdict.breaks({ operation }, { message, got, pointer: model.body(operation, 200), exchange });
  }
}

/** A handler as in a read, and as in a list. */
interface Both {
  readonly exchange: Exchange | undefined;
  readonly resource: Resource | undefined;
  readonly listed: Resource | undefined;
}

function onceRead({ reads }: Run): Both[] {
  return reads.map(({ exchange, listed }) => ({ exchange, resource: resourceOf(exchange), listed }));
}

/**
 * The last read of each handler, and the handler in the list. Leaves out handlers that an update may have changed since in an unknown way.
 */
function lastReads({ model, updates, created, everything }: Run): Both[] {
  const [first] = updates;
  const { update } = model.operations;
  const offKeeps =
    update === undefined ||
    (first?.after !== undefined &&
      isDeepStrictEqual(steady(model, first.before), steady(model, first.after)));
  const changed = new Map(updates.map((it) => [it.created.id, it]));
  return created.flatMap(({ id, read, resource }) => {
    const last = changed.get(id);
    if (last === undefined && !offKeeps) return [];
    const listed = everything?.find((it) => it[model.names.id] === id);
    return [
      last === undefined
        ? { exchange: read, resource, listed }
        : { exchange: last.read, resource: last.after, listed },
    ];
  });
}

function listedAfterCreate(run: Run, verdict: Verdict): void {
  const { model, everything, whole } = run;
  const operation = model.operations.list;
  if (everything === undefined) {
    verdict.cannot({ operation }, "the whole list could not be read after the creates");
    return;
  }
  if (run.lag !== undefined) {
    verdict.breaks(
      { operation },
      {
        message: "The list lags behind a create or an update.",
        got: `all handlers were there ${(run.lag / 1_000).toFixed(1)} s after the last create, not at once`,
        pointer: operation.pointer,
        assumption: "A handler is in the list as soon as it is created.",
        exchange: whole?.exchange,
      },
    );
    return;
  }
  const listed = new Set(everything.map((it) => it[model.names.id]));
  for (const { id, type } of run.created) {
    if (id === undefined) continue;
    if (listed.has(id)) verdict.holds({ operation });
    else {
      const got = `${listed.size} handlers, but not id ${id}`;
      const message = `A new handler of type ${type} is not in the list.`;
      const cause = "not listed after its create";
      const { pointer } = operation;
      verdict.breaks({ operation }, { message, got, pointer, cause, exchange: whole?.exchange });
    }
  }
}

function createdOnce(run: Run, verdict: Verdict): void {
  const { model, everything, whole } = run;
  const operation = model.operations.create;
  if (operation === undefined) return;
  if (everything === undefined) {
    verdict.cannot({ operation }, "the whole list could not be read after the creates");
    return;
  }
  const known = new Set(run.created.map((it) => it.id));
  const more = everything.find(
    (it) => runOf(it[model.names.name]) === run.id && !known.has(Number(it[model.names.id])),
  );
  if (more === undefined || run.created.some((it) => it.id === undefined)) {
    verdict.holds({ operation });
    return;
  }
  const got = `id ${more[model.names.id]}: ${excerpt(more[model.names.name])}`;
  const message = "There is a handler with a name of this run that none of its creates has made.";
  verdict.breaks({ operation }, { message, got, pointer: operation.pointer, exchange: whole?.exchange });
}
