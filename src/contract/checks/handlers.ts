import { isDeepStrictEqual } from "node:util";
import { type Operation, step } from "../../description/index.ts";
import { type Model, objectOf } from "../instance/model.ts";
import { updatedTypes } from "../instance/sampled-types.ts";
import { assumes, takesField } from "../instance/statements.ts";
import { fieldsOf, hardTexts } from "../instance/values.ts";
import { runOf } from "../journal/marker.ts";
import { excerpt } from "../judging/present.ts";
import { othersWereAtWork } from "../run/others.ts";
import { type Created, type Resource, type Run, rawData, resourceOf, type Update } from "../run/run.ts";
import type { Exchange } from "../wire/exchange.ts";
import { type Check, type Place, placesOf, type Verdict } from "./check.ts";

/** Checks that what was created, changed and deleted is what a read and a list show. */
export const handlerChecks: readonly Check[] = [
  {
    name: "created_as_sent",
    proves: "A handler comes back as it was sent: type, name, and every field in its settings.",
    write: true,
    stages: ["create"],
    targets: (model) =>
      model.types.flatMap((subject) =>
        at(model.operations.create, () => settingsPointer(model, subject), subject),
      ),
    judge: createdAsSent,
  },
  {
    name: "text_round_trip",
    proves: "Names come back to the letter: other scripts, quotes, markup, long ones.",
    write: true,
    stages: ["create"],
    targets: (model) =>
      [...hardTexts.keys()].flatMap((subject) =>
        at(model.operations.create, () => propertyPointer(model, "name"), subject),
      ),
    judge: textRoundTrip,
  },
  {
    name: "enabled_at_first",
    proves: "A new handler is enabled.",
    write: true,
    stages: ["create"],
    targets: (model) => at(model.operations.create, (it) => model.assumption(it, "enabled-at-first")),
    judge: enabledAtFirst,
  },
  {
    name: "creation_time",
    proves: "The time of creation is that of the create, in UTC, and nothing was changed by then.",
    write: true,
    stages: ["create"],
    targets: (model) => at(model.operations.create, () => propertyPointer(model, "created")),
    judge: creationTime,
  },
  {
    name: "reference_is_own",
    proves: "The id that an answer carries is that of the handler: of a create, a read, an update.",
    write: false,
    stages: ["read", "create", "update"],
    targets: ({ operations: { read, create, update }, ...model }) =>
      placesOf([read, create, update], (it) => model.body(it, 200)),
    judge: referenceIsOwn,
  },
  {
    name: "read_as_listed",
    proves: "A handler is the same when it is read and in the list.",
    write: false,
    stages: ["read", "create"],
    targets: (model) => at(model.operations.read, (it) => model.body(it, 200)),
    judge: readAsListed,
  },
  {
    name: "listed_after_create",
    proves: "A handler that was created is in the list.",
    write: true,
    stages: ["create"],
    targets: ({ operations: { list } }) => [{ operation: list, pointer: list.pointer }],
    judge: listedAfterCreate,
  },
  {
    name: "created_once",
    proves: "A create makes one handler, and nothing else makes any.",
    write: true,
    stages: ["create"],
    targets: (model) => at(model.operations.create, (it) => it.pointer),
    judge: createdOnce,
  },
  {
    name: "update_applies",
    proves: "An update changes what it names: the name, the switch both ways, a field, the type.",
    write: true,
    stages: ["create", "update"],
    targets: (model) => kindsOf(model).flatMap((subject) => at(model.operations.update, updateBody, subject)),
    judge: updateApplies,
  },
  {
    name: "update_keeps_the_rest",
    proves: "What an update does not name stays as it was.",
    write: true,
    stages: ["create", "update"],
    targets: (model) => at(model.operations.update, (it) => model.assumption(it, "keeps-the-rest")),
    judge: updateKeepsTheRest,
  },
  {
    name: "change_of_type",
    proves: "An update to another type leaves nothing of the old settings.",
    write: true,
    stages: ["create", "update"],
    targets: (model) =>
      kindsOf(model).includes("type")
        ? at(model.operations.update, (it) => model.assumption(it, "change-of-type"))
        : [],
    judge: changeOfType,
  },
  {
    name: "change_time",
    proves: "An update sets the time of the last change.",
    write: true,
    stages: ["create", "update"],
    targets: (model) => at(model.operations.update, () => propertyPointer(model, "changed")),
    judge: changeTime,
  },
  {
    name: "deleted_from_the_list",
    proves: "A handler that was deleted is no longer in the list.",
    write: true,
    stages: ["create", "delete"],
    targets: ({ operations: { delete: remove } }) => at(remove, (it) => it.pointer),
    judge: deletedFromTheList,
  },
  {
    name: "others_left_alone",
    proves: "The handlers that were there before are as they were.",
    write: true,
    stages: ["create", "update", "delete"],
    targets: ({ operations: { update, delete: remove } }) => placesOf([update, remove], (it) => it.pointer),
    judge: othersLeftAlone,
  },
];

