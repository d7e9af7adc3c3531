import { isDeepStrictEqual } from "node:util";
import { type Model, type Operation, objectOf } from "../../description/index.ts";
import { assumes, fieldsOf, meaningOfSent, takesField, updatedTypes } from "../instance/index.ts";
import { excerpt } from "../judging/index.ts";
import type { Resource, Run, Update } from "../run/index.ts";
import type { Check, Verdict } from "./check.ts";
import { clockTolerance } from "./created.ts";
import { at, propertyPointer, settingsPointer, updateBody } from "./places.ts";

/** Checks that an update changes what it names, and nothing else. */
export const updatedChecks: readonly Check[] = [
  {
    name: "update_applies",
    proves: "An update changes what it sends: the name, enabled (both ways), a field, the type.",
    write: true,
    stages: ["create", "update"],
    targets: (model) => kindsOf(model).flatMap((subject) => at(model.operations.update, updateBody, subject)),
    judge: updateApplies,
  },
  {
    name: "update_keeps_the_rest",
    proves: "An update leaves unchanged what it does not send.",
    write: true,
    stages: ["create", "update"],
    targets: (model) => at(model.operations.update, (it) => model.assumption(it, "keeps-the-rest")),
    judge: updateKeepsTheRest,
  },
  {
    name: "change_of_type",
    proves: "An update to another type removes the settings of the old type.",
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
];

/** The changes that can be made on an instance: not every instance has a field to change, or another type. */
function kindsOf(model: Model): Update["kind"][] {
  const { partial, turned } = updatedTypes(model);
  return [
    "off",
    "on",
    ...(partial !== undefined && fieldsOf(model, partial).length > 0 ? (["field"] as const) : []),
    ...(turned === undefined ? [] : (["type"] as const)),
  ];
}

/** Each update with a valid answer, and the handler after it. */
export function* seen(
  run: Run,
  verdict: Verdict,
  subjects: boolean,
): Generator<Update & { readonly operation: Operation; readonly after: Resource }> {
  const operation = run.model.operations.update;
  if (operation === undefined) return;
  for (const update of run.updates) {
    const { after } = update;
    const place = subjects ? { operation, subject: update.kind } : { operation };
    if (!update.exchange.sound)
      verdict.cannot(place, "the answer to the update was not as the contract says");
    else if (after === undefined) verdict.cannot(place, "the handler could not be read after the update");
    else yield { ...update, operation, after };
  }
}

function updateApplies(run: Run, verdict: Verdict): void {
  const { model } = run;
  for (const { operation, kind, sent, after, read, created } of seen(run, verdict, true)) {
    const place = { operation, subject: kind };
    const missed = sent.find((pair) => {
      const { got, wanted } = meaningOfSent(model, pair, after);
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
    const { got, wanted } = meaningOfSent(model, missed, after);
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
        message: `An update that does not send ${lost} changes it.`,
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
    const now = Object.keys(objectOf(after[model.names.settings]) ?? {});
    if (!now.some((name) => name in old && !named.has(name))) {
      verdict.holds({ operation }, [assumes(operation, "change-of-type")]);
      continue;
    }
    verdict.breaks(
      { operation },
      {
        message: "The settings of the old type are still there after a change of type.",
        got: `${model.names.settings} with ${now.join(", ")} instead of ${now.filter((name) => named.has(name)).join(", ") || "nothing"}`,
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
        message: `${model.names.changed} is not the time of the update, in UTC.`,
        got: excerpt(value),
        pointer: propertyPointer(model, "changed"),
        exchange: read,
      },
    );
  }
}

/** Even a run at the slowest pace takes less time, in seconds. */
const longestRunSeconds = 3_600;