/** The place of an operation, where the instance has it. */
function at(
  operation: Operation | undefined,
  pointer: (operation: Operation) => string,
  subject?: string,
): Place[] {
  return placesOf([operation], pointer).map((place) =>
    subject === undefined ? place : { ...place, subject },
  );
}

function updateBody(operation: Operation): string {
  return step(operation.pointer, "requestBody");
}

/** The changes that are made on an instance: its types decide whether there is a field to change, and another type. */
function kindsOf(model: Model): Update["kind"][] {
  const { partial, turned } = updatedTypes(model);
  return [
    "off",
    "on",
    ...(partial !== undefined && fieldsOf(model, partial).length > 0 ? (["field"] as const) : []),
    ...(turned === undefined ? [] : (["type"] as const)),
  ];
}

function settingsPointer(model: Model, type: string): string {
  return (
    model.roles.resource.byValue.get(type)?.properties.get(model.names.settings)?.pointer ??
    model.roles.resource.pointer
  );
}

/** The description of a property, which says what it means; `x-evidence` may say of it that it is inferred. */
function propertyPointer(model: Pick<Model, "roles">, role: "name" | "created" | "changed"): string {
  const pointer = model.roles.schemas.get(role)?.pointer ?? model.roles.resource.pointer;
  return role === "name" ? pointer : step(pointer, "description");
}

function createdAsSent(run: Run, verdict: Verdict): void {
  const { model } = run;
  const { names, operations } = model;
  if (operations.create === undefined) return;
  for (const created of run.created) {
    const place = { operation: operations.create, subject: created.type };
    const { resource } = created;
    if (resource === undefined) {
      verdict.cannot(place, "the handler could not be read");
      continue;
    }
    const exchange = created.read;
    const settings = objectOf(resource[names.settings]) ?? {};
    const wrong = (message: string, got: unknown, pointer: string) =>
      verdict.breaks(place, { message, got: excerpt(got), pointer, exchange });
    let fine = true;
    if (resource[names.type] !== created.type) {
      wrong(
        `A handler of type ${created.type} was created, but is of another type.`,
        resource[names.type],
        model.roles.resource.pointer,
      );
      continue;
    }
    if (created.text === undefined && resource[names.name] !== created.name) {
      fine = false;
      wrong("The name is not the one that was sent.", resource[names.name], propertyPointer(model, "name"));
    }
    for (const [field, value] of created.fields) {
      if (settings[field] === value) continue;
      fine = false;
      wrong(
        `${field} is not in the settings as it was sent.`,
        settings[field],
        settingsPointer(model, created.type),
      );
    }
    if (fine) verdict.holds(place, sentFields(model, operations.create, created));
  }
}

function sentFields({ names }: Model, create: Operation, { type, fields }: Created): string[] {
  return [names.type, names.name, ...fields.map(([field]) => field)].map((name) =>
    takesField(create, type, name),
  );
}

function textRoundTrip(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.create;
  if (operation === undefined) return;
  for (const created of run.created) {
    if (created.text === undefined) continue;
    const place = { operation, subject: created.text };
    const { resource } = created;
    if (resource === undefined) verdict.cannot(place, "the handler could not be read");
    else if (resource[model.names.name] === created.name) verdict.holds(place);
    else {
      verdict.breaks(place, {
        message: "The name does not come back to the letter.",
        got: `sent ${excerpt(created.name)}, came ${excerpt(resource[model.names.name])}`,
        pointer: propertyPointer(model, "name"),
        exchange: created.read,
      });
    }
  }
}

function enabledAtFirst(run: Run, verdict: Verdict): void {
  const { model } = run;
  const operation = model.operations.create;
  if (operation === undefined) return;
  for (const { read, resource } of run.created) {
    if (resource === undefined) continue;
    if (resource[model.names.enabled] === true)
      verdict.holds({ operation }, [assumes(operation, "enabled-at-first")]);
    else {
      const pointer = model.assumption(operation, "enabled-at-first");
      const got = `${model.names.enabled}: ${excerpt(resource[model.names.enabled])}`;
      verdict.breaks(
        { operation },
        { message: "A new handler is not enabled.", got, pointer, exchange: read },
      );
    }
  }
}

/** How far the clocks of the instance and of this machine may be apart, in seconds. */
const clockTolerance = 300;

function creationTime(run: Run, verdict: Verdict): void {
  const { model } = run;
  const { names } = model;
  const operation = model.operations.create;
  if (operation === undefined) return;
  for (const { read, between, resource } of run.created) {
    if (resource === undefined) continue;
    const moment = model.datetime.read(String(resource[names.created]));
    const near =
      moment !== undefined && moment >= between[0] - clockTolerance && moment <= between[1] + clockTolerance;
    const unchanged = resource[names.changed] === null;
    if (near && unchanged) {
      verdict.holds({ operation });
      continue;
    }
    const role = near ? "changed" : "created";
    verdict.breaks(
      { operation },
      {
        message: near
          ? "A handler that was just created has been changed."
          : `${names.created} is not when the handler was created, in UTC.`,
        got: `${names[role]}: ${excerpt(resource[names[role]])}${near ? "" : `, created at ${model.datetime.write(between[0])} UTC`}`,
        pointer: propertyPointer(model, role),
        exchange: read,
      },
    );
  }
}

function referenceIsOwn(run: Run, verdict: Verdict): void {
  const { model } = run;
  const { read, create, update } = model.operations;
  if (create !== undefined) {
    for (const { exchange, id, read } of run.created) {
      const claimed = objectOf(rawData(exchange))?.[model.names.id];
      if (typeof claimed !== "number" || id === undefined || read === undefined) continue;
      if (claimed === id) verdict.holds({ operation: create });
      else {
        const got = `${excerpt(claimed)}, but the list has the handler as ${id}`;
        const message = "The id that the create answers with is not that of the new handler.";
        verdict.breaks({ operation: create }, { message, got, pointer: model.body(create, 200), exchange });
      }
    }
  }
  if (read !== undefined) {
    for (const exchange of [
      ...run.reads.map((it) => it.exchange),
      ...run.created.flatMap((it) => it.read ?? []),
      ...run.updates.map((it) => it.read),
    ]) {
      const resource = resourceOf(exchange);
      if (resource === undefined) continue;
      if (resource[model.names.id] === Number(exchange.call.id)) verdict.holds({ operation: read });
      else {
        const message = "The handler that a read answers with is not the one that was asked for.";
        const got = `${excerpt(resource[model.names.id])} for handler ${exchange.call.id}`;
        verdict.breaks({ operation: read }, { message, got, pointer: model.body(read, 200), exchange });
      }
    }
  }
  if (update === undefined) return;
  for (const { exchange, created } of run.updates) {
    if (!exchange.sound) continue;
    const claimed = objectOf(rawData(exchange))?.[model.names.id];
    if (claimed === created.id) verdict.holds({ operation: update });
    else {
      const message = "The id that the update answers with is not that of the handler.";
      const got = `${excerpt(claimed)} for handler ${created.id}`;
      verdict.breaks({ operation: update }, { message, got, pointer: model.body(update, 200), exchange });
    }
  }
}

/** What does not change by itself, or by being switched off. */
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
      verdict.cannot({ operation }, "no handler was seen both ways");
      continue;
    }
    // The handler that became one of another type was off by then; all others were switched off after they were read.
    const switched = run.write && run.updates.findLast((it) => it.read === exchange)?.kind !== "type";
    const [one, other] = [steady(model, resource, switched), steady(model, listed, switched)];
    if (isDeepStrictEqual(one, other)) {
      verdict.holds({ operation });
      continue;
    }
    const name = Object.keys({ ...one, ...other }).find((it) => !isDeepStrictEqual(one[it], other[it])) ?? "";
    const got = `${name}: ${excerpt(one[name])} when read, ${excerpt(other[name])} in the list`;
    const message = "A handler is not the same when it is read and in the list.";
    verdict.breaks({ operation }, { message, got, pointer: model.body(operation, 200), exchange });
  }
}

/** A handler as a read had it, and as a list did. */
interface Both {
  readonly exchange: Exchange | undefined;
  readonly resource: Resource | undefined;
  readonly listed: Resource | undefined;
}

function onceRead({ reads }: Run): Both[] {
  return reads.map(({ exchange, listed }) => ({ exchange, resource: resourceOf(exchange), listed }));
}

/** The last read of each handler, with the list; but not of one that an update may have changed in unknown ways since. */
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
    verdict.cannot({ operation }, "the list did not show the whole account after the creates");
    return;
  }
  if (run.lag !== undefined) {
    verdict.breaks(
      { operation },
      {
        message: "The list lags behind a create.",
        got: `all handlers were there ${(run.lag / 1_000).toFixed(1)} s after the last create, and not at once`,
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
      const got = `${listed.size} handlers without id ${id}`;
      const message = `A handler of type ${type} that was created is not in the list.`;
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
    verdict.cannot({ operation }, "the list did not show the whole account after the creates");
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
  const message = "There is a handler that no create of this run has made, with a name of this run.";
  verdict.breaks({ operation }, { message, got, pointer: operation.pointer, exchange: whole?.exchange });
}

/** Each update whose answer and whose read can be gone by. */
function* seen(
  run: Run,
  verdict: Verdict,
  subjects: boolean,
): Generator<Update & { readonly operation: Operation; readonly after: Resource }> {
  const operation = run.model.operations.update;
  if (operation === undefined) return;
  for (const update of run.updates) {
    const { after } = update;
    const place = subjects ? { operation, subject: update.kind } : { operation };
    if (!update.exchange.sound) verdict.cannot(place, "the update was not answered as it should be");
    else if (after === undefined) verdict.cannot(place, "the handler could not be read after the update");
    else yield { ...update, operation, after };
  }
}

/** What a sent pair means for the handler: the property, and the value that it should have. */
function meant(
  model: Model,
  [name, value]: readonly [string, string],
  resource: Resource,
): { got: unknown; wanted: unknown } {
  if (name === model.names.enabled) return { got: resource[name], wanted: value === model.flag(true) };
  if (name === model.names.type || name === model.names.name) return { got: resource[name], wanted: value };
  return { got: objectOf(resource[model.names.settings])?.[name], wanted: value };
}

function updateApplies(run: Run, verdict: Verdict): void {
  const { model } = run;
  for (const { operation, kind, sent, after, read, created } of seen(run, verdict, true)) {
    const place = { operation, subject: kind };
    const missed = sent.find((pair) => {
      const { got, wanted } = meant(model, pair, after);
      return got !== wanted;
    });
    if (missed === undefined) {
      const type = sent.find(([name]) => name === model.names.type)?.[1];
      verdict.holds(
        place,
        sent.map(([name]) => takesField(operation, type, name)),
      );
      continue;
    }
    const { got, wanted } = meant(model, missed, after);
    const isField = !(Object.values(model.names) as string[]).includes(missed[0]);
    const type = String(after[model.names.type] ?? created.type);
    verdict.breaks(place, {
      message: `${missed[0]} is not what the update sent.`,
      got: `${excerpt(got)} instead of ${excerpt(wanted)}`,
      pointer: isField ? settingsPointer(model, type) : updateBody(operation),
      exchange: read,
    });
  }
}

function updateKeepsTheRest(run: Run, verdict: Verdict): void {
  const { model } = run;
  const { names } = model;
  for (const { operation, kind, sent, before, after, read } of seen(run, verdict, false)) {
    const named = new Set(sent.map(([name]) => name));
    const differing = [names.type, names.name, names.enabled, names.created, names.id].find(
      (name) => name in before && !named.has(name) && !isDeepStrictEqual(before[name], after[name]),
    );
    const settings = kind === "type" ? undefined : differingSetting(model, before, after, named);
    const lost = differing ?? settings;
    if (lost === undefined) {
      verdict.holds({ operation }, [assumes(operation, "keeps-the-rest")]);
      continue;
    }
    const of = (it: Resource) =>
      excerpt(differing === undefined ? objectOf(it[names.settings])?.[lost] : it[lost]);
    verdict.breaks(
      { operation },
      {
        message: `An update that does not name ${lost} changes it.`,
        got: `${of(after)}, before ${of(before)}`,
        pointer: model.assumption(operation, "keeps-the-rest"),
        exchange: read,
      },
    );
  }
}

function differingSetting(
  model: Model,
  before: Resource,
  after: Resource,
  named: ReadonlySet<string>,
): string | undefined {
  const old = objectOf(before[model.names.settings]) ?? {};
  const now = objectOf(after[model.names.settings]) ?? {};
  return Object.keys({ ...old, ...now }).find(
    (name) => !named.has(name) && !isDeepStrictEqual(old[name], now[name]),
  );
}

function changeOfType(run: Run, verdict: Verdict): void {
  const { model } = run;
  for (const { operation, kind, sent, before, after, read } of seen(run, verdict, false)) {
    if (kind !== "type") continue;
    const named = new Set(sent.map(([name]) => name));
    const old = objectOf(before[model.names.settings]) ?? {};
    const left = Object.keys(objectOf(after[model.names.settings]) ?? {}).filter(
      (name) => name in old && !named.has(name),
    );
    if (left.length === 0) {
      verdict.holds({ operation }, [assumes(operation, "change-of-type")]);
      continue;
    }
    verdict.breaks(
      { operation },
      {
        message: "The settings of the old type are still there after a change of type.",
        got: left.join(", "),
        pointer: model.assumption(operation, "change-of-type"),
        exchange: read,
      },
    );
  }
}

function changeTime(run: Run, verdict: Verdict): void {
  const { model } = run;
  for (const { operation, after, read, created } of seen(run, verdict, false)) {
    const value = after[model.names.changed];
    const moment = model.datetime.read(String(value));
    if (moment !== undefined && Math.abs(moment - created.between[0]) <= clockTolerance + longestRunSeconds) {
      verdict.holds({ operation });
      continue;
    }
    verdict.breaks(
      { operation },
      {
        message: `${model.names.changed} is not when the handler was changed.`,
        got: excerpt(value),
        pointer: propertyPointer(model, "changed"),
        exchange: read,
      },
    );
  }
}

/** A run at the slowest pace is over by then. */
const longestRunSeconds = 3_600;

function deletedFromTheList(run: Run, verdict: Verdict): void {
  const { model, after } = run;
  const operation = model.operations.delete;
  if (operation === undefined || run.deletedBefore.size === 0) return;
  if (after?.content === undefined) {
    verdict.cannot({ operation }, "the list could not be read after the clean-up");
    return;
  }
  const left = after.content.items
    .map((it) => Number(it[model.names.id]))
    .filter((id) => run.deletedBefore.has(id));
  if (left.length === 0) verdict.holds({ operation });
  else {
    const message = "A handler is in the list after its delete.";
    verdict.breaks(
      { operation },
      { message, got: `ids ${left.join(", ")}`, pointer: operation.pointer, exchange: after.exchange },
    );
  }
}

function othersLeftAlone(run: Run, verdict: Verdict): void {
  const { model } = run;
  const { update, delete: remove } = model.operations;
  const operations = [update, remove].filter((it) => it !== undefined);
  const { before, after } = run;
  const own = new Set(run.created.map((it) => it.id));
  if (before?.content === undefined || after?.content === undefined) {
    for (const operation of operations)
      verdict.cannot({ operation }, "the list could not be read before and after");
    return;
  }
  const now = new Map(after.content.items.map((it) => [it[model.names.id], it]));
  const complete =
    after.content.meta["total-pages"] <= 1 && after.content.items.length === after.content.meta.total;
  // What bears the name of a run is changed and deleted by that run, or by a sweep, which may well be at it right now.
  const others = before.content.items.filter((it) => runOf(it[model.names.name]) === undefined);
  for (const old of others) {
    const id = old[model.names.id];
    if (own.has(Number(id))) continue;
    const same = now.get(id);
    const { exchange } = after;
    if (same === undefined) {
      if (!complete || remove === undefined) continue;
      if (othersWereAtWork(run)) {
        verdict.cannot({ operation: remove }, "others create and delete handlers");
        continue;
      }
      const message = "A handler that was there before is gone.";
      verdict.breaks({ operation: remove }, { message, got: `id ${id}`, pointer: remove.pointer, exchange });
      continue;
    }
    if (remove !== undefined) verdict.holds({ operation: remove });
    if (update === undefined) continue;
    const { [model.names.changed]: _old, ...oldRest } = old;
    const { [model.names.changed]: _now, ...nowRest } = same;
    if (isDeepStrictEqual(oldRest, nowRest)) verdict.holds({ operation: update });
    else {
      const message = "A handler that the run did not touch has changed.";
      verdict.breaks(
        { operation: update },
        { message, got: `id ${id}: ${excerpt(same)}`, pointer: update.pointer, exchange },
      );
    }
  }
  if (others.length === 0) {
    for (const operation of operations) verdict.cannot({ operation }, "the account had no handlers before");
  }
}
